import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../schema/catalog.js';
import { asAskgraphError } from '../../schema/errors.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { makePermissions } from '../../subgraphs/policy/permissions.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import { mysqlDialect } from '../../subgraphs/sql/dialects/mysql.js';
import { postgresDialect } from '../../subgraphs/sql/dialects/postgres.js';
import { shop } from '../../subgraphs/sql/guard/corpus/shop.js';
import { guardFor } from '../../subgraphs/sql/guard.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { shopStatements } from '../guard/shop-on-servers.js';

/** The shop, whose orders are their customers'. */
const catalog: Catalog = {
  ...shop,
  tables: shop.tables.map((table) => ({
    ...table,
    ...(table.name === 'customers' ? { primaryKey: ['id'] } : {}),
    columns: table.columns.map((column) =>
      column.name === 'customer_id'
        ? { ...column, references: { table: 'customers', column: 'id' } }
        : column,
    ),
  })),
};

/**
 * Orders of one customer's only: a filter through a relation, which an engine would rather work out after a condition
 * on the orders themselves.
 */
const access = makePermissions({
  domain: 'shop',
  catalog,
  hashKey: '',
  policies: [
    {
      name: 'orders of Bob',
      for: 'everyone',
      admit: [{ tables: 'orders', columns: '*', rows: { customer: { name: { eq: 'Bob' } } } }],
    },
  ],
}).accessOf({ subject: 'cyd', roles: [], claims: {} });

const signal = new AbortController().signal;

describe.each([
  {
    name: 'PostgreSQL',
    newDatabase: await postgresServer(),
    dialect: postgresDialect,
    // Bob's orders are paid, all others are not: only the others' status is no number.
    raising: "SELECT COUNT(*) AS n FROM orders WHERE CAST(REPLACE(status, 'paid', '1') AS INTEGER) = 1",
    error: /"(open|sent)"/,
  },
  {
    name: 'MariaDB',
    newDatabase: await mysqlServer(),
    dialect: mysqlDialect,
    // Its errors name the expression and no value; that there is one tells of a row that is not Bob's all the same.
    raising: "SELECT COUNT(*) AS n FROM orders WHERE POW(IF(status = 'paid', 1, 1000), quantity * 1000) = 1",
    error: /out of range/,
  },
])('on $name, SQL that raises an error over rows that are not seen', (engine) => {
  const { newDatabase, raising, error } = engine;
  let database: TestDatabase | undefined;
  let connector: Connector;
  beforeAll(async () => {
    database = await newDatabase?.();
    if (database === undefined) return;
    await database.run(await shopStatements(engine.dialect.name === 'mysql' ? 'mysql' : 'postgres'));
    connector = await database.connect(1);
  });
  afterAll(async () => {
    await connector?.close();
    await database?.close();
  });

  /** What the engine said, or the rows. */
  async function outcome(dialect: Dialect): Promise<unknown> {
    const { statement } = await guardFor(access, raising, dialect, { rowLimit: 10, signal });
    return connector.query(statement).then(
      ({ rows }) => rows,
      (thrown: unknown) => String((asAskgraphError(thrown, 'INTERNAL', '').cause as Error).message),
    );
  }

  it.skipIf(newDatabase === undefined)('raises none: the rows that are seen come first', async () => {
    const [bobs] = await database!.rows(
      "SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.name = 'Bob' AND o.status = 'paid'",
    );
    expect(Number(bobs![0])).toBeGreaterThan(0);
    expect(await outcome(engine.dialect)).toEqual([[String(bobs![0])]]);
  });

  it.skipIf(newDatabase === undefined)('would tell of them without the fence', async () => {
    const unfenced: Dialect = { ...engine.dialect, fence: { text: '', holds: 'proven' } };
    expect(await outcome(unfenced)).toMatch(error);
  });
});
