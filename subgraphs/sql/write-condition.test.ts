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
import type { Condition, DatePart, LiteralType, LiteralValue, TableQuery } from './table-query.js';

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const customerId = column('customer_id');

describe('a condition', () => {
  const name = column('name');
  const text = (
    match: 'contains' | 'startsWith' | 'endsWith' | 'equals',
    letters: 'caseSensitive' | 'caseInsensitive',
    wanted: string,
  ): Condition => ({ kind: 'text', match, letters, of: name, value: wanted });
  const part = (part: DatePart, number: number) =>
    compare('eq', { kind: 'part', part, of: column('born') }, value(number, 'INTEGER'));

  it.each<[string, Condition]>([
    [`name = 'Customer 3'`, compare('eq', name, value('Customer 3', 'STRING'))],
    [`name <> 'Customer 3'`, compare('ne', name, value('Customer 3', 'STRING'))],
    [`born < '1972-05-01'`, compare('lt', column('born'), value('1972-05-01', 'DATE'))],
    [`born >= '1972-05-01'`, compare('gte', column('born'), value('1972-05-01T00:00:00', 'DATETIME'))],
    [
      `customer_id IN (2, 4, 999)`,
      { kind: 'in', of: customerId, values: [2, 4, 999].map((id) => value(id, 'INTEGER')) },
    ],
    [`name IS NULL`, { kind: 'isNull', of: name }],
    [`active`, compare('eq', column('active'), value(true, 'BOOLEAN'))],
    [`NOT active`, { kind: 'not', condition: compare('eq', column('active'), value(true, 'BOOLEAN')) }],
    [`contains(name, '%_O')`, text('contains', 'caseSensitive', '%_O')],
    [`starts_with(name, '50%')`, text('startsWith', 'caseSensitive', '50%')],
    [`ends_with(name, '! Ltd')`, text('endsWith', 'caseSensitive', '! Ltd')],
    [`contains(name, '\\')`, text('contains', 'caseSensitive', '\\')],
    [`contains(lower(name), '_off!')`, text('contains', 'caseInsensitive', '_OFF!')],
    [`lower(name) = 'ärger & söhne'`, text('equals', 'caseInsensitive', 'ÄRGER & SÖHNE')],
    [`name = 'a\\b'`, text('equals', 'caseSensitive', 'a\\b')],
    [`month(born) = 5`, part('MONTH', 5)],
    [`day(born) = 28`, part('DAY', 28)],
    [`year(born) = 1975`, part('YEAR', 1975)],
    [`quarter(born) = 3`, part('QUARTER', 3)],
    [`dayname(born) = 'Sunday'`, part('DAY_OF_WEEK', 7)],
    [
      `customer_id > 30 AND (active OR name LIKE '%4')`,
      {
        kind: 'and',
        conditions: [
          compare('gt', customerId, value(30, 'INTEGER')),
          {
            kind: 'or',
            conditions: [
              compare('eq', column('active'), value(true, 'BOOLEAN')),
              text('endsWith', 'caseSensitive', '4'),
            ],
          },
        ],
      },
    ],
    [
      `customer_id < 5 OR active AND customer_id > 30`,
      {
        kind: 'or',
        conditions: [
          compare('lt', customerId, value(5, 'INTEGER')),
          {
            kind: 'and',
            conditions: [
              compare('eq', column('active'), value(true, 'BOOLEAN')),
              compare('gt', customerId, value(30, 'INTEGER')),
            ],
          },
        ],
      },
    ],
    [
      `NOT (customer_id > 3 OR active)`,
      {
        kind: 'not',
        condition: {
          kind: 'or',
          conditions: [
            compare('gt', customerId, value(3, 'INTEGER')),
            compare('eq', column('active'), value(true, 'BOOLEAN')),
          ],
        },
      },
    ],
    [`true`, { kind: 'and', conditions: [] }],
    [
      `customer_id = (SELECT max(payer_id) FROM orders WHERE customer_id < 12)`,
      compare('eq', customerId, {
        kind: 'query',
        query: {
          table: 'orders',
          select: [{ as: 'm', expression: aggregate('max', column('payer_id')) }],
          groupBy: [],
          where: compare('lt', customerId, value(12, 'INTEGER')),
        },
      }),
    ],
    [
      `customer_id IN (SELECT customer_id FROM orders WHERE amount > 990)`,
      {
        kind: 'related',
        quantifier: 'some',
        path: [],
        relation: 'ordersByCustomerId',
        where: compare('gt', column('amount'), value(990, 'FLOAT')),
      },
    ],
    [
      `customer_id NOT IN (SELECT customer_id FROM orders)`,
      { kind: 'related', quantifier: 'none', path: [], relation: 'ordersByCustomerId' },
    ],
    [
      `NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customer.customer_id AND coalesce(amount, 0) <= 20)`,
      {
        kind: 'related',
        quantifier: 'every',
        path: [],
        relation: 'ordersByCustomerId',
        where: compare('gt', column('amount'), value(20, 'INTEGER')),
      },
    ],
    [
      `country_code IN (SELECT country_code FROM customer WHERE customer_id = 1) `,
      {
        kind: 'related',
        quantifier: 'some',
        path: ['country'],
        relation: 'customer',
        where: compare('eq', customerId, value(1, 'INTEGER')),
      },
    ],
    [
      `customer_id IN (SELECT payer_id FROM orders JOIN order_note USING (order_id) JOIN customer c ON c.customer_id = orders.customer_id WHERE line = 3 AND c.country_code = 'DE')`,
      {
        kind: 'related',
        quantifier: 'some',
        path: [],
        relation: 'ordersByPayerId',
        where: {
          kind: 'and',
          conditions: [
            {
              kind: 'related',
              quantifier: 'some',
              path: [],
              relation: 'orderNote',
              where: compare('eq', column('line'), value(3, 'INTEGER')),
            },
            compare('eq', column('code', 'customer', 'country'), value('DE', 'STRING')),
          ],
        },
      },
    ],
  ])('%s', async (byHand, condition) => {
    await expectSame(
      shop,
      customers(condition),
      `SELECT customer_id FROM customer WHERE ${byHand} ORDER BY customer_id`,
    );
  });

  it('matches nothing for an empty list or an empty choice', async () => {
    for (const none of [
      { kind: 'in', of: customerId, values: [] },
      { kind: 'or', conditions: [] },
    ] as const) {
      const { rows } = await shop.connector.query(
        compile(customers(none), shopCatalog, duckdbDialect, limits),
      );
      expect(rows).toEqual([]);
    }
  });

  it('compares decimals exactly, whatever the digits of the value', async () => {
    const orders = (amount: LiteralValue, type: LiteralType): TableQuery => ({
      table: 'orders',
      select: [{ as: 'n', expression: aggregate('count') }],
      groupBy: [],
      where: compare('lt', column('amount'), value(amount, type)),
    });
    await expectSame(
      shop,
      orders('12.37000000000000001', 'DECIMAL'),
      'SELECT count(*) FROM orders WHERE amount <= 12.37',
    );
    await expectSame(shop, orders(12.37, 'FLOAT'), 'SELECT count(*) FROM orders WHERE amount < 12.37');
  });

  it('keeps line breaks and quotes of a value in the printed text', async () => {
    const nested = (wanted: string): TableQuery =>
      customers({
        kind: 'related',
        quantifier: 'none',
        path: [],
        relation: 'ordersByCustomerId',
        where: {
          kind: 'text',
          match: 'equals',
          letters: 'caseSensitive',
          of: column('name', 'payer'),
          value: wanted,
        },
      });
    expect(printSql(nested("a'\n'b"), shopCatalog, duckdbDialect)).toContain("'a''\n''b'");
  });
});
