import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, it } from 'vitest';
import { type GlueSnapshot, readGlueSnapshot } from '../../schema/glue.js';
import { startSnowflakeFake } from '../../test/fakes/snowflake-server.js';
import type { Connector } from '../connectors/connector.js';
import { openDuckdb } from '../connectors/duckdb.js';
import { mysql } from '../connectors/mysql.js';
import { postgres } from '../connectors/postgres.js';
import { snowflake, snowflakeFromEnvironment } from '../connectors/snowflake.js';
import { crawl } from './crawl.js';
import { engine as snowflakeEngine } from './engines/snowflake.js';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const CONTEXT = { domain: 'shop', dataDirectory: '', report: () => {} };

function crawled(connector: Connector): Promise<GlueSnapshot> {
  return crawl(connector, { database: 'shop', signal: AbortSignal.timeout(20_000) });
}

/** `table: key | column type -> reference (comment)`, one line a table. */
function summary({ TableList }: GlueSnapshot): string[] {
  return TableList.map((table) => {
    const columns = (table.StorageDescriptor?.Columns ?? []).map(({ Name, Type, Comment, Parameters }) => {
      const target = Parameters?.['askgraph.references'];
      return `${Name} ${Type}${target === undefined ? '' : ` -> ${target}`}${Comment ? ` (${Comment})` : ''}`;
    });
    const key = table.Parameters?.['askgraph.primaryKey'] ?? '-';
    return `${table.Name}${table.Description ? ` (${table.Description})` : ''}: ${key} | ${columns.join(', ')}`;
  });
}

describe('a crawl of DuckDB', () => {
  it('finds tables, views, types, comments, keys and references', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'askgraph-crawl-'));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const path = join(folder, 'shop.duckdb');
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    for (const text of [
      'CREATE TABLE customers (id BIGINT, branch INTEGER, name VARCHAR, PRIMARY KEY (id))',
      'CREATE TABLE "Order Lines" (order_id UINTEGER, line SMALLINT, customer_id BIGINT REFERENCES customers (id), PRIMARY KEY (order_id, line))',
      `CREATE TABLE odd (a DECIMAL(10,2), b TIMESTAMP, c TIMESTAMPTZ, d DATE, e BOOLEAN, f DOUBLE, g FLOAT, h BLOB, i UUID,
        j JSON, k INTEGER[], l STRUCT(x INTEGER, y VARCHAR), m MAP(VARCHAR, INTEGER), n ENUM('a', 'b'), o HUGEINT, p UBIGINT,
        q STRUCT(z INTEGER)[], r TIMESTAMP_NS, s TIME, t INTERVAL, u TINYINT)`,
      'CREATE VIEW names AS SELECT id, name FROM customers',
      "COMMENT ON TABLE customers IS 'Who buys.'",
      "COMMENT ON COLUMN customers.name IS 'Full name.'",
      'CREATE SCHEMA other',
      'CREATE TABLE other.hidden (a INTEGER)',
    ])
      await connection.run(text);
    connection.closeSync();
    instance.closeSync();
    const connector = await openDuckdb({ path });
    cleanUp.push(() => connector.close());
    const snapshot = await crawled(connector);
    expect(snapshot.DatabaseList).toEqual([{ Name: 'shop' }]);
    expect(summary(snapshot)).toEqual([
      'Order Lines: order_id,line | order_id bigint, line smallint, customer_id bigint -> customers.id',
      'customers (Who buys.): id | id bigint, branch int, name string (Full name.)',
      'names: - | id bigint, name string',
      'odd: - | a decimal(10,2), b timestamp, c timestamp with time zone, d date, e boolean, f double, g float, h binary, i string, j json, k array<int>, l struct, m map, n string, o decimal(38,0), p decimal(20,0), q array<struct>, r timestamp, s string, t string, u tinyint',
    ]);
    expectReadable(snapshot);
  });
});

/** A snapshot of which a catalog can be made, with types that are all known. */
function expectReadable(snapshot: GlueSnapshot): void {
  const warnings: string[] = [];
  const catalog = readGlueSnapshot(snapshot, 'shop', (message) => warnings.push(message));
  expect(catalog.tables.length).toBeGreaterThan(0);
  expect(warnings).toEqual([]);
}

const SERVER = {
  host: '127.0.0.1',
  tls: 'off',
  connections: 1,
  statementMilliseconds: 20_000,
} as const;

async function postgresClient() {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
}

async function mysqlClient() {
  const { createConnection } = await import('mysql2/promise');
  return createConnection({ host: '127.0.0.1', port: 3306, user: 'root' });
}

async function answers(connect: () => Promise<{ end(): Promise<void> }>): Promise<boolean> {
  return connect().then(
    (client) => client.end().then(() => true),
    () => false,
  );
}

const hasPostgres = await answers(postgresClient);
const hasMysql = await answers(mysqlClient);

describe.skipIf(!hasPostgres)('a crawl of PostgreSQL (127.0.0.1:5432)', () => {
  it('finds tables, views, types, comments, keys and references, also as one who may only read', async () => {
    const schema = `crawl_${process.pid}`;
    const client = await postgresClient();
    cleanUp.push(async () => {
      await client.query(`DROP SCHEMA ${schema} CASCADE; DROP ROLE ${schema}`);
      await client.end();
    });
    await client.query(`
      CREATE SCHEMA ${schema};
      CREATE TYPE ${schema}.mood AS ENUM ('good', 'bad');
      CREATE TABLE ${schema}.customers (id bigint PRIMARY KEY, name varchar(40), mood ${schema}.mood);
      CREATE TABLE ${schema}."Order Lines" (order_id int, line smallint, customer_id bigint REFERENCES ${schema}.customers,
        PRIMARY KEY (order_id, line));
      CREATE TABLE ${schema}.notes (id int PRIMARY KEY, order_id int, line smallint,
        FOREIGN KEY (order_id, line) REFERENCES ${schema}."Order Lines");
      CREATE TABLE ${schema}.odd (a numeric(10,2), b timestamp(3), c timestamptz, d date, e boolean, f double precision, g real,
        h bytea, i uuid, j jsonb, k int[], l numeric, m text, n char(2), o time, p interval, q inet, dropped int);
      ALTER TABLE ${schema}.odd DROP COLUMN dropped;
      CREATE VIEW ${schema}.names AS SELECT id, name FROM ${schema}.customers;
      COMMENT ON TABLE ${schema}.customers IS 'Who buys.';
      COMMENT ON COLUMN ${schema}.customers.name IS 'Full name.';
      CREATE ROLE ${schema} LOGIN PASSWORD 'reader';
      GRANT USAGE ON SCHEMA ${schema} TO ${schema};
      GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${schema}`);
    const connector = await postgres({
      ...SERVER,
      port: 5432,
      database: 'postgres',
      schema,
      credentials: { kind: 'password', user: schema, password: 'reader' },
    }).open(CONTEXT);
    cleanUp.push(() => connector.close());
    const snapshot = await crawled(connector);
    expect(summary(snapshot)).toEqual([
      'Order Lines: order_id,line | order_id int, line smallint, customer_id bigint -> customers.id',
      'customers (Who buys.): id | id bigint, name varchar(40) (Full name.), mood string',
      'names: - | id bigint, name varchar(40)',
      'notes: id | id int, order_id int, line smallint',
      'odd: - | a decimal(10,2), b timestamp without time zone, c timestamp with time zone, d date, e boolean, f double, g float, h binary, i string, j json, k array<int>, l decimal, m string, n char(2), o string, p string, q string',
    ]);
    expect(snapshot.TableList[1]).toMatchObject({
      StorageDescriptor: { Location: `postgres.${schema}.customers` },
      Parameters: { classification: 'postgresql' },
    });
    expectReadable(snapshot);
  });
});

describe.skipIf(!hasMysql)('a crawl of MariaDB (127.0.0.1:3306)', () => {
  it('finds tables, views, types, comments, keys and references', async () => {
    const database = `crawl_${process.pid}`;
    const client = await mysqlClient();
    cleanUp.push(async () => {
      await client.query(`DROP DATABASE ${database}`);
      await client.end();
    });
    await client.query(`CREATE DATABASE ${database}`);
    await client.query(`USE ${database}`);
    for (const text of [
      "CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(40) COMMENT 'Full name.', gender enum('M','F')) COMMENT 'Who buys.'",
      'CREATE TABLE `Order Lines` (order_id int unsigned, line smallint, customer_id bigint, PRIMARY KEY (order_id, line), FOREIGN KEY (customer_id) REFERENCES customers (id))',
      `CREATE TABLE odd (a decimal(10,2), b datetime(6), c timestamp NULL, d date, e tinyint(1), f double, g float, h blob, i bigint unsigned,
        j year, k tinyint unsigned, l text, m char(2), n time, o mediumint, p varbinary(3), q set('a','b'), r int(11) unsigned)`,
      'CREATE VIEW names AS SELECT id, name FROM customers',
    ])
      await client.query(text);
    const connector = await mysql({
      ...SERVER,
      port: 3306,
      database,
      credentials: { kind: 'password', user: 'root', password: '' },
    }).open(CONTEXT);
    cleanUp.push(() => connector.close());
    const snapshot = await crawled(connector);
    expect(summary(snapshot)).toEqual([
      'customers (Who buys.): id | id bigint, name varchar(40) (Full name.), gender string',
      'names: - | id bigint, name varchar(40) (Full name.)',
      'odd: - | a decimal(10,2), b timestamp, c timestamp, d date, e boolean, f double, g float, h binary, i decimal(20,0), j int, k smallint, l string, m char(2), n string, o int, p binary, q string, r bigint',
      'Order Lines: order_id,line | order_id bigint, line smallint, customer_id bigint -> customers.id',
    ]);
    expect(snapshot.TableList[0]).toMatchObject({
      StorageDescriptor: { Location: `${database}.customers` },
      Parameters: { classification: 'mysql' },
    });
    expectReadable(snapshot);
  });
});

describe('a crawl of Snowflake', () => {
  it('reads INFORMATION_SCHEMA and SHOW, and writes names in small letters', async () => {
    const fake = await startSnowflakeFake({
      setup: [],
      account: 'org-shop',
      users: { READER: { password: 'secret' } },
      rowsInline: 3,
      rowsInChunk: 2,
      holdMilliseconds: 100,
      canned: {
        [snowflakeEngine.tables]: {
          columns: ['table_name', 'comment', 'location'],
          rows: [
            ['CUSTOMERS', 'Who buys.', 'MARKET.PUBLIC.CUSTOMERS'],
            ['Orders', null, 'MARKET.PUBLIC.Orders'],
          ],
        },
        [snowflakeEngine.columns]: {
          columns: ['table_name', 'column_name', 'comment', 'type'],
          rows: [
            ['CUSTOMERS', 'ID', null, 'NUMBER(38,0)'],
            ['CUSTOMERS', 'NAME', 'Full name.', 'TEXT'],
            ['Orders', 'ORDER_ID', null, 'NUMBER(18,0)'],
            ['Orders', 'LINE', null, 'NUMBER(5,0)'],
            ['Orders', 'CUSTOMER_ID', null, 'NUMBER(38,0)'],
            ['Orders', 'AMOUNT', null, 'NUMBER(12,2)'],
            ['Orders', 'PAID_AT', null, 'TIMESTAMP_NTZ'],
            ['Orders', 'SEEN_AT', null, 'TIMESTAMP_TZ'],
            ['Orders', 'WEIGHT', null, 'FLOAT'],
            ['Orders', 'DETAILS', null, 'VARIANT'],
            ['Orders', 'TAGS', null, 'ARRAY'],
            ['Orders', 'PLACE', null, 'GEOGRAPHY'],
          ],
        },
        [snowflakeEngine.keys.text]: {
          columns: [
            'created_on',
            'database_name',
            'schema_name',
            'table_name',
            'column_name',
            'key_sequence',
          ],
          rows: [
            ['2024-01-01', 'MARKET', 'PUBLIC', 'CUSTOMERS', 'ID', '1'],
            ['2024-01-01', 'MARKET', 'PUBLIC', 'Orders', 'ORDER_ID', '1'],
            ['2024-01-01', 'MARKET', 'PUBLIC', 'Orders', 'LINE', '2'],
          ],
        },
        [snowflakeEngine.references.text]: {
          columns: ['pk_table_name', 'pk_column_name', 'fk_table_name', 'fk_column_name', 'key_sequence'],
          rows: [['CUSTOMERS', 'ID', 'Orders', 'CUSTOMER_ID', '1']],
        },
      },
    });
    cleanUp.push(() => fake.close());
    const variables = {
      S_ACCOUNT: 'org-shop',
      S_URL: fake.url,
      S_USER: 'reader',
      S_PASSWORD: 'secret',
      S_DATABASE: 'MARKET',
    };
    const connector = await snowflake(snowflakeFromEnvironment(variables, 'S')).open(CONTEXT);
    cleanUp.push(() => connector.close());
    const snapshot = await crawled(connector);
    expect(summary(snapshot)).toEqual([
      'customers (Who buys.): id | id bigint, name string (Full name.)',
      'Orders: order_id,line | order_id bigint, line int, customer_id bigint -> customers.id, amount decimal(12,2), paid_at timestamp, seen_at timestamp with time zone, weight double, details variant, tags array, place string',
    ]);
    expect(snapshot.TableList[0]).toMatchObject({
      StorageDescriptor: { Location: 'MARKET.PUBLIC.CUSTOMERS' },
      Parameters: { classification: 'snowflake' },
    });
    expectReadable(snapshot);
  });
});

it('refuses an engine that has no catalog of its own', async () => {
  const connector = { engine: 'nonesuch' } as Connector;
  await expect(crawled(connector)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
