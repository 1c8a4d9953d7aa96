import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AskgraphError, asAskgraphError } from '../schema/errors.js';
import type { PrismaClient } from './client/client.js';
import { migrate } from './migrate.js';
import { ownMigrations, readMigrations } from './read-migrations.js';

/** How long a statement waits for another process that holds the file, in milliseconds. */
const PATIENCE = 5_000;

/** Opens the store's file with its tables up to date. Throws STORE_UNAVAILABLE, or CONFIGURATION_INVALID for the URL. */
export async function openDatabase(options: { url: string; now: () => Date }): Promise<PrismaClient> {
  const { url, now } = options;
  const file = fileOf(url);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const [client] = await Promise.all([
      openClient(url),
      readMigrations(ownMigrations()).then((migrations) =>
        migrate(migrations, { url, patience: PATIENCE, now }),
      ),
    ]);
    return client;
  } catch (thrown) {
    throw asAskgraphError(thrown, 'STORE_UNAVAILABLE', `The store at ${url} cannot be opened.`);
  }
}

/** Prisma is loaded here, and nowhere else. */
async function openClient(url: string): Promise<PrismaClient> {
  const [{ PrismaClient }, { PrismaLibSql }] = await Promise.all([
    import('./client/client.js'),
    import('@prisma/adapter-libsql'),
  ]);
  return new PrismaClient({ adapter: new PrismaLibSql({ url, timeout: PATIENCE }) });
}

/** The path in a `file:` URL. A database in memory is refused: every connection would have one of its own. */
function fileOf(url: string): string {
  const file = /^file:(?:\/\/(?:localhost)?(?=\/))?([^?#]+)$/.exec(url)?.[1];
  if (file === undefined || file === ':memory:') {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The store's URL is "${url}"; write "file:" and a path.`,
    );
  }
  return decodeURIComponent(file);
}
