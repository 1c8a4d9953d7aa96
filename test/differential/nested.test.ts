import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDomainModel } from '../../schema/domain-model.js';
import { readGlueSnapshot } from '../../schema/glue.js';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { buildSubgraphSchemaFor } from '../../subgraphs/build-schema.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { compile } from '../../subgraphs/sql/compile.js';
import { athenaDialect } from '../../subgraphs/sql/dialects/athena.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import { duckdbDialect } from '../../subgraphs/sql/dialects/duckdb.js';
import { mysqlDialect } from '../../subgraphs/sql/dialects/mysql.js';
import { postgresDialect } from '../../subgraphs/sql/dialects/postgres.js';
import { redshiftDialect } from '../../subgraphs/sql/dialects/redshift.js';
import { snowflakeDialect } from '../../subgraphs/sql/dialects/snowflake.js';
import type { TableQuery } from '../../subgraphs/sql/table-query.js';
import { type OpenShop, openShop, shopCatalog, shopDomain } from '../fixtures/shop.js';
import { column, compare, limits, value } from '../fixtures/table-queries.js';
import { type LoadedShop, loadShop, SERVERS } from './engines.js';
import { QueryGenerator } from './generate.js';

const QUERIES = 120;
const PER_TEST = 15;
const statements: string[] = [];

let shop: OpenShop;
let queries: readonly string[];

beforeAll(async () => {
  shop = await openShop();
  const samples = new Map<string, readonly unknown[]>();
  for (const { name, columns } of shopCatalog.tables) {
    for (const column of columns) {
      const rows = await shop.sql(
        `SELECT DISTINCT "${column.name}" FROM "${name}" WHERE "${column.name}" IS NOT NULL ORDER BY hash("${column.name}"), 1 LIMIT 15`,
      );
      samples.set(
        `${name}.${column.name}`,
        rows.map(([cell]) => cell),
      );
    }
  }
  const generator = new QueryGenerator(
    makeDomainModel(shopDomain, shopCatalog),
    (table, column) => samples.get(`${table}.${column}`) ?? [],
    20261122,
  );
  queries = Array.from({ length: QUERIES }, () => generator.nested());
});
afterAll(() => shop.close());

/** The schema over a connector; `batches`: as if the engine could not gather rows in rows. */
function schemaOn(connector: Connector, way: 'nested' | 'batches', catalog = shopCatalog): GraphQLSchema {
  const { jsonRows: _, ...batching } = connector.dialect;
  return buildSubgraphSchemaFor({
    domain: shopDomain,
    audit: NO_AUDIT,
    catalog,
    connector: {
      ...connector,
      dialect: way === 'nested' ? connector.dialect : batching,
      query(statement) {
        statements.push(statement.text);
        return connector.query(statement);
      },
    },
  });
}

async function answer(schema: GraphQLSchema, query: string): Promise<unknown> {
  const document = parse(query);
  expect(validate(schema, document), query).toEqual([]);
  const contextValue: RequestContext = {
    requestId: 'differential',
    caller: { subject: 'test', roles: [], claims: {} },
    signal: new AbortController().signal,
    asOf: new Date(0),
  };
  const { data, errors } = await execute({ schema, document, contextValue });
  const causes = errors?.map((error) => [error.message, String(error.originalError?.cause)]);
  return JSON.parse(JSON.stringify({ data, errors: causes }));
}

const ENGINES = [{ name: 'DuckDB', engine: undefined, newDatabase: undefined }, ...SERVERS] as const;

describe.each(ENGINES)('rows in rows on $name', ({ engine, newDatabase }) => {
  let loaded: LoadedShop | undefined;
  let connector: Connector;
  beforeAll(async () => {
    if (newDatabase !== undefined) loaded = await loadShop(shop, engine, newDatabase);
    connector = loaded?.connector ?? shop.connector;
  });
  afterAll(() => loaded?.close());
  const isAbsent = engine !== undefined && newDatabase === undefined;

  const firsts = Array.from({ length: QUERIES / PER_TEST }, (_, index) => index * PER_TEST);

  it.skipIf(isAbsent).each(firsts)(
    'are the same in one statement and by batches, from number %i on',
    async (first) => {
      const nested = schemaOn(connector, 'nested');
      const batches = schemaOn(connector, 'batches');
      let several = 0;
      for (const query of queries.slice(first, first + PER_TEST)) {
        const wanted = await answer(batches, query);
        statements.length = 0;
        expect(await answer(nested, query), query).toEqual(wanted);
        if (statements.some((text) => text.includes('_lists'))) several += 1;
      }
      // Not by chance: many of them have lists in them.
      expect(several).toBeGreaterThan(PER_TEST / 4);
    },
  );
});

const valuesCatalog = readGlueSnapshot({
  DatabaseList: [{ Name: 'shop' }],
  TableList: [
    {
      Name: 'holder',
      StorageDescriptor: { Columns: [{ Name: 'id', Type: 'int' }] },
      Parameters: { 'askgraph.primaryKey': 'id' },
    },
    {
      Name: 'held',
      Parameters: { 'askgraph.primaryKey': 'id' },
      StorageDescriptor: {
        Columns: [
          { Name: 'id', Type: 'int' },
          { Name: 'holder_id', Type: 'int', Parameters: { 'askgraph.references': 'holder.id' } },
          { Name: 'whole', Type: 'bigint' },
          { Name: 'exact', Type: 'decimal(30,4)' },
          { Name: 'inexact', Type: 'double' },
          { Name: 'flag', Type: 'boolean' },
          { Name: 'words', Type: 'string' },
          { Name: 'fixed', Type: 'char(6)' },
          { Name: 'day', Type: 'date' },
          { Name: 'at', Type: 'timestamp' },
        ],
      },
    },
  ],
});
const TEXTS = [
  'a "b" \\ c',
  'two\nlines\tand\u2028more',
  '😀 Ärger',
  '',
  "it''s",
  '[1,2]',
  'null',
  '{"a":1}',
];
const VALUES: readonly (readonly string[])[] = [
  [
    '9223372036854775807',
    '12345678901234567890123456.7891',
    '0.1',
    'TRUE',
    'ab',
    '2008-02-29',
    '2008-02-29 23:59:59.999999',
  ],
  ['-9223372036854775808', '-0.0001', '1e-7', 'FALSE', 'abcdef', '1900-01-01', '1969-12-31 23:59:59'],
  ['0', '5.1000', '123456789.12345679', 'TRUE', '', '9999-12-31', '2008-06-30 12:00:00.5'],
  ['9007199254740993', '0', '1.7976931348623157e308', 'FALSE', ' x', '2008-01-31', '2008-01-31 00:00:00'],
  ['1', '100', '-2.5e-300', 'TRUE', 'é', '2000-01-01', '2000-01-01 10:20:30.120000'],
];

function valueStatements(engine: 'postgres' | 'mysql'): string[] {
  const [float, time] = engine === 'postgres' ? ['DOUBLE PRECISION', 'TIMESTAMP'] : ['DOUBLE', 'DATETIME(6)'];
  const rows = VALUES.flatMap(([whole, exact, inexact, flag, fixed, day, at], row) =>
    TEXTS.map((text, index) => {
      const escaped = engine === 'mysql' ? text.replaceAll('\\', '\\\\') : text;
      return `(${row * TEXTS.length + index}, ${(index % 3) + 1}, ${whole}, ${exact}, ${inexact}, ${flag}, '${escaped}', '${fixed}', '${day}', '${at}')`;
    }),
  );
  return [
    'CREATE TABLE holder (id INTEGER PRIMARY KEY)',
    `CREATE TABLE held (id INTEGER PRIMARY KEY, holder_id INTEGER, whole BIGINT, exact DECIMAL(30, 4), inexact ${float},
      flag BOOLEAN, words ${engine === 'mysql' ? 'LONGTEXT' : 'TEXT'}, fixed CHAR(6), day DATE, at ${time})`,
    'INSERT INTO holder VALUES (1), (2), (3), (4)',
    `INSERT INTO held VALUES ${rows.join(', ')}, (1000, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
  ];
}

describe.each(SERVERS)('values in rows in rows on $name', ({ engine, newDatabase }) => {
  it.skipIf(newDatabase === undefined)('are to the letter what they are in rows', async () => {
    const database = await newDatabase!();
    await database.run(valueStatements(engine));
    const connector = await database.connect(2);
    const query =
      '{ shop { holder { id held { id whole exact inexact flag words fixed day at holder { held(limit: 2, offset: 1) { exact } } } } } }';
    const wanted = await answer(schemaOn(connector, 'batches', valuesCatalog), query);
    statements.length = 0;
    expect(await answer(schemaOn(connector, 'nested', valuesCatalog), query)).toEqual(wanted);
    // MariaDB reads lists in lists by a batch, which is faster there.
    expect(statements).toHaveLength(engine === 'mysql' ? 2 : 1);
    expect(JSON.stringify(wanted)).toContain('12345678901234567890123456.7891');
    await connector.close();
    await database.close();
  });

  it.skipIf(newDatabase === undefined)(
    'are all there where a list is longer than the engine can hand over',
    async () => {
      const database = await newDatabase!();
      const letters = "REPEAT('x', 400000)";
      await database.run([
        ...valueStatements(engine),
        `INSERT INTO held (id, holder_id, words) SELECT id + 2000, 4, ${letters} FROM held WHERE id < 40`,
        `INSERT INTO held (id, holder_id, words) SELECT id + 3000, 4, ${letters} FROM held WHERE id < 5`,
      ]);
      const connector = await database.connect(2);
      const schema = schemaOn(connector, 'nested', valuesCatalog);
      const { data } = (await answer(schema, '{ shop { holder { held { words } } } }')) as {
        data: { shop: { holder: { held: { words: string }[] }[] } };
      };
      expect(data.shop.holder[3]?.held.map(({ words }) => words.length)).toEqual(new Array(45).fill(400_000));
      await connector.close();
      await database.close();
    },
  );
});

const NESTED: TableQuery = {
  table: 'customer',
  select: ['customer_id', 'name'].map((name) => ({ as: name, expression: column(name) })),
  where: compare('eq', column('active'), value(true, 'BOOLEAN')),
  orderBy: [
    { expression: column('country_name', 'country'), direction: 'DESC' },
    { expression: column('customer_id'), direction: 'ASC' },
  ],
  limit: 10,
  offset: 2,
  nested: [
    {
      as: 'orders',
      key: { kind: 'column', path: [], column: 'customer_id' },
      column: 'customer_id',
      query: {
        table: 'orders',
        select: [
          ...['order_id', 'amount', 'items', 'ordered_at'].map((name) => ({
            as: name,
            expression: column(name),
          })),
          { as: 'payer.born', expression: column('born', 'payer') },
        ],
        where: compare('gt', column('amount'), value('10.5', 'DECIMAL')),
        orderBy: [
          { expression: column('amount'), direction: 'DESC' },
          { expression: column('order_id'), direction: 'ASC' },
        ],
        limit: 5,
        offset: 1,
        nested: [
          {
            as: 'notes',
            key: { kind: 'column', path: [], column: 'order_id' },
            column: 'order_id',
            query: {
              table: 'order_note',
              select: [{ as: 'text', expression: column('text') }],
              orderBy: [{ expression: column('line'), direction: 'ASC' }],
              limit: 3,
            },
          },
        ],
      },
    },
  ],
};

it('the SQL of rows in rows is what was reviewed', async () => {
  const dialects: readonly Dialect[] = [
    duckdbDialect,
    postgresDialect,
    mysqlDialect,
    snowflakeDialect,
    athenaDialect,
  ];
  const texts = dialects.map((dialect) => {
    const { text, parameters } = compile(NESTED, shopCatalog, dialect, limits);
    return `-- ${dialect.name}\n${text};\n-- with ${JSON.stringify(parameters)}\n`;
  });
  await expect(texts.join('\n')).toMatchFileSnapshot('snapshots/nested.sql');
});

it('Redshift gathers no rows in rows, and is asked by batches', () => {
  expect(() => compile(NESTED, shopCatalog, redshiftDialect, limits)).toThrow('does not gather');
});
