import { openBudgetUse } from '../../prisma/open-budget-use.js';
import { type CallerLimits, makeCallerLimits } from './caller-limits.js';
import { makeMemoryLedger } from './ledger.js';
import type { LimitsConfig } from './limits-config.js';
import { openRedis } from './open-redis.js';

export interface OpenLimits {
  readonly callers: CallerLimits;
  /** Forgets what was used on days before one (`2026-11-22`). */
  forgetBefore(day: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens what the limits are kept in: Redis where it is set, else this process's memory and the store. */
export async function openLimits(options: {
  readonly config: LimitsConfig;
  readonly storeUrl: string;
  /** The longest that a request may take. */
  readonly requestMilliseconds: number;
  readonly now: () => Date;
  readonly warn: (message: string, error?: unknown) => void;
}): Promise<OpenLimits> {
  const { config, storeUrl, requestMilliseconds, now, warn } = options;
  const hasBudget = Object.values(config.budget).some((limit) => limit > 0);
  const redis = config.redisUrl === undefined ? undefined : await openRedis(config.redisUrl, warn);
  const store = hasBudget && redis === undefined ? await openBudgetUse({ url: storeUrl, now }) : undefined;
  return {
    callers: makeCallerLimits({
      config,
      redis,
      ledger: store ?? makeMemoryLedger(),
      requestMilliseconds,
      now,
    }),
    forgetBefore: async (day) => store?.forgetBefore(day),
    async close() {
      redis?.disconnect();
      await store?.close();
    },
  };
}
