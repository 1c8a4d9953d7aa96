import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AskgraphError } from '../../schema/errors.js';
import type { RateLimitConfig } from './limits-config.js';

export interface RateLimits {
  /**
   * Takes points from what an account has left in this window.
   * @throws RATE_LIMITED, with `details.retryAfterSeconds`. `details.first`: this is the window's first refusal.
   */
  take(account: string, points: number): Promise<void>;
}

const PREFIX = 'askgraph:rate';

/**
 * In the memory of this process, or in Redis for all that share it. While Redis does not answer, each process counts
 * for itself: then a caller may have as many times the points as there are processes, but not any number.
 */
export function makeRateLimits(config: RateLimitConfig, redis: Redis | undefined): RateLimits {
  const { points, seconds } = config;
  if (points === 0) return { take: async () => {} };
  const settings = { points, duration: seconds, keyPrefix: PREFIX };
  const memory = new RateLimiterMemory(settings);
  const limiter =
    redis === undefined
      ? memory
      : new RateLimiterRedis({
          ...settings,
          storeClient: redis,
          insuranceLimiter: memory,
          rejectIfRedisNotReady: true,
        });
  return {
    async take(account, taken) {
      try {
        await limiter.consume(account, taken);
      } catch (thrown) {
        throw thrown instanceof RateLimiterRes ? rateLimited(thrown, taken, config) : thrown;
      }
    },
  };
}

function rateLimited(
  { msBeforeNext, consumedPoints }: RateLimiterRes,
  taken: number,
  { points, seconds }: RateLimitConfig,
): AskgraphError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  const first = consumedPoints - taken <= points;
  return new AskgraphError(
    'RATE_LIMITED',
    `Too many requests: there are ${points} points for every ${seconds} seconds. Ask again in ${retryAfterSeconds} seconds.`,
    { details: { retryAfterSeconds, points, seconds, first } },
  );
}
