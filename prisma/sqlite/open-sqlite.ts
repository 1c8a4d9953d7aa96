import type { Client } from '@libsql/client';
import type { Database } from '../database.js';
import type { SqlitePlace } from '../store-place.js';
import { type Connection, connect } from './connect.js';
import { watchDatabaseFile } from './database-file.js';
import { prepareTables } from './prepare-tables.js';

export async function openSqlite(place: SqlitePlace, now: () => Date): Promise<Database> {
  const [{ PrismaClient, PrismaLibSql }] = await Promise.all([loadDriver(), prepareTables(place, now)]);
  const file = await watchDatabaseFile(place.file);
  const connection = await connect(place.url);
  class Adapter extends PrismaLibSql {
    override createClient() {
      return clientOf(connection);
    }
  }
  const client = new PrismaClient({ adapter: new Adapter({ url: '' }) });
  return {
    client,
    async checkHealth() {
      await file.check();
      await client.$queryRaw`SELECT 1 FROM "Conversation" LIMIT 1`;
    },
    close: () => client.$disconnect(),
  };
}

async function loadDriver() {
  const [{ PrismaClient }, { PrismaLibSql }] = await Promise.all([
    import('../client/client.js'),
    import('@prisma/adapter-libsql'),
  ]);
  return { PrismaClient, PrismaLibSql };
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
