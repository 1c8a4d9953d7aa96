import type { Connector } from '../../subgraphs/connectors/connector.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import type { OpenShop } from '../fixtures/shop.js';
import { shopStatements } from './load-shop.js';

/** The servers that answer; found once for a test file. */
export const SERVERS = [
  { name: 'PostgreSQL', engine: 'postgres', newDatabase: await postgresServer() },
  { name: 'MariaDB', engine: 'mysql', newDatabase: await mysqlServer() },
] as const;

export interface LoadedShop {
  readonly connector: Connector;
  close(): Promise<void>;
}

/** The shop on a server, in a database of its own. */
export async function loadShop(
  shop: OpenShop,
  engine: 'postgres' | 'mysql',
  newDatabase: () => Promise<TestDatabase>,
): Promise<LoadedShop> {
  const database = await newDatabase();
  await database.run(await shopStatements(shop, engine));
  const connector = await database.connect(4);
  return {
    connector,
    async close() {
      await connector.close();
      await database.close();
    },
  };
}

/** Figures that are floating-point numbers agree in twelve digits; everything else exactly. */
export function comparable(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(12));
  if (typeof value === 'number') return Math.abs(value) > 1e12 ? Number(value.toPrecision(12)) : value;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, comparable(field)]));
}
