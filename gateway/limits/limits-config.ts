import { z } from 'zod';
import { isNetwork } from '../config/identity-settings.js';
import { listOf, wholeNumber } from '../config/setting.js';

const count = wholeNumber(1, 1_000_000_000);
const countOrNone = wholeNumber(0, Number.MAX_SAFE_INTEGER);

/** Settings of what one operation, one caller and one day may take; by their environment variables. 0: no limit. */
export const limitSettings = {
  /** Levels of fields, fragments and input objects; the query planner reads about fifty. */
  OPERATION_LEVELS: wholeNumber(5, 50).default(40),
  OPERATION_FIELDS: count.default(5_000),
  OPERATION_ROOT_FIELDS: count.default(200),
  OPERATION_ALIASES: count.default(100),
  OPERATION_DIRECTIVES: count.default(200),
  OPERATION_TOKENS: count.default(20_000),
  /** Rows that an operation's lists may come to, each list taken at its limit within each row of the one around it. */
  OPERATION_COST: count.default(1_000_000),
  OPERATION_QUESTIONS: wholeNumber(1, 100).default(3),
  /** The largest answer, in bytes. */
  RESPONSE_LIMIT_BYTES: wholeNumber(1_000, 1_000_000_000).default(50_000_000),

  /** Points that a caller has for every window of time. */
  RATE_LIMIT_POINTS: countOrNone.default(6_000),
  RATE_LIMIT_SECONDS: wholeNumber(1, 86_400).default(60),
  RATE_LIMIT_QUERY_POINTS: count.default(1),
  /** For every question in an operation, beside the operation's own. */
  RATE_LIMIT_ASK_POINTS: count.default(20),
  /** Requests of one caller that are answered at a time. */
  CONCURRENT_REQUESTS: countOrNone.default(100),
  /** Addresses or networks (CIDR) of proxies whose X-Forwarded-For is believed, separated by commas. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .refine((text) => listOf(text).every(isNetwork), 'must be a list of IP addresses or networks (CIDR)'),
  /** Where several gateways share rates, concurrency and budgets: `redis://` or `rediss://`. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with "redis://" or "rediss://"')
    .optional(),

  /** What a caller may use on a day in UTC. */
  BUDGET_TOKENS: countOrNone.default(0),
  BUDGET_BYTES_SCANNED: countOrNone.default(0),
  /** In the currency that the model's prices are in, such as 2.50. */
  BUDGET_MONEY: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be an amount such as 2.50')
    .default('0'),
};

type Values = z.infer<z.ZodObject<typeof limitSettings>>;

export interface OperationLimits {
  readonly levels: number;
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly tokens: number;
  readonly cost: number;
  readonly questions: number;
}

export interface RateLimitConfig {
  /** 0: no limit. */
  readonly points: number;
  readonly seconds: number;
  readonly queryPoints: number;
  readonly askPoints: number;
  /** 0: no limit. */
  readonly concurrentRequests: number;
}

/** By account and day; 0: no limit. Money in millionths. */
export interface BudgetLimits {
  readonly tokens: number;
  readonly bytes: number;
  readonly microMoney: number;
}

export interface LimitsConfig {
  readonly operation: OperationLimits;
  readonly responseBytes: number;
  readonly rate: RateLimitConfig;
  readonly trustedProxies: readonly string[];
  readonly redisUrl: string | undefined;
  readonly budget: BudgetLimits;
}

export function readLimitsConfig(values: Values): LimitsConfig {
  return {
    operation: {
      levels: values.OPERATION_LEVELS,
      fields: values.OPERATION_FIELDS,
      rootFields: values.OPERATION_ROOT_FIELDS,
      aliases: values.OPERATION_ALIASES,
      directives: values.OPERATION_DIRECTIVES,
      tokens: values.OPERATION_TOKENS,
      cost: values.OPERATION_COST,
      questions: values.OPERATION_QUESTIONS,
    },
    responseBytes: values.RESPONSE_LIMIT_BYTES,
    rate: {
      points: values.RATE_LIMIT_POINTS,
      seconds: values.RATE_LIMIT_SECONDS,
      queryPoints: values.RATE_LIMIT_QUERY_POINTS,
      askPoints: values.RATE_LIMIT_ASK_POINTS,
      concurrentRequests: values.CONCURRENT_REQUESTS,
    },
    trustedProxies: listOf(values.TRUSTED_PROXIES),
    redisUrl: values.REDIS_URL,
    budget: {
      tokens: values.BUDGET_TOKENS,
      bytes: values.BUDGET_BYTES_SCANNED,
      microMoney: Math.round(Number(values.BUDGET_MONEY) * 1_000_000),
    },
  };
}
