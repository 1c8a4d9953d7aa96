import type { Client } from '@libsql/client';
import { asAskgraphError } from '../schema/errors.js';
import type { PrismaClient } from './client/client.js';
import { type Connection, connect } from './connect.js';
import { checkUrl, prepareTables } from './prepare-tables.js';

/** Opens the store's file with its tables up to date. Throws STORE_UNAVAILABLE, or CONFIGURATION_INVALID for the URL. */
export async function openDatabase(options: { url: string; now: () => Date }): Promise<PrismaClient> {
  const { url, now } = options;
  checkUrl(url);
  try {
    const [driver] = await Promise.all([loadDriver(), prepareTables({ url, now })]);
    return openClient(await connect(url), driver);
  } catch (thrown) {
    throw asAskgraphError(thrown, 'STORE_UNAVAILABLE', `The store at ${url} cannot be opened.`);
  }
}

/** Prisma is loaded here, and nowhere else. */
async function loadDriver() {
  const [{ PrismaClient }, { PrismaLibSql }] = await Promise.all([
    import('./client/client.js'),
    import('@prisma/adapter-libsql'),
  ]);
  return { PrismaClient, PrismaLibSql };
}

function openClient(connection: Connection, driver: Awaited<ReturnType<typeof loadDriver>>): PrismaClient {
  class Adapter extends driver.PrismaLibSql {
    override createClient() {
      return clientOf(connection);
    }
  }
  return new driver.PrismaClient({ adapter: new Adapter({ url: '' }) });
}

/** What Prisma's adapter asks of a driver. Every transaction writes, so none meets a lock after its first statement. */
function clientOf(connection: Connection): Client {
  const refuse = () => Promise.reject(new Error('The store has no use for this.'));
  return {
    execute: (statement) => connection.run((client) => client.execute(statement)),
    batch: (statements) => connection.run((client) => client.batch(statements, 'write')),
    transaction: () => connection.run((client) => client.transaction('write')),
    executeMultiple: (sql) => connection.run((client) => client.executeMultiple(sql)),
    migrate: refuse,
    sync: refuse,
    reconnect() {},
    close: () => connection.close(),
    closed: false,
    protocol: 'file',
  };
}
