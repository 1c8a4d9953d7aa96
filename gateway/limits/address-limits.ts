import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import { makeNetworks, type Networks } from '../config/networks.js';
import { listOf, wholeNumber } from '../config/setting.js';
import { ANONYMOUS } from '../context.js';
import { accountOf } from './account.js';
import { limitSettings, type RateLimitConfig } from './limits-config.js';
import { openRedis } from './open-redis.js';
import { makePlaces } from './places.js';
import { makeRateLimits } from './rate-limits.js';

/** What one address may take of a gateway that knows nothing else of its callers. */
export interface AddressLimits {
  /**
   * Lets a request in before anything of it is read; what is returned gives its place back. Throws RATE_LIMITED.
   * Undefined where there is no limit.
   */
  readonly enter: ((request: IncomingMessage) => Promise<() => void>) | undefined;
  close(): void;
}

export interface AddressLimitsConfig {
  readonly rate: RateLimitConfig;
  readonly trustedProxies: readonly string[];
  readonly redisUrl: string | undefined;
}

const { RATE_LIMIT_SECONDS, TRUSTED_PROXIES, REDIS_URL } = limitSettings;
/** As for the gateway that answers questions, but without limits unless they are set: who asks may be a proxy of many. */
const settings = z.object({
  RATE_LIMIT_POINTS: wholeNumber(0, 1_000_000_000).default(0),
  CONCURRENT_REQUESTS: wholeNumber(0, 1_000_000_000).default(0),
  RATE_LIMIT_SECONDS,
  TRUSTED_PROXIES,
  REDIS_URL,
});

/** Throws CONFIGURATION_INVALID with every wrong setting named. */
export function readAddressLimits(
  environment: Readonly<Record<string, string | undefined>>,
): AddressLimitsConfig {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    const message = `The configuration is not valid. ${problems.join('; ')}`;
    throw new AskgraphError('CONFIGURATION_INVALID', message, { details: { problems } });
  }
  const values = parsed.data;
  return {
    rate: {
      points: values.RATE_LIMIT_POINTS,
      seconds: values.RATE_LIMIT_SECONDS,
      queryPoints: 1,
      askPoints: 0,
      concurrentRequests: values.CONCURRENT_REQUESTS,
    },
    trustedProxies: listOf(values.TRUSTED_PROXIES),
    redisUrl: values.REDIS_URL,
  };
}

export async function openAddressLimits(
  config: AddressLimitsConfig,
  /** The longest that a request may take. */
  requestMilliseconds: number,
  warn: (message: string, error?: unknown) => void,
): Promise<AddressLimits> {
  const redis = config.redisUrl === undefined ? undefined : await openRedis(config.redisUrl, warn);
  const rate = makeRateLimits(config.rate, redis);
  const places = makePlaces({ most: config.rate.concurrentRequests, requestMilliseconds, redis });
  const proxies = makeNetworks(config.trustedProxies);
  const enter = async (request: IncomingMessage) => {
    const account = accountOf(ANONYMOUS, addressOf(request, proxies));
    await rate.take(account, config.rate.queryPoints);
    return places.enter(account);
  };
  const isLimited = config.rate.points > 0 || config.rate.concurrentRequests > 0;
  return { enter: isLimited ? enter : undefined, close: () => redis?.disconnect() };
}

/** The nearest address on the way that no trusted proxy has: what stands before it, whoever asks may have made up. */
function addressOf(request: IncomingMessage, proxies: Networks): string {
  const told = [request.headers['x-forwarded-for'] ?? []].flat().join().split(',');
  let address = request.socket.remoteAddress ?? '';
  while (proxies.has(address)) {
    const before = told.pop()?.trim();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return address;
}
