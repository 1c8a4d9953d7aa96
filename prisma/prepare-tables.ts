import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AskgraphError } from '../schema/errors.js';
import { PATIENCE } from './connect.js';
import { migrate } from './migrate.js';
import { ownMigrations, readMigrations } from './read-migrations.js';

/** Makes the store's file and its folder where they are missing, and brings its tables up to date. */
export async function prepareTables({ url, now }: { url: string; now: () => Date }): Promise<void> {
  await mkdir(path.dirname(fileOf(url)), { recursive: true });
  await migrate(await readMigrations(ownMigrations()), { url, patience: PATIENCE, now });
}

/** Throws CONFIGURATION_INVALID where the URL is not that of a file. */
export function checkUrl(url: string): void {
  fileOf(url);
}

/**
 * The path in a `file:` URL. A database in memory is refused: every connection would have one of its own.
 * @throws CONFIGURATION_INVALID for any other URL.
 */
export function fileOf(url: string): string {
  const file = /^file:(?:\/\/(?:localhost)?(?=\/))?([^?#]+)$/.exec(url)?.[1];
  if (file === undefined || file === ':memory:') {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The store's URL is "${url}"; write "file:" and a path.`,
    );
  }
  return decodeURIComponent(file);
}
