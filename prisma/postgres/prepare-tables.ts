import { ownMigrations, readMigrations } from '../read-migrations.js';
import type { PostgresPlace } from '../store-place.js';
import { migrate } from './migrate.js';

/** Another gateway that starts may have a large table to change. */
const PATIENCE = 60_000;

/** Brings the store's tables up to date. Returns the schema that they are in. */
export async function prepareTables({ url }: PostgresPlace, now: () => Date): Promise<string> {
  return migrate(await readMigrations(ownMigrations(), 'postgres'), { url, patience: PATIENCE, now });
}
