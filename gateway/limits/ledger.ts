import type { Redis } from 'ioredis';
import type { BudgetLimits } from './limits-config.js';

/** What is used of a budget: model tokens, bytes that engines read, millionths of money. Whole numbers. */
export type Use = BudgetLimits;

/** Keeps what every account has used on a day (`2026-11-22`). */
export interface Ledger {
  used(account: string, day: string): Promise<Use>;
  /** Adds a use if all amounts stay within their limits and none was used up before. Says whether it did. */
  addWithin(account: string, day: string, use: Use, limits: BudgetLimits): Promise<boolean>;
  /** Adds whatever it comes to; what is negative is given back. */
  add(account: string, day: string, use: Use): Promise<void>;
}

const AMOUNTS = ['tokens', 'bytes', 'microMoney'] as const;
const NOTHING: Use = { tokens: 0, bytes: 0, microMoney: 0 };

/** In this process, for the day in which it is: for as long as nothing better answers. */
export function makeMemoryLedger(): Ledger {
  let today = '';
  const uses = new Map<string, Use>();
  const read = (account: string, day: string): Use => {
    if (day > today) uses.clear();
    if (day > today) today = day;
    return uses.get(`${day} ${account}`) ?? NOTHING;
  };
  const add = (account: string, day: string, use: Use): void => {
    uses.set(`${day} ${account}`, sum(read(account, day), use));
  };
  return {
    used: async (account, day) => read(account, day),
    async addWithin(account, day, use, limits) {
      if (!isWithin(read(account, day), use, limits)) return false;
      add(account, day, use);
      return true;
    },
    add: async (account, day, use) => add(account, day, use),
  };
}

const KEPT_SECONDS = 2 * 86_400;
/** KEYS: the account's day. ARGV: three amounts, three limits, how long to keep it. Returns 1 where it was added. */
const ADD_WITHIN = `
local names = {'tokens', 'bytes', 'microMoney'}
for i, name in ipairs(names) do
  local limit = tonumber(ARGV[i + 3])
  local used = tonumber(redis.call('hget', KEYS[1], name) or '0')
  if limit > 0 and (used >= limit or used + tonumber(ARGV[i]) > limit) then return 0 end
end
for i, name in ipairs(names) do redis.call('hincrby', KEYS[1], name, ARGV[i]) end
redis.call('expire', KEYS[1], ARGV[7])
return 1`;

/** In Redis, for all processes that share it; while it does not answer, in this one. */
export function makeRedisLedger(redis: Redis): Ledger {
  const insurance = makeMemoryLedger();
  const keyOf = (account: string, day: string) => `askgraph:budget:${day}:${account}`;
  const numbers = (use: Use) => AMOUNTS.map((name) => String(Math.round(use[name])));
  const script = async (account: string, day: string, use: Use, limits: BudgetLimits): Promise<boolean> => {
    const values = [...numbers(use), ...numbers(limits), String(KEPT_SECONDS)];
    return (await redis.eval(ADD_WITHIN, 1, keyOf(account, day), ...values)) === 1;
  };
  // Its own connection reports that it is down: here it is only gone round.
  const orInsured = async <Result>(work: () => Promise<Result>, insured: () => Promise<Result>) =>
    redis.status === 'ready' ? work().catch(insured) : insured();
  return {
    used: (account, day) =>
      orInsured(
        async () => {
          const values = await redis.hmget(keyOf(account, day), ...AMOUNTS);
          const [tokens = 0, bytes = 0, microMoney = 0] = values.map((value) => Number(value ?? 0));
          return { tokens, bytes, microMoney };
        },
        () => insurance.used(account, day),
      ),
    addWithin: (account, day, use, limits) =>
      orInsured(
        () => script(account, day, use, limits),
        () => insurance.addWithin(account, day, use, limits),
      ),
    add: (account, day, use) =>
      orInsured(
        async () => void (await script(account, day, use, NOTHING)),
        () => insurance.add(account, day, use),
      ),
  };
}

export function sum(a: Use, b: Use): Use {
  return {
    tokens: a.tokens + b.tokens,
    bytes: a.bytes + b.bytes,
    microMoney: a.microMoney + b.microMoney,
  };
}

function isWithin(used: Use, use: Use, limits: BudgetLimits): boolean {
  return AMOUNTS.every(
    (name) => limits[name] === 0 || (used[name] < limits[name] && used[name] + use[name] <= limits[name]),
  );
}
