import type { Client } from 'pg';
import { AskgraphError } from '../../schema/errors.js';
import { failed, missing } from '../missing-migrations.js';
import type { Migration } from '../read-migrations.js';
import { connectionConfig } from './connection-config.js';

const MAKE_LIST = `CREATE TABLE IF NOT EXISTS "AppliedMigration" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "checksum" TEXT NOT NULL,
  "appliedAt" TIMESTAMP(3) NOT NULL
)`;
const READ_LIST = 'SELECT "name", "checksum" FROM "AppliedMigration" ORDER BY "name"';
/** In the schema where tables are made: another one of the search path may be another store's. */
const READ_PLACE = `SELECT current_schema() AS "schema",
  to_regclass(format('%I."AppliedMigration"', current_schema())) IS NOT NULL AS "hasList"`;
/** Any number that no other program takes in this database: "askgraph" in ASCII. */
const LOCK = `x'61736b6772617068'::bigint`;
const LOCK_TIMEOUT = '55P03';

export interface MigrateOptions {
  readonly url: URL;
  /** How long to wait for another process that brings the tables up to date, in milliseconds. */
  readonly patience: number;
  readonly now: () => Date;
}

/**
 * Brings the store's tables up to date, and returns the schema that they are in. Where nothing is missing it only
 * reads, so that a role without rights to make tables will do. Otherwise one process at a time holds an advisory lock,
 * looks again, and applies what is missing in one transaction: all of it or nothing.
 * Throws STORE_UNAVAILABLE, naming the migration, where one was changed after it was applied.
 */
export async function migrate(migrations: readonly Migration[], options: MigrateOptions): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client(connectionConfig(options.url));
  client.on('error', () => {});
  try {
    await client.connect();
    const { schema, applied } = await readState(client);
    if (missing(migrations, applied).length > 0) await applyMissing(migrations, client, options);
    return schema;
  } finally {
    await client.end();
  }
}

async function readState(client: Client): Promise<{ schema: string; applied: Map<string, string> }> {
  const { rows } = await client.query<{ schema: string | null; hasList: boolean }>(READ_PLACE);
  const { schema = null, hasList = false } = rows[0] ?? {};
  if (schema === null) {
    throw new AskgraphError('STORE_UNAVAILABLE', 'No schema of the search path exists in the database.');
  }
  return { schema, applied: hasList ? await readApplied(client) : new Map() };
}

async function readApplied(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(READ_LIST);
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

async function applyMissing(
  migrations: readonly Migration[],
  client: Client,
  { patience, now }: MigrateOptions,
): Promise<void> {
  // The end of the connection rolls back what has failed.
  await client.query('BEGIN');
  await lock(client, patience);
  await client.query(MAKE_LIST);
  for (const migration of missing(migrations, await readApplied(client))) {
    await client.query(migration.sql).catch((cause: unknown) => {
      throw failed(migration, cause);
    });
    await client.query(
      'INSERT INTO "AppliedMigration" ("name", "checksum", "appliedAt") VALUES ($1, $2, $3)',
      [migration.name, migration.checksum, now().toISOString()],
    );
  }
  await client.query('COMMIT');
}

async function lock(client: Client, patience: number): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${patience}`);
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`).catch((cause: Error & { code?: string }) => {
    if (cause.code !== LOCK_TIMEOUT) throw cause;
    const message = 'Another process has been bringing the store up to date for too long.';
    throw new AskgraphError('STORE_UNAVAILABLE', message, { cause });
  });
  await client.query('SET LOCAL lock_timeout = DEFAULT');
}
