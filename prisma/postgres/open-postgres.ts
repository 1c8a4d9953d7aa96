import type { PrismaClient } from '../client/client.js';
import type { Database } from '../database.js';
import type { PostgresPlace } from '../store-place.js';
import { openPool } from './pool.js';
import { prepareTables } from './prepare-tables.js';
import { withoutNul } from './without-nul.js';

const CONNECTIONS = 8;

export async function openPostgres(place: PostgresPlace, now: () => Date): Promise<Database> {
  const [driver, schema] = await Promise.all([loadDriver(), prepareTables(place, now)]);
  const pool = await openPool(place.url, { most: CONNECTIONS });
  // Its queries name the schema, so they must be told what unqualified names mean here.
  const adapter = new driver.PrismaPg(pool, { schema, disposeExternalPool: true });
  const client = new driver.PrismaClient({ adapter });
  const tolerant = client.$extends({
    query: { $allModels: { $allOperations: ({ args, query }) => query(withoutNul(args)) } },
  });
  return {
    // Made of the same models: what the store asks of the one is there in the other.
    client: tolerant as unknown as PrismaClient,
    checkHealth: async () => void (await pool.query('SELECT 1 FROM "Conversation" LIMIT 1')),
    close: () => client.$disconnect(),
  };
}

async function loadDriver() {
  const [{ PrismaClient }, { PrismaPg }] = await Promise.all([
    import('../client-postgres/client.js'),
    import('@prisma/adapter-pg'),
  ]);
  return { PrismaClient, PrismaPg };
}
