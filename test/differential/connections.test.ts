import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { buildSubgraphSchemaFor } from '../../subgraphs/build-schema.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { type OpenShop, openShop, shopCatalog, shopDomain } from '../fixtures/shop.js';
import { shopStatements } from './load-shop.js';

type Data = Record<string, unknown>;
interface Page {
  edges: { node: Data; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount?: string;
}

const ENGINES: readonly [
  string,
  'duckdb' | 'postgres' | 'mysql',
  (() => Promise<TestDatabase>) | undefined,
][] = [
  ['DuckDB', 'duckdb', undefined],
  ['PostgreSQL', 'postgres', await postgresServer()],
  ['MariaDB', 'mysql', await mysqlServer()],
];
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
/** Orders with nulls, with rows that are alike, over a relation, and of every kind of column. */
const ORDERS = [
  '[]',
  '[{amount: DESC}]',
  '[{amount: ASC}]',
  '[{payerId: DESC}, {orderedAt: ASC}]',
  '[{customer: {active: DESC}}, {customer: {name: ASC}}, {weight: DESC}]',
  '[{customer: {active: ASC}}, {items: ASC}]',
  '[{customer: {country: {countryName: DESC}}}, {customer: {born: ASC}}, {orderId: DESC}]',
];

describe.each(ENGINES)('a connection on %s', (_, engine, newDatabase) => {
  let shop: OpenShop;
  let database: TestDatabase | undefined;
  let connector: Connector;
  let schema: GraphQLSchema;
  const statements: string[] = [];

  beforeAll(async () => {
    shop = await openShop();
    if (newDatabase !== undefined && engine !== 'duckdb') {
      database = await newDatabase();
      await database.run(await shopStatements(shop, engine));
      connector = await database.connect(4);
    } else connector = shop.connector;
    const recording: Connector = {
      ...connector,
      query(statement) {
        statements.push(statement.text);
        return connector.query(statement);
      },
    };
    schema = buildSubgraphSchemaFor({
      domain: shopDomain,
      catalog: shopCatalog,
      connector: recording,
      audit: NO_AUDIT,
    });
  });
  afterAll(async () => {
    if (database !== undefined) {
      await connector.close();
      await database.close();
    }
    await shop.close();
  });

  async function run(fields: string) {
    const document = parse(`{ shop { ${fields} } }`);
    expect(validate(schema, document), fields).toEqual([]);
    const caller = { subject: 's', roles: [], claims: {} };
    const signal = new AbortController().signal;
    const contextValue: RequestContext = { requestId: 'r', caller, signal, asOf: new Date(0) };
    statements.length = 0;
    return JSON.parse(JSON.stringify(await execute({ schema, document, contextValue })));
  }

  async function ask(fields: string): Promise<Data> {
    const { data, errors } = await run(fields);
    expect(errors, fields).toBeUndefined();
    return data.shop;
  }

  async function page(args: string, more = ''): Promise<Page> {
    const { ordersConnection } = await ask(
      `ordersConnection(${args}) { edges { node { orderId } cursor } ${PAGE_INFO} ${more} }`,
    );
    return ordersConnection as Page;
  }

  const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.orderId);
  const isAbsent = engine !== 'duckdb' && newDatabase === undefined;

  it.skipIf(isAbsent).each(ORDERS)('walks through all rows both ways in the order %s', async (orderBy) => {
    const where = 'where: {items: {lt: 7}}';
    const { orders } = await ask(`orders(${where}, orderBy: ${orderBy}, limit: 10000) { orderId }`);
    const wanted = (orders as Data[]).map(({ orderId }) => orderId);
    const forward: unknown[] = [];
    let after: string | undefined;
    for (let next = true; next; ) {
      const cursor: string = after === undefined ? '' : `, after: "${after}"`;
      const found = await page(`${where}, orderBy: ${orderBy}, first: 97${cursor}`);
      expect(found.pageInfo.hasPreviousPage).toBe(after !== undefined);
      forward.push(...idsOf(found));
      after = found.pageInfo.endCursor;
      next = found.pageInfo.hasNextPage;
    }
    expect(forward).toEqual(wanted);
    const backward: unknown[] = [];
    let before: string | undefined;
    for (let previous = true; previous; ) {
      const cursor: string = before === undefined ? '' : `, before: "${before}"`;
      const found = await page(`${where}, orderBy: ${orderBy}, last: 101${cursor}`);
      expect(found.pageInfo.hasNextPage).toBe(before !== undefined);
      backward.unshift(...idsOf(found));
      before = found.pageInfo.startCursor;
      previous = found.pageInfo.hasPreviousPage;
    }
    expect(backward).toEqual(wanted);
  });

  it.skipIf(isAbsent).each([
    ['figures over related rows', '[{ordersByPayerIdAggregate: {count: DESC}}]'],
    ['figures that not every row has', '[{ordersByPayerIdAggregate: {max: {amount: ASC_NULLS_FIRST}}}]'],
    [
      'figures of what a relation leads to',
      '[{country: {customerAggregate: {min: {born: DESC_NULLS_FIRST}}}}, {active: DESC}]',
    ],
    ['nulls first', '[{active: ASC_NULLS_FIRST}, {countryCode: DESC_NULLS_FIRST}, {born: ASC}]'],
    ['nulls first and last', '[{born: DESC_NULLS_FIRST}, {name: ASC_NULLS_LAST}]'],
  ])('walks through all rows both ways, ordered by %s', async (_kind, orderBy) => {
    const { customer } = await ask(`customer(orderBy: ${orderBy}, limit: 10000) { customerId }`);
    const wanted = (customer as Data[]).map(({ customerId }) => customerId);
    expect(wanted.length).toBeGreaterThan(30);
    for (const [size, from] of [
      ['first: 9', 'after'],
      ['last: 9', 'before'],
    ] as const) {
      const found: unknown[][] = [];
      for (let cursor = '', more = true; more; ) {
        const { customerConnection } = await ask(
          `customerConnection(${size}, orderBy: ${orderBy}${cursor}) { edges { node { customerId } } ${PAGE_INFO} }`,
        );
        const { edges, pageInfo } = customerConnection as Page;
        found.push(edges.map(({ node }) => node.customerId));
        more = from === 'after' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
        cursor = `, ${from}: "${from === 'after' ? pageInfo.endCursor : pageInfo.startCursor}"`;
      }
      expect((from === 'after' ? found : found.reverse()).flat()).toEqual(wanted);
    }
  });

  it.skipIf(isAbsent)('gives distinct rows in the lists of many parents with one statement', async () => {
    const { country } = await ask(
      'country { code customer(distinct: [active, born], orderBy: [{ born: DESC_NULLS_FIRST }], limit: 3, offset: 1) { born active } }',
    );
    expect(statements).toHaveLength(2);
    const rows = await shop.sql(`
      SELECT code, (SELECT list([born::VARCHAR, active::VARCHAR] ORDER BY born DESC NULLS FIRST, active NULLS LAST) FROM
        (SELECT DISTINCT born, active FROM customer WHERE country_code = code)) FROM country ORDER BY 1`);
    const told = (country as { code: string; customer: Data[] }[]).map(({ code, customer }) => [
      code,
      customer.map(({ born, active }) => [born, active === null ? null : String(active)]),
    ]);
    expect(told).toEqual(rows.map(([code, all]) => [code, ((all ?? []) as unknown[]).slice(1, 4)]));
    expect(told.some(([, found]) => (found as unknown[]).length === 3)).toBe(true);
  });

  it.skipIf(isAbsent)('reads between two cursors, and counts only where it is asked to', async () => {
    const all = await page('first: 20, orderBy: [{amount: DESC}]');
    expect(statements).toHaveLength(1);
    const between = await page(
      `first: 100, orderBy: [{amount: DESC}], after: "${all.edges[3]?.cursor}", before: "${all.edges[9]?.cursor}"`,
      'totalCount',
    );
    expect(idsOf(between)).toEqual(idsOf(all).slice(4, 9));
    expect(between.totalCount).toBe('800');
    const { ordersConnection } = await ask('ordersConnection(where: {items: {eq: 1}}) { totalCount }');
    expect(ordersConnection).toEqual({
      totalCount: String((await shop.sql('SELECT count(*) FROM orders WHERE items = 1'))[0]?.[0]),
    });
    expect(statements).toHaveLength(1);
  });

  it.skipIf(isAbsent)(
    'selects only what its nodes and cursors need, with lists in the same statement',
    async () => {
      await ask(
        'customerConnection(first: 3) { edges { node { name ordersByCustomerId(limit: 2) { items } } } }',
      );
      expect(statements).toHaveLength(1);
      expect(statements[0]).not.toContain('born');
      expect(statements[0]).not.toContain('amount');
    },
  );

  it.skipIf(isAbsent)('pages the related rows of many parents with one statement of each kind', async () => {
    const { customer } = await ask(
      `customer(limit: 30) { customerId ordersByCustomerIdConnection(first: 3, orderBy: [{amount: DESC}]) { edges { node { orderId } cursor } ${PAGE_INFO} totalCount } }`,
    );
    expect(statements).toHaveLength(3);
    const rows = await shop.sql(
      `SELECT c.customer_id, (SELECT list(o.order_id::VARCHAR ORDER BY o.amount DESC NULLS LAST, o.order_id) FROM orders o WHERE o.customer_id = c.customer_id) FROM customer c ORDER BY 1 LIMIT 30`,
    );
    const found = (customer as Data[]).map(({ customerId, ordersByCustomerIdConnection }) => {
      const { edges, pageInfo, totalCount } = ordersByCustomerIdConnection as Page;
      return [customerId, edges.map(({ node }) => node.orderId), pageInfo.hasNextPage, totalCount];
    });
    expect(found).toEqual(
      rows.map(([id, ids]) => {
        const all = (ids ?? []) as string[];
        return [id, all.slice(0, 3), all.length > 3, String(all.length)];
      }),
    );
    const [first] = customer as { customerId: number; ordersByCustomerIdConnection: Page }[];
    const next = await ask(
      `customerByPk(customerId: ${first?.customerId}) { ordersByCustomerIdConnection(first: 3, orderBy: [{amount: DESC}], after: "${first?.ordersByCustomerIdConnection.pageInfo.endCursor}") { edges { node { orderId } } ${PAGE_INFO} } }`,
    );
    const { edges, pageInfo } = (next.customerByPk as { ordersByCustomerIdConnection: Page })
      .ordersByCustomerIdConnection;
    expect(edges.map(({ node }) => node.orderId)).toEqual(((rows[0]?.[1] ?? []) as string[]).slice(3, 6));
    expect(pageInfo.hasPreviousPage).toBe(true);
  });

  it.skipIf(isAbsent)('refuses what is no cursor of its own', async () => {
    const { pageInfo } = await page('first: 2, orderBy: [{amount: DESC}]');
    const read = JSON.parse(Buffer.from(pageInfo.endCursor, 'base64url').toString());
    read[2][0] = '0.01';
    const changed = Buffer.from(JSON.stringify(read)).toString('base64url');
    for (const [cursor, orderBy] of [
      ['nonsense', 'amount: DESC'],
      ['', 'amount: DESC'],
      [pageInfo.endCursor, 'amount: ASC'],
      [pageInfo.endCursor, 'weight: DESC'],
      [changed, 'amount: DESC'],
    ]) {
      const { data, errors } = await run(
        `ordersConnection(orderBy: [{${orderBy}}], after: "${cursor}") { edges { cursor } }`,
      );
      expect(data.shop.ordersConnection).toBeNull();
      expect(errors[0].message).toMatch(/^"after" is /);
    }
    for (const args of ['first: 1, last: 1', 'first: -1', 'last: 10001']) {
      expect((await run(`ordersConnection(${args}) { edges { cursor } }`)).errors).toHaveLength(1);
    }
  });

  it.skipIf(isAbsent)('knows an empty page from an empty list', async () => {
    const { ordersConnection } = await ask(`ordersConnection(first: 0) { edges { cursor } ${PAGE_INFO} }`);
    expect(ordersConnection).toEqual({
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    const last = await page('last: 1');
    const past = await page(`first: 5, after: "${last.pageInfo.endCursor}"`);
    expect(past.edges).toEqual([]);
    expect(past.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it.skipIf(engine === 'duckdb' || isAbsent)(
    'neither repeats nor hides rows when others come and go',
    async () => {
      const { orders } = await ask('orders(orderBy: [{amount: DESC}], limit: 10000) { orderId }');
      const wanted = (orders as Data[]).map(({ orderId }) => orderId);
      const seen: unknown[] = [];
      let after: string | undefined;
      let added = 0;
      for (let next = true; next; ) {
        const found = await page(
          `first: 150, orderBy: [{amount: DESC}]${after === undefined ? '' : `, after: "${after}"`}`,
        );
        seen.push(...idsOf(found));
        after = found.pageInfo.endCursor;
        next = found.pageInfo.hasNextPage;
        // A row before all that are to come, and the last one read goes away.
        added += 1;
        await database?.run([
          `INSERT INTO orders (order_id, amount) VALUES (${added}, 99999)`,
          `DELETE FROM orders WHERE order_id = ${seen.at(-1)}`,
        ]);
      }
      expect(seen).toEqual(wanted);
    },
  );
});
