import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ownMigrations, readMigrations } from '../read-migrations.js';
import type { SqlitePlace } from '../store-place.js';
import { PATIENCE } from './connect.js';
import { migrate } from './migrate.js';

/** Makes the store's file and its folder where they are missing, and brings its tables up to date. */
export async function prepareTables({ url, file }: SqlitePlace, now: () => Date): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await migrate(await readMigrations(ownMigrations(), 'sqlite'), { url, patience: PATIENCE, now });
}
