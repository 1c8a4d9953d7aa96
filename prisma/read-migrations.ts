import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AskgraphError } from '../schema/errors.js';
import type { StorePlace } from './store-place.js';

type Engine = StorePlace['engine'];

export interface Migration {
  /** Its folder's name, `0001_conversations`; migrations are applied in the order of their names. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Reads an engine's text of every `NNNN_name` of a folder, `sqlite.sql` or `postgres.sql`: a migration may concern one only. */
export async function readMigrations(directory: string, engine: Engine): Promise<Migration[]> {
  const folders = await readdir(directory, { withFileTypes: true });
  const names = folders
    .filter((entry) => entry.isDirectory() && /^\d{4}_/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => existsSync(path.join(directory, name, `${engine}.sql`)));
  return Promise.all(names.sort().map((name) => readMigration(directory, name, engine)));
}

/**
 * The project's own migrations: SQL is not compiled, so the built code finds them where the source has them, in the
 * nearest folder above that holds `prisma/migrations`.
 */
export function ownMigrations(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'prisma', 'migrations'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new AskgraphError('STORE_UNAVAILABLE', 'The folder prisma/migrations is missing.');
    folder = parent;
  }
  return path.join(folder, 'prisma', 'migrations');
}

async function readMigration(directory: string, name: string, engine: Engine): Promise<Migration> {
  const text = await readFile(path.join(directory, name, `${engine}.sql`), 'utf8');
  // A checkout on Windows may end its lines otherwise; the migration is the same.
  const sql = text.replaceAll('\r\n', '\n');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
