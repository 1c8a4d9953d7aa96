import type { BudgetUse, StoredUse } from '../budget-use.js';
import { reach } from '../store-errors.js';
import type { PostgresPlace } from '../store-place.js';
import { openPool } from './pool.js';
import { prepareTables } from './prepare-tables.js';

const WHAT = 'budgets';
const CONNECTIONS = 4;
const AMOUNTS = ['tokens', 'bytes', 'microMoney'] as const;
const NAMES = AMOUNTS.map((name) => `"${name}"`).join(', ');
/** $1 and $2: the account's day; then the three amounts. */
const USE = AMOUNTS.map((_, index) => `$${index + 3}::bigint`);
const ADD = `INSERT INTO "BudgetUse" AS b ("account", "day", ${NAMES})
  SELECT $1, $2, ${USE.join(', ')}`;
const OR_ADD = `ON CONFLICT ("account", "day") DO UPDATE SET
  ${AMOUNTS.map((name) => `"${name}" = b."${name}" + EXCLUDED."${name}"`).join(', ')}`;

/** That a use fits in what is left; then the three limits. Whoever comes second at once sees what the first has used. */
const within = (used: (name: string) => string): string =>
  AMOUNTS.map((name, index) => {
    const limit = `$${index + 6}::bigint`;
    return `(${limit} = 0 OR (${used(name)} < ${limit} AND ${used(name)} + ${USE[index]} <= ${limit}))`;
  }).join(' AND ');
const ADD_WITHIN = `${ADD} WHERE ${within(() => '0')} ${OR_ADD} WHERE ${within((name) => `b."${name}"`)}`;

export async function openPostgresBudgetUse(place: PostgresPlace, now: () => Date): Promise<BudgetUse> {
  await prepareTables(place, now);
  const pool = await openPool(place.url, { most: CONNECTIONS });
  const run = (sql: string, values: unknown[]) =>
    reach(WHAT, () => pool.query<Partial<Record<string, string>>>(sql, values));
  const amountsOf = (use: StoredUse) => AMOUNTS.map((name) => Math.round(use[name]));
  return {
    async used(account, day) {
      const sql = `SELECT ${NAMES} FROM "BudgetUse" WHERE "account" = $1 AND "day" = $2`;
      const [row] = (await run(sql, [account, day])).rows;
      return {
        tokens: Number(row?.tokens ?? 0),
        bytes: Number(row?.bytes ?? 0),
        microMoney: Number(row?.microMoney ?? 0),
      };
    },
    async addWithin(account, day, use, limits) {
      const { rowCount } = await run(ADD_WITHIN, [account, day, ...amountsOf(use), ...amountsOf(limits)]);
      return rowCount === 1;
    },
    async add(account, day, use) {
      await run(`${ADD} ${OR_ADD}`, [account, day, ...amountsOf(use)]);
    },
    async forgetBefore(day) {
      await run('DELETE FROM "BudgetUse" WHERE "day" < $1', [day]);
    },
    close: () => pool.end(),
  };
}
