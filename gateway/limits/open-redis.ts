import type { Redis } from 'ioredis';

const COMMAND_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/**
 * A connection that fails at once where Redis does not answer: who waits for it has something else to go by. It comes
 * back by itself; each outage is reported once.
 */
export async function openRedis(
  url: string,
  warn: (message: string, error?: unknown) => void,
): Promise<Redis> {
  const { Redis: Client } = await import('ioredis');
  const redis = new Client(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: COMMAND_MILLISECONDS,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE_MILLISECONDS),
  });
  let isDown = false;
  redis.on('error', (error: unknown) => {
    if (isDown) return;
    isDown = true;
    warn('Redis does not answer: this process counts for itself until it does', error);
  });
  redis.on('ready', () => {
    if (isDown) warn('Redis answers again');
    isDown = false;
  });
  // What keeps it from connecting was reported as an error; it goes on trying.
  await redis.connect().catch(() => {});
  return redis;
}
