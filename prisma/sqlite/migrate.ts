import { setTimeout } from 'node:timers/promises';
import type { Client, Transaction } from '@libsql/client';
import { failed, missing } from '../missing-migrations.js';
import type { Migration } from '../read-migrations.js';
import { isBusy } from './connect.js';

const MAKE_LIST = `CREATE TABLE IF NOT EXISTS "AppliedMigration" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "checksum" TEXT NOT NULL,
  "appliedAt" DATETIME NOT NULL
)`;
const READ_LIST = 'SELECT "name", "checksum" FROM "AppliedMigration" ORDER BY "name"';
const HAS_LIST = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'AppliedMigration'`;

/** In milliseconds. */
const RETRY_AFTER = 20;

export interface MigrateOptions {
  readonly url: string;
  /** How long to wait for another process that holds the file, in milliseconds. */
  readonly patience: number;
  readonly now: () => Date;
}

/**
 * Brings the store's tables up to date. Where nothing is missing it only reads. Otherwise one process at a time holds
 * the file's write lock, looks again, and applies what is missing in one transaction: all of it or nothing.
 * Throws STORE_UNAVAILABLE, naming the migration, where one was changed after it was applied.
 */
export async function migrate(migrations: readonly Migration[], options: MigrateOptions): Promise<void> {
  const { createClient } = await import('@libsql/client');
  const deadline = performance.now() + options.patience;
  for (;;) {
    // Locks are waited for here and not inside SQLite, which would stop the whole thread, and with it another start
    // in this process that holds the lock.
    const client = createClient({ url: options.url, timeout: 0 });
    try {
      return await applyMissing(migrations, client, options.now);
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > deadline) throw thrown;
    } finally {
      client.close();
    }
    await setTimeout(RETRY_AFTER);
  }
}

async function applyMissing(
  migrations: readonly Migration[],
  client: Client,
  now: () => Date,
): Promise<void> {
  if (missing(migrations, await readApplied(client)).length === 0) return;
  await letReadersGoOn(client);
  const transaction = await client.transaction('write');
  try {
    await transaction.execute(MAKE_LIST);
    for (const migration of missing(migrations, await readApplied(transaction))) {
      await apply(migration, transaction, now);
    }
    await transaction.commit();
  } finally {
    transaction.close();
  }
}

/** With a write-ahead log, one process writes while others read. The file remembers the setting. */
async function letReadersGoOn(client: Client): Promise<void> {
  await client.execute('PRAGMA journal_mode = WAL');
}

async function readApplied(database: Client | Transaction): Promise<Map<string, string>> {
  if ((await database.execute(HAS_LIST)).rows.length === 0) return new Map();
  const { rows } = await database.execute(READ_LIST);
  return new Map(rows.map((row) => [String(row.name), String(row.checksum)]));
}

async function apply(migration: Migration, transaction: Transaction, now: () => Date): Promise<void> {
  try {
    await transaction.executeMultiple(migration.sql);
  } catch (cause) {
    throw failed(migration, cause);
  }
  await transaction.execute({
    sql: 'INSERT INTO "AppliedMigration" ("name", "checksum", "appliedAt") VALUES (?, ?, ?)',
    args: [migration.name, migration.checksum, now().toISOString()],
  });
}
