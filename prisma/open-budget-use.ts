import type { BudgetUse } from './budget-use.js';
import { openPostgresBudgetUse } from './postgres/budget-use.js';
import { openSqliteBudgetUse } from './sqlite/budget-use.js';
import { opening } from './store-errors.js';
import { placeOf } from './store-place.js';

/** Past Prisma, as audit events are: what a request used is written with every one. */
export async function openBudgetUse({ url, now }: { url: string; now: () => Date }): Promise<BudgetUse> {
  const place = placeOf(url);
  return opening(place, () =>
    place.engine === 'sqlite' ? openSqliteBudgetUse(place, now) : openPostgresBudgetUse(place, now),
  );
}
