import type { ClientBase } from 'pg';
import {
  AUDIT_COLUMNS,
  type AuditEvents,
  type AuditEventsOptions,
  type StoredAuditEvent,
  type StoredChainHead,
} from '../audit-events.js';
import { reach } from '../store-errors.js';
import type { PostgresPlace } from '../store-place.js';
import { inTransaction, openPool } from './pool.js';
import { prepareTables } from './prepare-tables.js';

const TYPES: Readonly<Record<(typeof AUDIT_COLUMNS)[number], string>> = {
  chain: 'text',
  sequence: 'integer',
  at: 'timestamp',
  kind: 'text',
  requestId: 'text',
  subject: 'text',
  domain: 'text',
  hash: 'text',
  event: 'text',
};
const NAMES = AUDIT_COLUMNS.map((name) => `"${name}"`).join(', ');
/** One parameter a column, so that the text is the same for every number of events. */
const APPEND = `INSERT INTO "AuditEvent" (${NAMES}) SELECT * FROM unnest(${AUDIT_COLUMNS.map(
  (name, index) => `$${index + 1}::${TYPES[name]}[]`,
).join(', ')})`;
/** Instants leave as the text that they came as. */
const READ = AUDIT_COLUMNS.map((name) =>
  name === 'at' ? `to_char("at", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "at"` : `"${name}"`,
).join(', ');
const PAGE = 1_000;
/** One writes, another reads for retention. */
const CONNECTIONS = 2;
const WHAT = 'audit events';

/** From one chain's last event to the next one's, by the primary key's index: the table is never read as a whole. */
const HEADS = `WITH RECURSIVE "head" AS (
  (SELECT "chain", "sequence", "hash" FROM "AuditEvent" ORDER BY "chain" DESC, "sequence" DESC LIMIT 1)
  UNION ALL
  SELECT "before".* FROM "head", LATERAL (
    SELECT "chain", "sequence", "hash" FROM "AuditEvent" WHERE "chain" < "head"."chain"
    ORDER BY "chain" DESC, "sequence" DESC LIMIT 1) AS "before"
) SELECT * FROM "head" LIMIT $1`;

/** A database whose administrator lets commits wait for more than the disk keeps doing so. */
const DURABLE = `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`;
const FAST = 'SET synchronous_commit = off';

export async function openPostgresAuditEvents(
  place: PostgresPlace,
  { synchronous, now }: Omit<AuditEventsOptions, 'url'>,
): Promise<AuditEvents> {
  await prepareTables(place, now);
  const setting = synchronous === 'full' ? DURABLE : FAST;
  const pool = await openPool(place.url, { most: CONNECTIONS, setting });
  const rows = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await reach(WHAT, () => pool.query<Row>(sql, values))).rows;
  const heads = (sql: string, values: unknown[] = []) => rows<StoredChainHead>(sql, values);
  return {
    append: async (events) =>
      void (await rows(
        APPEND,
        AUDIT_COLUMNS.map((name) => events.map((event) => event[name])),
      )),
    head: async (chain) =>
      (
        await heads(
          'SELECT "chain", "sequence", "hash" FROM "AuditEvent" WHERE "chain" = $1 ORDER BY "sequence" DESC LIMIT 1',
          [chain],
        )
      )[0],
    heads: (most) => heads(HEADS, [most]),
    lastBefore: (instant) =>
      heads(
        `SELECT DISTINCT ON ("chain") "chain", "sequence", "hash" FROM "AuditEvent" WHERE "at" < $1::timestamp
         ORDER BY "chain", "sequence" DESC`,
        [instant],
      ),
    cuts: () =>
      heads(
        `SELECT DISTINCT ON ("chain") "chain", "sequence", "hash" FROM "AuditCheckpoint" AS c
         WHERE EXISTS (SELECT 1 FROM "AuditEvent" AS e WHERE e."chain" = c."chain") ORDER BY "chain", "sequence" DESC`,
      ),
    deleteThrough: (last, at) =>
      reach(WHAT, () => inTransaction(pool, (client) => deleteThrough(client, last, at))),
    async *all() {
      let after: unknown[] = ['', 0];
      for (;;) {
        const page = await rows<StoredAuditEvent>(
          `SELECT ${READ} FROM "AuditEvent" WHERE ("chain", "sequence") > ($1, $2) ORDER BY "chain", "sequence" LIMIT ${PAGE}`,
          after,
        );
        yield* page;
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) return;
        after = [last.chain, last.sequence];
      }
    },
    close: () => pool.end(),
  };
}

async function deleteThrough(client: ClientBase, last: StoredChainHead, at: string): Promise<number> {
  const { chain, sequence, hash } = last;
  await client.query(
    `INSERT INTO "AuditCheckpoint" ("chain", "sequence", "hash", "at") VALUES ($1, $2, $3, $4::timestamp)
     ON CONFLICT DO NOTHING`,
    [chain, sequence, hash, at],
  );
  const deleted = await client.query('DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "sequence" <= $2', [
    chain,
    sequence,
  ]);
  return deleted.rowCount ?? 0;
}
