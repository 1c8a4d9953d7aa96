import type { Redis } from 'ioredis';
import { Concurrency, tooMany } from './concurrency.js';

/** How many requests of one account are answered at a time. */
export interface Places {
  /** Takes a place; what is returned gives it back, once. Throws RATE_LIMITED where none is free. */
  enter(account: string): Promise<() => void>;
}

export interface PlacesOptions {
  /** 0: any number. */
  readonly most: number;
  /** The longest that a request may take. */
  readonly requestMilliseconds: number;
  /** Where several processes share the places; while it does not answer, each has its own. */
  readonly redis: Redis | undefined;
}

/** How much longer than a request its place is kept, where the process that holds it has ended and gives nothing back. */
const SPARE_MILLISECONDS = 1_000;

/**
 * KEYS: who holds a place of the account, by when it falls free; the number of the last one who took one. ARGV: how many
 * there are, for how long one is taken. Returns the holder's number; 0 where none is free.
 */
const TAKE = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
local holder = redis.call('incr', KEYS[2])
redis.call('zadd', KEYS[1], now + tonumber(ARGV[2]), holder)
redis.call('pexpire', KEYS[1], ARGV[2])
redis.call('pexpire', KEYS[2], ARGV[2])
return holder`;

export function makePlaces({ most, requestMilliseconds, redis }: PlacesOptions): Places {
  const here = new Concurrency(most);
  if (redis === undefined || most === 0) return { enter: async (account) => here.enter(account) };
  const kept = requestMilliseconds + SPARE_MILLISECONDS;
  return {
    async enter(account) {
      const giveBackHere = here.enter(account);
      // In braces, so that a cluster keeps both in one place.
      const key = `askgraph:running:{${account}}`;
      // Its own connection reports that it is down: here it is only gone round.
      const holder =
        redis.status === 'ready'
          ? await redis.eval(TAKE, 2, key, `${key}:last`, most, kept).catch(() => undefined)
          : undefined;
      if (holder === 0) {
        giveBackHere();
        throw tooMany(most);
      }
      return () => {
        giveBackHere();
        if (holder !== undefined) redis.zrem(key, Number(holder)).catch(() => {});
      };
    },
  };
}
