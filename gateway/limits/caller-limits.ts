import type { Redis } from 'ioredis';
import type { Meter } from '../../subgraphs/request-context.js';
import { type Budget, makeBudget } from './budget.js';
import { type Ledger, makeRedisLedger } from './ledger.js';
import type { LimitsConfig } from './limits-config.js';
import { makePlaces } from './places.js';
import { makeRateLimits } from './rate-limits.js';

/** What one caller may take: requests in a window, requests at a time, and a day's budget. */
export interface CallerLimits {
  readonly budget: Budget;
  /** Lets a request in before anything of it is read. Throws RATE_LIMITED or BUDGET_EXCEEDED. */
  enter(account: string): Promise<Visit>;
  /** Takes what a request costs that was not let in for want of a credential. Throws RATE_LIMITED. */
  takeRefusal(account: string): Promise<void>;
  /** Takes what an operation's questions cost beside the request. Throws RATE_LIMITED. */
  takeQuestions(account: string, questions: number): Promise<void>;
}

/** One request that was let in. */
export interface Visit {
  readonly meter: Meter;
  /** Gives the place back, and charges what the meter counted. To be called once. */
  leave(): Promise<void>;
}

export function makeCallerLimits(options: {
  readonly config: LimitsConfig;
  readonly redis: Redis | undefined;
  /** Where budgets are kept without Redis. */
  readonly ledger: Ledger;
  /** The longest that a request may take. */
  readonly requestMilliseconds: number;
  readonly now: () => Date;
}): CallerLimits {
  const { config, redis, requestMilliseconds, now } = options;
  const rate = makeRateLimits(config.rate, redis);
  const places = makePlaces({ most: config.rate.concurrentRequests, requestMilliseconds, redis });
  const ledger = redis === undefined ? options.ledger : makeRedisLedger(redis);
  const budget = makeBudget({ limits: config.budget, ledger, now });
  return {
    budget,
    async enter(account) {
      await rate.take(account, config.rate.queryPoints);
      const giveBack = await places.enter(account);
      try {
        await budget.check(account);
      } catch (error) {
        giveBack();
        throw error;
      }
      let bytes = 0;
      return {
        meter: {
          scanned(count) {
            bytes += count;
          },
        },
        async leave() {
          giveBack();
          if (bytes > 0) await budget.charge(account, { bytes });
        },
      };
    },
    takeRefusal: (account) => rate.take(account, config.rate.queryPoints),
    takeQuestions: (account, questions) => rate.take(account, questions * config.rate.askPoints),
  };
}
