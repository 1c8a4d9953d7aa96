import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { compile } from '../../subgraphs/sql/compile.js';
import { athenaDialect } from '../../subgraphs/sql/dialects/athena.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import { mysqlDialect } from '../../subgraphs/sql/dialects/mysql.js';
import { postgresDialect } from '../../subgraphs/sql/dialects/postgres.js';
import { redshiftDialect } from '../../subgraphs/sql/dialects/redshift.js';
import { snowflakeDialect } from '../../subgraphs/sql/dialects/snowflake.js';
import { printSql } from '../../subgraphs/sql/print-sql.js';
import { makeStatement } from '../../subgraphs/sql/statement.js';
import { type OpenShop, openShop, shopCatalog } from '../fixtures/shop.js';
import { limits } from '../fixtures/table-queries.js';
import { CONSTRUCTS } from './constructs.js';
import { comparable, type LoadedShop, loadShop, SERVERS } from './engines.js';

const constructs = Object.entries(CONSTRUCTS);
let shop: OpenShop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function bound(connector: Connector, name: string) {
  const statement = compile(CONSTRUCTS[name]!, shopCatalog, connector.dialect, limits);
  const { columns, rows } = await connector.query(statement);
  return comparable({ columns, rows });
}

/** With its values in the text, as people see it. */
async function printed(connector: Connector, name: string) {
  const { columns } = compile(CONSTRUCTS[name]!, shopCatalog, connector.dialect, limits);
  const text = printSql(CONSTRUCTS[name]!, shopCatalog, connector.dialect);
  const result = await connector.query(makeStatement(text, [], columns, limits));
  return comparable({ columns: result.columns, rows: result.rows });
}

describe('a construct on DuckDB', () => {
  it.each(constructs)('finds something: %s', async (name) => {
    expect(((await bound(shop.connector, name)) as { rows: unknown[] }).rows).not.toEqual([]);
  });
});

describe.each(SERVERS)('a construct on $name', ({ engine, newDatabase }) => {
  let loaded: LoadedShop | undefined;
  beforeAll(async () => {
    if (newDatabase !== undefined) loaded = await loadShop(shop, engine, newDatabase);
  });
  afterAll(() => loaded?.close());

  it.skipIf(newDatabase === undefined).each(constructs)('gives what it gives on DuckDB: %s', async (name) => {
    const wanted = await bound(shop.connector, name);
    expect(await bound(loaded!.connector, name)).toEqual(wanted);
    expect(await printed(loaded!.connector, name)).toEqual(wanted);
  });
});

/**
 * Redshift's SQL on PostgreSQL, whose dialect it grew out of: it shows that what is common to both means the same. It
 * is no proof for Redshift.
 */
describe.skipIf(SERVERS[0].newDatabase === undefined)('Redshift’s SQL, run on PostgreSQL', () => {
  let loaded: LoadedShop | undefined;
  beforeAll(async () => {
    loaded = await loadShop(shop, 'postgres', SERVERS[0].newDatabase!);
  });
  afterAll(() => loaded?.close());

  it.each(constructs)('gives what DuckDB gives: %s', async (name) => {
    const connector: Connector = { ...loaded!.connector, dialect: redshiftDialect };
    expect(await bound(connector, name)).toEqual(await bound(shop.connector, name));
  });
});

const DIALECTS: readonly Dialect[] = [
  redshiftDialect,
  snowflakeDialect,
  athenaDialect,
  postgresDialect,
  mysqlDialect,
];

describe.each(DIALECTS)('the SQL of each construct for $name', (dialect) => {
  it('is what was reviewed', async () => {
    const texts = constructs.map(([name, query]) => {
      const { text, parameters } = compile(query, shopCatalog, dialect, limits);
      return `-- ${name}\n${text};\n-- with ${JSON.stringify(parameters)}\n`;
    });
    const printedTexts = constructs.map(
      ([name, query]) => `-- ${name}\n${printSql(query, shopCatalog, dialect)};\n`,
    );
    const file = [
      `-- What compile writes for ${dialect.name}.`,
      ...texts,
      '-- The same with the values in the text.',
      ...printedTexts,
    ];
    await expect(file.join('\n')).toMatchFileSnapshot(`snapshots/${dialect.name}.sql`);
  });
});
