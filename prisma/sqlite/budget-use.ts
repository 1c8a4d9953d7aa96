import type { Client } from '@libsql/client';
import type { BudgetUse, StoredUse } from '../budget-use.js';
import { reach } from '../store-errors.js';
import type { SqlitePlace } from '../store-place.js';
import { connect } from './connect.js';
import { prepareTables } from './prepare-tables.js';

const WHAT = 'budgets';
const MAKE = `INSERT INTO "BudgetUse" ("account", "day", "tokens", "bytes", "microMoney") VALUES (?, ?, 0, 0, 0)
  ON CONFLICT DO NOTHING`;
const AMOUNTS = ['tokens', 'bytes', 'microMoney'] as const;
const ADD = `UPDATE "BudgetUse" SET ${AMOUNTS.map((name) => `"${name}" = "${name}" + ?`).join(', ')}
  WHERE "account" = ? AND "day" = ?`;
const WITHIN = AMOUNTS.map((name) => `(? = 0 OR ("${name}" < ? AND "${name}" + ? <= ?))`).join(' AND ');

export async function openSqliteBudgetUse(place: SqlitePlace, now: () => Date): Promise<BudgetUse> {
  await prepareTables(place, now);
  const connection = await connect(place.url);
  const run = <Result>(work: (client: Client) => Promise<Result>) => reach(WHAT, () => connection.run(work));
  const amountsOf = (use: StoredUse) => AMOUNTS.map((name) => Math.round(use[name]));
  return {
    async used(account, day) {
      const sql = 'SELECT "tokens", "bytes", "microMoney" FROM "BudgetUse" WHERE "account" = ? AND "day" = ?';
      const { rows } = await run((client) => client.execute({ sql, args: [account, day] }));
      const [row] = rows;
      return {
        tokens: Number(row?.tokens ?? 0),
        bytes: Number(row?.bytes ?? 0),
        microMoney: Number(row?.microMoney ?? 0),
      };
    },
    async addWithin(account, day, use, limits) {
      const bounds = AMOUNTS.flatMap((name) => {
        const limit = Math.round(limits[name]);
        return [limit, limit, Math.round(use[name]), limit];
      });
      const [, changed] = await run((client) =>
        client.batch(
          [
            { sql: MAKE, args: [account, day] },
            { sql: `${ADD} AND ${WITHIN}`, args: [...amountsOf(use), account, day, ...bounds] },
          ],
          'write',
        ),
      );
      return changed?.rowsAffected === 1;
    },
    async add(account, day, use) {
      await run((client) =>
        client.batch(
          [
            { sql: MAKE, args: [account, day] },
            { sql: ADD, args: [...amountsOf(use), account, day] },
          ],
          'write',
        ),
      );
    },
    async forgetBefore(day) {
      const sql = 'DELETE FROM "BudgetUse" WHERE "day" < ?';
      await run((client) => client.execute({ sql, args: [day] }));
    },
    close: async () => connection.close(),
  };
}
