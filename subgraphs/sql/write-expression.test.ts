import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenShop, openShop, shopCatalog } from '../../test/fixtures/shop.js';
import { aggregate, column, compare, expectSame, limits, value } from '../../test/fixtures/table-queries.js';
import { compile } from './compile.js';
import { duckdbDialect } from './dialects/duckdb.js';
import type { Condition, Expression } from './table-query.js';

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe('an aggregate', () => {
  const amount = column('amount');
  const heavy = compare('gt', column('weight'), value(6, 'FLOAT'));

  it('computes every function, with and without a condition', async () => {
    const select = (where?: Condition) => [
      { as: 'rows', expression: aggregate('count', undefined, where) },
      { as: 'amounts', expression: aggregate('count', amount, where) },
      { as: 'payers', expression: aggregate('countDistinct', column('payer_id'), where) },
      { as: 'sum', expression: aggregate('sum', amount, where) },
      { as: 'items', expression: aggregate('sum', column('items'), where) },
      { as: 'avg', expression: aggregate('avg', amount, where) },
      { as: 'min', expression: aggregate('min', column('ordered_at'), where) },
      { as: 'max', expression: aggregate('max', column('name', 'customer'), where) },
      {
        as: 'first',
        expression: {
          kind: 'aggregate' as const,
          function: 'first' as const,
          of: amount,
          by: column('ordered_at'),
          ...(where && { where }),
        },
      },
      {
        as: 'last',
        expression: {
          kind: 'aggregate' as const,
          function: 'last' as const,
          of: column('customer_id'),
          by: column('ordered_at'),
          ...(where && { where }),
        },
      },
    ];
    const byHand = (filter: string) =>
      `SELECT count(*) ${filter}, count(amount) ${filter}, count(DISTINCT payer_id) ${filter}, sum(amount) ${filter},
         sum(items) ${filter}, avg(amount) ${filter}, min(ordered_at) ${filter}, max(name) ${filter},
         (SELECT amount FROM orders WHERE amount IS NOT NULL ${filter && 'AND weight > 6'} ORDER BY ordered_at LIMIT 1),
         (SELECT customer_id FROM orders WHERE true ${filter && 'AND weight > 6'} ORDER BY ordered_at DESC LIMIT 1)
       FROM orders JOIN customer USING (customer_id)`;
    await expectSame(shop, { table: 'orders', select: select(), groupBy: [] }, byHand(''));
    await expectSame(
      shop,
      { table: 'orders', select: select(heavy), groupBy: [] },
      byHand('FILTER (WHERE weight > 6)'),
    );
  });

  it('says the types of its columns', () => {
    const select = (
      [
        ['sum', 'items'],
        ['sum', 'amount'],
        ['sum', 'weight'],
        ['avg', 'amount'],
        ['min', 'ordered_at'],
        ['countDistinct', 'items'],
      ] as const
    ).map(([name, of], index) => ({ as: `c${index}`, expression: aggregate(name, column(of)) }));
    const { columns } = compile({ table: 'orders', select, groupBy: [] }, shopCatalog, duckdbDialect, limits);
    expect(columns?.map(({ type }) => type)).toEqual([
      'BIGINT',
      'DECIMAL',
      'FLOAT',
      'FLOAT',
      'DATETIME',
      'BIGINT',
    ]);
  });

  it.each(['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR'] as const)(
    'groups by the %s of a time',
    async (grain) => {
      const of: Expression = { kind: 'grain', grain, of: column('ordered_at') };
      await expectSame(
        shop,
        {
          table: 'orders',
          select: [
            { as: 'period', expression: of },
            { as: 'n', expression: aggregate('count') },
          ],
          groupBy: [of],
          orderBy: [{ expression: of, direction: 'ASC' }],
        },
        `SELECT date_trunc('${grain}', ordered_at)::${grain === 'HOUR' ? 'TIMESTAMP' : 'DATE'}, count(*) FROM orders GROUP BY 1 ORDER BY 1`,
      );
    },
  );

  it('groups over a relation, filters groups and orders by a figure', async () => {
    const land = column('country_name', 'customer', 'country');
    await expectSame(
      shop,
      {
        table: 'orders',
        select: [
          { as: 'land', expression: land },
          { as: 'total', expression: aggregate('sum', amount) },
        ],
        groupBy: [land],
        having: compare('gt', aggregate('count'), value(100, 'INTEGER')),
        orderBy: [{ expression: aggregate('sum', amount), direction: 'DESC' }],
        limit: 2,
      },
      `SELECT country_name, sum(amount) FROM orders JOIN customer USING (customer_id) LEFT JOIN country ON code = country_code
       GROUP BY 1 HAVING count(*) > 100 ORDER BY 2 DESC LIMIT 2`,
    );
  });

  it('groups by a calculation that holds a value', async () => {
    const doubled: Expression = {
      kind: 'arithmetic',
      operator: '*',
      left: column('items'),
      right: value(2, 'INTEGER'),
    };
    await expectSame(
      shop,
      {
        table: 'orders',
        select: [
          { as: 'doubled', expression: doubled },
          { as: 'n', expression: aggregate('count') },
        ],
        groupBy: [doubled],
        orderBy: [{ expression: doubled, direction: 'ASC' }],
      },
      'SELECT items * 2, count(*) FROM orders GROUP BY 1 ORDER BY 1',
    );
  });

  it('calculates with figures, and divides by nothing to null', async () => {
    const zero: Expression = {
      kind: 'arithmetic',
      operator: '-',
      left: aggregate('count'),
      right: aggregate('count'),
    };
    await expectSame(
      shop,
      {
        table: 'orders',
        select: [
          {
            as: 'share',
            expression: {
              kind: 'arithmetic',
              operator: '/',
              left: aggregate('count', undefined, heavy),
              right: aggregate('count'),
            },
          },
          {
            as: 'none',
            expression: { kind: 'arithmetic', operator: '/', left: aggregate('sum', amount), right: zero },
          },
          {
            as: 'rest',
            expression: {
              kind: 'arithmetic',
              operator: '+',
              left: aggregate('max', amount),
              right: value('0.005', 'DECIMAL'),
            },
          },
        ],
        groupBy: [],
      },
      'SELECT count(*) FILTER (WHERE weight > 6) * 1.0 / count(*), NULL, max(amount) + 0.005 FROM orders',
    );
  });
});
