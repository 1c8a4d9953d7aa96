import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@libsql/client';
import pg from 'pg';
import { afterAll } from 'vitest';
import { postgresServer, type TestDatabase } from '../test/contract/servers.js';

type Row = Record<string, unknown>;

/** A place for a store, where there is nothing yet. */
export interface TestPlace {
  readonly url: string;
  /** Runs statements past the store, each by itself, and gives the last one's rows. */
  sql(...statements: string[]): Promise<Row[]>;
  remove(): Promise<void>;
}

/** An engine that the store can be on, with places on a real one. */
export interface TestEngine {
  readonly name: 'SQLite' | 'PostgreSQL';
  make(): Promise<TestPlace>;
}

const newDatabase = await postgresServer();

/** PostgreSQL is missing where no server answers, which fails under CI=true. */
export const ENGINES: readonly TestEngine[] = [
  { name: 'SQLite', make: makeFile },
  ...(newDatabase === undefined
    ? []
    : [{ name: 'PostgreSQL' as const, make: () => makeSchema(newDatabase) }]),
];

async function makeFile(): Promise<TestPlace> {
  const folder = mkdtempSync(path.join(tmpdir(), 'askgraph-store-'));
  const url = `file:${path.join(folder, 'store.db')}`;
  return {
    url,
    async sql(...statements) {
      const client = createClient({ url, timeout: 2_000 });
      try {
        let rows: Row[] = [];
        for (const statement of statements)
          rows = (await client.execute(statement)).rows.map((row) => ({ ...row }));
        return rows;
      } finally {
        client.close();
      }
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What is whole is a number, and instants are ISO text, as SQLite gives them. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.TIMESTAMP]: (text) => new Date(`${text}Z`).toISOString(),
};

let database: Promise<TestDatabase> | undefined;
let places = 0;
afterAll(async () => (await database)?.close());

/** A schema of the test file's database, which costs less than a database. */
async function makeSchema(newDatabase: () => Promise<TestDatabase>): Promise<TestPlace> {
  database ??= newDatabase();
  places += 1;
  const schema = `place ${places}`;
  await (await database).run([`CREATE SCHEMA "${schema}"`]);
  const url = new URL((await database).url);
  url.searchParams.set('options', `-csearch_path="place\\ ${places}"`);
  const types = { getTypeParser: (id: number) => PARSERS[id] ?? pg.types.getTypeParser(id) };
  const client = new pg.Client({ connectionString: url.href, types: types as pg.CustomTypesConfig });
  await client.connect();
  return {
    url: url.href,
    async sql(...statements) {
      let rows: Row[] = [];
      for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
      return rows;
    },
    async remove() {
      await client.query(`DROP SCHEMA "${schema}" CASCADE`);
      await client.end();
    },
  };
}
