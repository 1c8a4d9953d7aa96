import type { InValue } from '@libsql/client';
import { type Connection, connect } from './connect.js';
import { prepareTables } from './prepare-tables.js';
import { reach } from './store-errors.js';

/** An audit event as the store keeps it. Its making and its meaning are the gateway's. */
export interface StoredAuditEvent {
  readonly chain: string;
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: string;
  readonly requestId: string;
  readonly subject: string;
  readonly domain: string | null;
  readonly hash: string;
  /** The whole event as JSON. */
  readonly event: string;
}

export interface StoredChainHead {
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
}

/** Every method throws STORE_UNAVAILABLE where the database does not answer. */
export interface AuditEvents {
  append(events: readonly StoredAuditEvent[]): Promise<void>;
  head(chain: string): Promise<StoredChainHead | undefined>;
  /** The last events of the chains, the newest chains first. */
  heads(most: number): Promise<StoredChainHead[]>;
  /** The last event of every chain that was recorded before an instant. */
  lastBefore(instant: string): Promise<StoredChainHead[]>;
  /** For every chain that does not begin with its first event, the last one that it has lost. */
  cuts(): Promise<StoredChainHead[]>;
  /** Deletes a chain's events up to and with one, which stays as a checkpoint. Returns how many there were. */
  deleteThrough(last: StoredChainHead, at: string): Promise<number>;
  /** Every event, chain by chain, each in its order. */
  all(): AsyncGenerator<StoredAuditEvent>;
  close(): void;
}

export interface AuditEventsOptions {
  readonly url: string;
  /** `full`: what was appended outlasts a loss of power; `normal`: the end of the process. */
  readonly synchronous: 'full' | 'normal';
  readonly now: () => Date;
}

const COLUMNS = [
  'chain',
  'sequence',
  'at',
  'kind',
  'requestId',
  'subject',
  'domain',
  'hash',
  'event',
] as const;
const NAMES = COLUMNS.map((name) => `"${name}"`).join(', ');
const PAGE = 1_000;
const WHAT = 'audit events';

/**
 * The store's audit events, on a connection of their own: a trail writes twice a statement, and Prisma takes several
 * times as long for one INSERT as the database does.
 */
export async function openAuditEvents({ url, synchronous, now }: AuditEventsOptions): Promise<AuditEvents> {
  await prepareTables({ url, now });
  const connection = await reach(WHAT, () =>
    connect(url, `PRAGMA synchronous = ${synchronous === 'full' ? 'FULL' : 'NORMAL'}`),
  );
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
      const places = events.map(() => `(${COLUMNS.map(() => '?').join(', ')})`).join(', ');
      const args = events.flatMap((event) => COLUMNS.map((name) => event[name]));
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
    close: () => connection.close(),
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
