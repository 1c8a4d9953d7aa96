import type { Client } from '@libsql/client';
import { connect } from './connect.js';
import { prepareTables } from './prepare-tables.js';
import { reach } from './store-errors.js';

/** What was used, in whole numbers; money in millionths. */
export interface StoredUse {
  readonly tokens: number;
  readonly bytes: number;
  readonly microMoney: number;
}

/** What accounts have used by day. Every method throws STORE_UNAVAILABLE where the database does not answer. */
export interface BudgetUse {
  used(account: string, day: string): Promise<StoredUse>;
  /** Adds to what was used if that leaves every amount within its limit (0: none). Says whether it did. */
  addWithin(account: string, day: string, use: StoredUse, limits: StoredUse): Promise<boolean>;
  /** Adds whatever it comes to; what is negative is given back. */
  add(account: string, day: string, use: StoredUse): Promise<void>;
  /** Forgets the days before one. */
  forgetBefore(day: string): Promise<void>;
  close(): void;
}

const WHAT = 'budgets';
const MAKE = `INSERT INTO "BudgetUse" ("account", "day", "tokens", "bytes", "microMoney") VALUES (?, ?, 0, 0, 0)
  ON CONFLICT DO NOTHING`;
const AMOUNTS = ['tokens', 'bytes', 'microMoney'] as const;
const ADD = `UPDATE "BudgetUse" SET ${AMOUNTS.map((name) => `"${name}" = "${name}" + ?`).join(', ')}
  WHERE "account" = ? AND "day" = ?`;
const WITHIN = AMOUNTS.map((name) => `(? = 0 OR ("${name}" < ? AND "${name}" + ? <= ?))`).join(' AND ');

export async function openBudgetUse({ url, now }: { url: string; now: () => Date }): Promise<BudgetUse> {
  await prepareTables({ url, now });
  const connection = await reach(WHAT, () => connect(url));
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
    close: () => connection.close(),
  };
}
