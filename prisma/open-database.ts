import type { Database } from './database.js';
import { openPostgres } from './postgres/open-postgres.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import { opening } from './store-errors.js';
import { placeOf } from './store-place.js';

/** Opens the store with its tables up to date. Throws STORE_UNAVAILABLE, or CONFIGURATION_INVALID for the URL. */
export async function openDatabase({ url, now }: { url: string; now: () => Date }): Promise<Database> {
  const place = placeOf(url);
  return opening(place, () =>
    place.engine === 'sqlite' ? openSqlite(place, now) : openPostgres(place, now),
  );
}
