import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import type { GraphqlError } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { FRAGMENTS } from './sql-fragments.js';

/** A table whose texts are the fragments themselves: one that arrives as data finds itself, and nothing else. */
type Engine = 'duckdb' | 'postgres' | 'mysql';
const OF_HEXADECIMAL: Readonly<Record<Engine, (digits: string) => string>> = {
  duckdb: (digits) => `decode(unhex('${digits}'))`,
  postgres: (digits) => `convert_from(decode('${digits}', 'hex'), 'UTF8')`,
  mysql: (digits) => `CONVERT(X'${digits}' USING utf8mb4)`,
};
const TEXT: Readonly<Record<Engine, string>> = { duckdb: 'VARCHAR', postgres: 'TEXT', mysql: 'TEXT' };

/** Said without a quote of any kind, so that the engine's own rules of quoting are no part of it. */
function tableStatements(engine: Engine): string[] {
  return [
    `CREATE TABLE note (id INTEGER PRIMARY KEY, said ${TEXT[engine]}, placed DATE, amount DECIMAL(10, 2), ticket BIGINT)`,
    ...FRAGMENTS.map((fragment, index) => {
      const text = OF_HEXADECIMAL[engine](Buffer.from(fragment, 'utf8').toString('hex'));
      return `INSERT INTO note VALUES (${index}, ${text}, '2020-01-01', 1.50, 9007199254740993)`;
    }),
  ];
}

const column = (name: string, type: string) =>
  makeColumn({ name, type: parseHiveType(type), comment: '', unit: undefined, references: undefined });
const catalog: Catalog = {
  database: 'notes',
  description: 'Notes.',
  tables: [
    {
      name: 'note',
      comment: 'What was said.',
      primaryKey: ['id'],
      location: undefined,
      columns: [
        column('id', 'int'),
        column('said', 'string'),
        column('placed', 'date'),
        column('amount', 'decimal(10,2)'),
        column('ticket', 'bigint'),
      ],
    },
  ],
};

export interface OpenDatabase {
  readonly connector: Connector;
  close(): Promise<void>;
}

export async function openFile(): Promise<OpenDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'askgraph-injection-'));
  const path = join(folder, 'notes.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of tableStatements('duckdb')) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  const connector = await openDuckdb({ path });
  return {
    connector,
    async close() {
      await connector.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function onServer(engine: Engine, newDatabase: () => Promise<TestDatabase>): Promise<OpenDatabase> {
  const database = await newDatabase();
  await database.run(tableStatements(engine));
  const connector = await database.connect(2);
  return {
    connector,
    async close() {
      await connector.close();
      await database.close();
    },
  };
}

const [newPostgres, newMysql] = [await postgresServer(), await mysqlServer()];
export const ENGINES = [
  { engine: 'duckdb', open: openFile },
  { engine: 'postgres', open: newPostgres && (() => onServer('postgres', newPostgres)) },
  { engine: 'mysql', open: newMysql && (() => onServer('mysql', newMysql)) },
] as const;

export function gatewayOver(
  engine: Engine,
  { connector }: OpenDatabase,
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedGateway> {
  return startGateway({ OPERATION_COST: '1000000', ...settings }, [
    {
      folder: '',
      definition: {
        name: 'notes',
        description: 'Notes.',
        production: engine,
        catalog: { database: 'notes' },
        source: () => ({ engine, open: async () => ({ ...connector, close: async () => {} }) }),
      },
      catalog,
    },
  ]);
}

export interface Answer {
  readonly status: number;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly GraphqlError[];
}

/** Refusals say again what was sent, which is why no more is asked of their words here. */
export async function send(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, ...((await response.json()) as object) };
}
