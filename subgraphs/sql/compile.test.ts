import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenShop, openShop, shopCatalog } from '../../test/fixtures/shop.js';
import {
  aggregate,
  column,
  compare,
  customers,
  expectSame,
  limits,
  value,
} from '../../test/fixtures/table-queries.js';
import { compile } from './compile.js';
import { duckdbDialect } from './dialects/duckdb.js';
import { printSql } from './print-sql.js';
import type { TableQuery } from './table-query.js';

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const customerId = column('customer_id');
const byCustomerId = [{ expression: customerId, direction: 'ASC' as const }];

describe('a list', () => {
  it('reads columns of its own and over relations to one, each joined once', async () => {
    const query: TableQuery = {
      table: 'orders',
      select: [
        { as: 'order_id', expression: column('order_id') },
        { as: 'customer.name', expression: column('name', 'customer') },
        { as: 'land', expression: column('country_name', 'customer', 'country') },
        { as: 'payer', expression: column('name', 'payer') },
      ],
      where: compare('eq', column('country_name', 'customer', 'country'), value('France', 'STRING')),
      orderBy: [
        { expression: column('name', 'payer'), direction: 'DESC' },
        { expression: column('order_id'), direction: 'ASC' },
      ],
      limit: 50,
      offset: 7,
    };
    const { text } = compile(query, shopCatalog, duckdbDialect, limits);
    expect(text.match(/JOIN/g)).toHaveLength(3);
    await expectSame(
      shop,
      query,
      `SELECT o.order_id, c.name, l.country_name, p.name FROM orders o
       LEFT JOIN customer c USING (customer_id) LEFT JOIN country l ON l.code = c.country_code
       LEFT JOIN customer p ON p.customer_id = o.payer_id
       WHERE l.country_name = 'France' ORDER BY p.name DESC NULLS LAST, o.order_id LIMIT 50 OFFSET 7`,
    );
  });

  it('joins what only its order needs', async () => {
    await expectSame(
      shop,
      {
        table: 'customer',
        select: [{ as: 'name', expression: column('name') }],
        orderBy: [
          { expression: column('country_name', 'country'), direction: 'ASC', nulls: 'FIRST' },
          ...byCustomerId,
        ],
      },
      'SELECT name FROM customer LEFT JOIN country ON code = country_code ORDER BY country_name NULLS FIRST, customer_id',
    );
  });

  it('orders by what it shows, also where a name is another column’s', async () => {
    await expectSame(
      shop,
      {
        table: 'orders',
        select: [
          { as: 'items', expression: column('weight') },
          { as: 'weight', expression: column('items') },
          { as: 'order_id', expression: column('order_id') },
        ],
        orderBy: [
          { expression: column('items'), direction: 'DESC' },
          { expression: column('order_id'), direction: 'DESC' },
        ],
        limit: 30,
      },
      'SELECT weight, items, order_id FROM orders o ORDER BY o.items DESC, o.order_id DESC LIMIT 30',
    );
  });

  it('can be distinct', async () => {
    await expectSame(
      shop,
      {
        table: 'customer',
        distinct: true,
        select: [{ as: 'code', expression: column('country_code') }],
        orderBy: [{ expression: column('country_code'), direction: 'DESC' }],
      },
      'SELECT DISTINCT country_code FROM customer ORDER BY 1 DESC NULLS LAST',
    );
  });

  it('can be limited within groups', async () => {
    await expectSame(
      shop,
      {
        table: 'orders',
        select: [
          { as: 'order_id', expression: column('order_id') },
          { as: 'customer_id', expression: customerId },
        ],
        where: compare('gt', column('amount'), value('5.00', 'DECIMAL')),
        orderBy: [
          { expression: column('amount'), direction: 'DESC' },
          { expression: column('order_id'), direction: 'ASC' },
        ],
        limit: 2,
        offset: 1,
        limitPer: [column('country_code', 'customer')],
      },
      `SELECT order_id, customer_id FROM (
         SELECT o.order_id, o.customer_id, c.country_code, row_number() OVER (PARTITION BY c.country_code ORDER BY amount DESC NULLS LAST, order_id) n
         FROM orders o JOIN customer c ON c.customer_id = o.customer_id WHERE amount > 5)
       WHERE n IN (2, 3) ORDER BY country_code, n`,
    );
  });
});

describe('a query that cannot be run', () => {
  const run = (query: TableQuery) => () => compile(query, shopCatalog, duckdbDialect, limits);
  const count = { as: 'n', expression: aggregate('count') };

  it('names the nearest names that it may mean', () => {
    expect(run({ table: 'custmer', select: [count] })).toThrow('Did you mean "customer"?');
    expect(run({ table: 'customer', select: [{ as: 'x', expression: column('nam') }] })).toThrow(
      'Did you mean "name"?',
    );
    expect(run({ table: 'orders', select: [{ as: 'x', expression: column('name', 'custmer') }] })).toThrow(
      'Did you mean "customer"?',
    );
  });

  it.each<[string, TableQuery]>([
    ['selects nothing', { table: 'customer', select: [] }],
    ['selects a name twice', { table: 'customer', select: [count, count] }],
    [
      'selects what is not grouped',
      { table: 'customer', select: [count, { as: 'x', expression: column('name') }], groupBy: [] },
    ],
    [
      'filters groups by what is not grouped',
      {
        table: 'customer',
        select: [count],
        groupBy: [],
        having: compare('eq', column('name'), value('x', 'STRING')),
      },
    ],
    [
      'aggregates in where',
      { table: 'customer', select: [count], where: compare('gt', aggregate('count'), value(1, 'INTEGER')) },
    ],
    [
      'sums text',
      { table: 'customer', select: [{ as: 'x', expression: aggregate('sum', column('name')) }], groupBy: [] },
    ],
    [
      'averages text in having',
      {
        table: 'customer',
        select: [count],
        groupBy: [],
        having: compare('gt', aggregate('avg', column('name')), value(1, 'INTEGER')),
      },
    ],
    [
      'takes the month of a number',
      customers(compare('eq', { kind: 'part', part: 'MONTH', of: customerId }, value(1, 'INTEGER'))),
    ],
    [
      'searches a number',
      customers({ kind: 'text', match: 'contains', letters: 'caseSensitive', of: customerId, value: '1' }),
    ],
    ['has a day that is none', customers(compare('eq', column('born'), value('2023-02-30', 'DATE')))],
    ['has SQL for a number', customers(compare('eq', customerId, value('1 OR 1 = 1', 'BIGINT')))],
    ['has a negative limit', { ...customers({ kind: 'and', conditions: [] }), limit: -1 }],
  ])('is refused: it %s', (_, query) => {
    expect(run(query)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    expect(() => printSql(query, shopCatalog, duckdbDialect)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });

  it('never gets a value or a hostile name into its text', () => {
    const hostile = `x" FROM log; --`;
    const { text, parameters } = compile(
      {
        ...customers(compare('eq', column('name'), value(hostile, 'STRING'))),
        select: [{ as: hostile, expression: column('name') }],
      },
      shopCatalog,
      duckdbDialect,
      limits,
    );
    expect(text).toContain('"x"" FROM log; --"');
    expect(parameters).toEqual([hostile]);
  });
});
