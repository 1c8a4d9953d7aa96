import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { mysql as mysqlSource } from '../../subgraphs/connectors/mysql.js';
import { postgres as postgresSource } from '../../subgraphs/connectors/postgres.js';
import type { RunAs } from '../../subgraphs/connectors/run-as.js';
import type { ServerAddress } from '../../subgraphs/connectors/server-options.js';

/** A database of a test's own on a real server, gone when it is closed. */
export interface TestDatabase {
  readonly url: string;
  /** Runs statements as the server's administrator. */
  run(statements: readonly string[]): Promise<void>;
  rows(text: string): Promise<unknown[][]>;
  /** A connector as the program opens it. */
  connect(connections: number, runAs?: RunAs): Promise<Connector>;
  close(): Promise<void>;
}

export const POSTGRES_URL =
  process.env.ASKGRAPH_TEST_POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
export const MYSQL_URL = process.env.ASKGRAPH_TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';

/**
 * How to make a database on PostgreSQL; undefined, with one line that says so, where no server answers. Under CI=true a
 * server that is not there is an error.
 */
export async function postgresServer(): Promise<(() => Promise<TestDatabase>) | undefined> {
  return reachable('PostgreSQL', POSTGRES_URL, 'ASKGRAPH_TEST_POSTGRES_URL', async () => {
    const client = new pg.Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 3_000 });
    await client.connect();
    await client.end();
    return openPostgresDatabase;
  });
}

/** As `postgresServer`, for MySQL or MariaDB. */
export async function mysqlServer(): Promise<(() => Promise<TestDatabase>) | undefined> {
  return reachable('MySQL or MariaDB', MYSQL_URL, 'ASKGRAPH_TEST_MYSQL_URL', async () => {
    const connection = await mysql.createConnection({ uri: MYSQL_URL, connectTimeout: 3_000 });
    await connection.end();
    return openMysqlDatabase;
  });
}

async function reachable<Found>(
  name: string,
  url: string,
  setting: string,
  probe: () => Promise<Found>,
): Promise<Found | undefined> {
  try {
    return await probe();
  } catch (error) {
    const message = `${name} does not answer at ${new URL(url).host} (${setting} names another)`;
    if (process.env.CI === 'true') throw new Error(message, { cause: error });
    console.warn(`${message}: its tests are skipped.`);
    return undefined;
  }
}

const CONTEXT = { domain: 'test', dataDirectory: '', report: () => undefined };

function addressOf(url: string, port: number, database: string, connections: number): ServerAddress {
  const { hostname, port: given, username, password } = new URL(url);
  return {
    host: hostname,
    port: given === '' ? port : Number(given),
    database,
    credentials: {
      kind: 'password',
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    },
    tls: 'off',
    connections,
    statementMilliseconds: 120_000,
  };
}

function newName(): string {
  return `askgraph_test_${randomBytes(6).toString('hex')}`;
}

async function openPostgresDatabase(): Promise<TestDatabase> {
  const name = newName();
  const server = new pg.Client({ connectionString: POSTGRES_URL });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    async run(statements) {
      for (const statement of statements) await client.query(statement);
    },
    async rows(text) {
      return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
    },
    connect: (connections, runAs) =>
      postgresSource({ ...addressOf(POSTGRES_URL, 5432, name, connections), schema: 'public', runAs }).open(
        CONTEXT,
      ),
    async close() {
      await client.end();
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
    },
  };
}

async function openMysqlDatabase(): Promise<TestDatabase> {
  const name = newName();
  const connection = await mysql.createConnection({
    uri: MYSQL_URL,
    rowsAsArray: true,
    charset: 'utf8mb4_bin',
  });
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await connection.changeUser({ database: name });
  return {
    url: new URL(`/${name}`, MYSQL_URL).href,
    async run(statements) {
      for (const statement of statements) await connection.query(statement);
    },
    async rows(text) {
      const [rows] = await connection.query(text);
      return rows as unknown[][];
    },
    connect: (connections) => mysqlSource(addressOf(MYSQL_URL, 3306, name, connections)).open(CONTEXT),
    async close() {
      await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
    },
  };
}
