import type { InValue } from '@libsql/client';
import {
  AUDIT_COLUMNS,
  type AuditEvents,
  type AuditEventsOptions,
  type StoredAuditEvent,
  type StoredChainHead,
} from '../audit-events.js';
import { reach } from '../store-errors.js';
import type { SqlitePlace } from '../store-place.js';
import { type Connection, connect } from './connect.js';
import { prepareTables } from './prepare-tables.js';

const NAMES = AUDIT_COLUMNS.map((name) => `"${name}"`).join(', ');
const PAGE = 1_000;
const WHAT = 'audit events';

export async function openSqliteAuditEvents(
  place: SqlitePlace,
  { synchronous, now }: Omit<AuditEventsOptions, 'url'>,
): Promise<AuditEvents> {
  await prepareTables(place, now);
  const setting = `PRAGMA synchronous = ${synchronous === 'full' ? 'FULL' : 'NORMAL'}`;
  const connection = await connect(place.url, setting);
  const rows = async (sql: string, args: InValue[] = []) =>
    (await reach(WHAT, () => connection.run((client) => client.execute({ sql, args })))).rows;
  const heads = async (sql: string, args: InValue[]): Promise<StoredChainHead[]> =>
    (await rows(sql, args)).map((row) => ({
      chain: String(row.chain),
      sequence: Number(row.sequence),
      hash: String(row.hash),
    }));
  return {
    async append(events) {
      const places = events.map(() => `(${AUDIT_COLUMNS.map(() => '?').join(', ')})`).join(', ');
      const args = events.flatMap((event) => AUDIT_COLUMNS.map((name) => event[name]));
      await rows(`INSERT INTO "AuditEvent" (${NAMES}) VALUES ${places}`, args);
    },
    async head(chain) {
      const sql = `SELECT chain, sequence, hash FROM "AuditEvent" WHERE chain = ? ORDER BY sequence DESC LIMIT 1`;
      return (await heads(sql, [chain]))[0];
    },
    // SQLite takes the other columns of a group from the row that has its maximum.
    heads: (most) =>
      heads(
        `SELECT chain, max(sequence) AS sequence, hash FROM "AuditEvent" GROUP BY chain ORDER BY chain DESC LIMIT ?`,
        [most],
      ),
    lastBefore: (instant) =>
      heads(
        `SELECT chain, max(sequence) AS sequence, hash FROM "AuditEvent" WHERE "at" < ? GROUP BY chain ORDER BY chain`,
        [instant],
      ),
    cuts: () =>
      heads(
        `SELECT chain, max(sequence) AS sequence, hash FROM "AuditCheckpoint" AS c
         WHERE EXISTS (SELECT 1 FROM "AuditEvent" AS e WHERE e.chain = c.chain) GROUP BY chain`,
        [],
      ),
    deleteThrough: (last, at) => deleteThrough(connection, last, at),
    async *all() {
      let after: InValue[] = ['', 0];
      for (;;) {
        const page = await rows(
          `SELECT ${NAMES} FROM "AuditEvent" WHERE (chain, sequence) > (?, ?) ORDER BY chain, sequence LIMIT ${PAGE}`,
          after,
        );
        for (const row of page) yield row as unknown as StoredAuditEvent;
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) return;
        after = [String(last.chain), Number(last.sequence)];
      }
    },
    close: async () => connection.close(),
  };
}

async function deleteThrough(connection: Connection, last: StoredChainHead, at: string): Promise<number> {
  const { chain, sequence, hash } = last;
  const checkpoint = {
    sql: 'INSERT OR IGNORE INTO "AuditCheckpoint" ("chain", "sequence", "hash", "at") VALUES (?, ?, ?, ?)',
    args: [chain, sequence, hash, at],
  };
  const deletion = {
    sql: 'DELETE FROM "AuditEvent" WHERE "chain" = ? AND "sequence" <= ?',
    args: [chain, sequence],
  };
  const [, deleted] = await reach(WHAT, () =>
    connection.run((client) => client.batch([checkpoint, deletion], 'write')),
  );
  return deleted?.rowsAffected ?? 0;
}
