import { asAskgraphError } from '../schema/errors.js';
import type { PrismaClient } from './client/client.js';
import { checkUrl, PATIENCE, prepareTables } from './prepare-tables.js';

/** Opens the store's file with its tables up to date. Throws STORE_UNAVAILABLE, or CONFIGURATION_INVALID for the URL. */
export async function openDatabase(options: { url: string; now: () => Date }): Promise<PrismaClient> {
  const { url, now } = options;
  checkUrl(url);
  try {
    const [client] = await Promise.all([openClient(url), prepareTables({ url, now })]);
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
