import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenShop, openShop, shopCatalog } from '../../test/fixtures/shop.js';
import { aggregate, column, compare, customers, limits, value } from '../../test/fixtures/table-queries.js';
import { duckdbDialect } from './dialects/duckdb.js';
import { guard } from './guard.js';
import { printSql } from './print-sql.js';
import { DATE_PARTS, type Expression, GRAINS, type TableQuery } from './table-query.js';

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const amount = column('amount');
const orderedAt = column('ordered_at');
const heavy = compare('gt', column('weight'), value(6, 'FLOAT'));
const byId = { expression: column('order_id'), direction: 'ASC' } as const;

const QUERIES: Record<string, TableQuery> = {
  'a list over relations': {
    table: 'orders',
    select: [
      { as: 'customer.name', expression: column('name', 'customer') },
      { as: 'land', expression: column('country_name', 'customer', 'country') },
    ],
    orderBy: [{ expression: column('order_id'), direction: 'DESC' }],
    limit: 5,
    offset: 2,
  },
  'grains and parts': {
    table: 'orders',
    select: [
      ...GRAINS.map((grain): [string, Expression] => [
        `grain_${grain}`,
        { kind: 'grain', grain, of: orderedAt },
      ]),
      ...DATE_PARTS.map((part): [string, Expression] => [
        `part_${part}`,
        { kind: 'part', part, of: orderedAt },
      ]),
    ].map(([as, expression]) => ({ as, expression })),
    orderBy: [byId],
    limit: 3,
  },
  'figures with conditions': {
    table: 'orders',
    groupBy: [],
    select: [
      { as: 'heavy', expression: aggregate('count', undefined, heavy) },
      { as: 'different', expression: aggregate('countDistinct', column('items'), heavy) },
      {
        as: 'last',
        expression: { kind: 'aggregate', function: 'last', of: amount, by: orderedAt, where: heavy },
      },
      { as: 'first', expression: { kind: 'aggregate', function: 'first', of: amount, by: orderedAt } },
      {
        as: 'mean',
        expression: {
          kind: 'arithmetic',
          operator: '/',
          left: aggregate('sum', amount),
          right: aggregate('count'),
        },
      },
    ],
  },
  'a search in text': customers({
    kind: 'text',
    match: 'contains',
    letters: 'caseInsensitive',
    of: column('name'),
    value: '50%_o',
  }),
  'a search beyond ASCII': customers({
    kind: 'text',
    match: 'startsWith',
    letters: 'caseInsensitive',
    of: column('name'),
    value: 'äRGER',
  }),
  'dates, lists and truth': customers({
    kind: 'and',
    conditions: [
      compare('lt', column('born'), value('1990-01-01', 'DATE')),
      compare('lt', column('born'), value('1990-01-01T10:00:00', 'DATETIME')),
      { kind: 'in', of: column('country_code'), values: [value('DE', 'STRING'), value("O'F", 'STRING')] },
      { kind: 'not', condition: { kind: 'isNull', of: column('active') } },
      compare('eq', column('active'), value(true, 'BOOLEAN')),
    ],
  }),
  'related rows': customers({
    kind: 'related',
    quantifier: 'some',
    path: [],
    relation: 'ordersByPayerId',
    where: heavy,
  }),
  'every related row': customers({
    kind: 'related',
    quantifier: 'every',
    path: ['country'],
    relation: 'customer',
    where: compare('gt', column('customer_id'), value(-1, 'INTEGER')),
  }),
  'a query for a value': customers(
    compare('eq', column('customer_id'), {
      kind: 'query',
      query: {
        table: 'orders',
        groupBy: [],
        select: [{ as: 'largest', expression: aggregate('max', column('payer_id')) }],
      },
    }),
  ),
  'groups by a figure': {
    table: 'orders',
    groupBy: [column('customer_id')],
    select: [
      { as: 'customer_id', expression: column('customer_id') },
      { as: 'total', expression: aggregate('sum', amount) },
    ],
    having: compare('gt', aggregate('count'), value(3, 'INTEGER')),
    orderBy: [
      { expression: aggregate('sum', amount), direction: 'DESC' },
      { expression: column('customer_id'), direction: 'ASC' },
    ],
    limit: 10,
  },
  'rows limited within groups': {
    table: 'orders',
    select: [{ as: 'order_id', expression: column('order_id') }],
    orderBy: [{ expression: amount, direction: 'DESC' }, byId],
    limit: 2,
    limitPer: [column('country_code', 'customer')],
  },
  'distinct rows': {
    table: 'customer',
    distinct: true,
    select: [{ as: 'code', expression: column('country_code') }],
    orderBy: [{ expression: column('country_code'), direction: 'ASC', nulls: 'FIRST' }],
  },
};

describe('printed SQL', () => {
  it.each(Object.entries(QUERIES))('passes the guard and gives the same rows: %s', async (_, query) => {
    const printed = printSql(query, shopCatalog, duckdbDialect);
    const statement = await guard(printed, { catalog: shopCatalog, dialect: duckdbDialect, limits });
    const rows = await shop.sql(printed);
    expect(rows.length).toBeGreaterThan(0);
    expect((await shop.connector.query(statement)).rows).toEqual(rows);
  });

  it('reads well', () => {
    expect(printSql(QUERIES['groups by a figure'] as TableQuery, shopCatalog, duckdbDialect)).toBe(
      `SELECT
  "orders"."customer_id",
  SUM("orders"."amount") AS "total"
FROM "orders"
GROUP BY "orders"."customer_id"
HAVING COUNT(*) > 3
ORDER BY "total" DESC NULLS LAST, "orders"."customer_id" ASC NULLS LAST
LIMIT 10`,
    );
  });
});
