import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type Json } from '@duckdb/node-api';

/** Where test/start-gateway.ts has the demo data made. */
export const DEMO_FOLDER = '.askgraph/test/data';
const WEATHER = 'subgraphs/product/weather.csv';

/** Rows that SQL finds in a domain's demo data, past everything that Askgraph is made of. */
export interface DemoData {
  rows(domain: string, sql: string): Promise<Json[][]>;
  close(): void;
}

/** Opens the files that a started gateway has made. */
export async function openDemoData(): Promise<DemoData> {
  const databases = new Map<string, { instance: DuckDBInstance; connection: DuckDBConnection }>();
  const open = async (domain: string) => {
    const found = databases.get(domain);
    if (found !== undefined) return found.connection;
    const instance = await openInstance(domain);
    const connection = await instance.connect();
    if (domain === 'product')
      await connection.run(`create table weather as from read_csv('${resolve(WEATHER)}')`);
    databases.set(domain, { instance, connection });
    return connection;
  };
  return {
    async rows(domain, sql) {
      const connection = await open(domain);
      return (await connection.runAndReadAll(sql)).getRowsJson();
    },
    close() {
      for (const { instance, connection } of databases.values()) {
        connection.closeSync();
        instance.closeSync();
      }
    },
  };
}

function openInstance(domain: string): Promise<DuckDBInstance> {
  const file = resolve(DEMO_FOLDER, `${domain}.duckdb`);
  return existsSync(file)
    ? DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
    : DuckDBInstance.create(':memory:');
}
