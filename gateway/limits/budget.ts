import { AskgraphError } from '../../schema/errors.js';
import { type Ledger, sum, type Use } from './ledger.js';
import type { BudgetLimits } from './limits-config.js';

/** What each account may use on a day in UTC. */
export interface Budget {
  /**
   * Throws BUDGET_EXCEEDED where today's budget is used up, with `details.retryAfterSeconds`. Costs nothing where no
   * budget is set.
   */
  check(account: string): Promise<void>;
  /**
   * Sets aside what something is expected to use, before it does.
   * @throws BUDGET_EXCEEDED where that is more than is left; then nothing is set aside.
   */
  reserve(account: string, estimate: Partial<Use>): Promise<Reservation>;
  /** Adds what was used, where nobody knew before how much it would be. */
  charge(account: string, use: Partial<Use>): Promise<void>;
}

/** To be settled once, whether what it was for went well or not. One that is not (a crash) stays charged. */
export interface Reservation {
  /** Puts what was really used in the estimate's place. */
  settle(actual: Partial<Use>): Promise<void>;
}

const NOTHING: Use = { tokens: 0, bytes: 0, microMoney: 0 };
const DAY_MILLISECONDS = 86_400_000;

export function makeBudget(options: {
  readonly limits: BudgetLimits;
  readonly ledger: Ledger;
  readonly now: () => Date;
}): Budget {
  const { limits, ledger, now } = options;
  if (Object.values(limits).every((limit) => limit === 0)) return UNLIMITED;
  const today = () => now().toISOString().slice(0, 10);
  return {
    async check(account) {
      const used = await ledger.used(account, today());
      if (isUsedUp(used, limits)) throw exceeded(used, limits, now());
    },
    async reserve(account, estimate) {
      const day = today();
      const whole = { ...NOTHING, ...estimate };
      if (!(await ledger.addWithin(account, day, whole, limits))) {
        throw exceeded(sum(await ledger.used(account, day), whole), limits, now());
      }
      return {
        settle: (actual) => ledger.add(account, day, sum({ ...NOTHING, ...actual }, negated(whole))),
      };
    },
    charge: (account, use) => ledger.add(account, today(), { ...NOTHING, ...use }),
  };
}

const UNLIMITED: Budget = {
  check: async () => {},
  reserve: async () => ({ settle: async () => {} }),
  charge: async () => {},
};

const NAMES = { tokens: 'tokens', bytes: 'bytes scanned', microMoney: 'money' } as const;

function exceeded(used: Use, limits: BudgetLimits, now: Date): AskgraphError {
  const spent = (Object.keys(NAMES) as (keyof Use)[]).filter(
    (name) => limits[name] > 0 && used[name] >= limits[name],
  );
  const midnight = (Math.floor(now.getTime() / DAY_MILLISECONDS) + 1) * DAY_MILLISECONDS;
  const what = spent.map((name) => NAMES[name]).join(' and ');
  return new AskgraphError('BUDGET_EXCEEDED', `Today's budget of ${what} does not allow this.`, {
    details: {
      budgets: spent.map((name) => NAMES[name]),
      retryAfterSeconds: Math.ceil((midnight - now.getTime()) / 1_000),
      resetsAt: new Date(midnight).toISOString(),
    },
  });
}

function isUsedUp(used: Use, limits: BudgetLimits): boolean {
  return (Object.keys(NAMES) as (keyof Use)[]).some((name) => limits[name] > 0 && used[name] >= limits[name]);
}

function negated({ tokens, bytes, microMoney }: Use): Use {
  return { tokens: -tokens, bytes: -bytes, microMoney: -microMoney };
}
