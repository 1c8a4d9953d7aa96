import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expression, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import { TypedShop } from '../../../../test/fixtures/typed-shop.js';
import { tabulate } from '../../../ask/tabulate.js';
import { shopDomain } from '../../../knowledge/shop.test-helper.js';
import { writeSelection } from './print-graphql.js';
import {
  aggregated,
  before1990,
  column,
  compare,
  count,
  demoDomains,
  employees,
  grain,
  hired,
  literal,
  printFor,
  select,
  since1985,
} from './queries.test-helper.js';

const domains = await demoDomains();
const print = (domain: string, query: TableQuery) => printFor(domains.get(domain)!, query);
const text = (domain: string, query: TableQuery) => print(domain, query)?.query.replace(/\s+/g, ' ').trim();

describe('the operation', () => {
  it.each<[TableQuery, string]>([
    [employees({}), '{ hr { employees(limit: 101) { lastName } } }'],
    [
      employees({ limit: 3, where: before1990 }),
      '{ hr { employees(where: {hireDate: {lt: "1990-01-01"}}, limit: 3) { lastName } } }',
    ],
    [
      aggregated({ where: { kind: 'and', conditions: [since1985, before1990] } }),
      '{ hr { employeesAggregate(where: {hireDate: {gte: "1985-01-01", lt: "1990-01-01"}}) { count } } }',
    ],
    [
      aggregated({ groupBy: [grain(hired, 'YEAR')], select: select(grain(hired, 'YEAR'), count), limit: 2 }),
      '{ hr { employeesAggregate(groupBy: [{hireDate: {grain: YEAR}}], limit: 2) { keys { hireDate } count } } }',
    ],
  ])('says what was asked, and no more', (query, expected) => expect(text('hr', query)).toBe(expected));

  it('tells where each value is found and as what it arrives', () => {
    const query: TableQuery = {
      table: 'sales',
      groupBy: [column('eventname', 'event'), { kind: 'part', part: 'MONTH', of: column('saletime') }],
      select: select(
        column('eventname', 'event'),
        { kind: 'part', part: 'MONTH', of: column('saletime') },
        count,
        { kind: 'aggregate', function: 'sum', of: column('qtysold') },
        { kind: 'aggregate', function: 'avg', of: column('pricepaid') },
        { kind: 'aggregate', function: 'max', of: column('saletime') },
      ),
    };
    const { rowPath, columns, notes } = print('sales', query)!.result;
    expect([rowPath, notes]).toEqual([['sales', 'salesAggregate'], []]);
    expect(columns.map(({ path, type }) => `${path.join('.')}: ${type}`)).toEqual([
      'keys.event.eventname: STRING',
      'keys.saletimeParts.month: INTEGER',
      'count: BIGINT',
      'sum.qtysold: BIGINT',
      'avg.pricepaid: FLOAT',
      'max.saletime: DATETIME',
    ]);
  });
});

describe('what the typed API cannot say is left to SQL', () => {
  const figure: Expression = { kind: 'aggregate', function: 'count', where: before1990 };
  it.each<[string, TableQuery]>([
    ['conditions on figures', aggregated({ having: compare(count, 'gt', literal(5, 'INTEGER')) })],
    ['distinct rows', employees({ distinct: true })],
    ['what is counted only where something holds', aggregated({ select: select(figure) })],
    [
      'the first of a group',
      aggregated({ select: select({ kind: 'aggregate', function: 'first', of: hired, by: hired }) }),
    ],
    [
      'figures of another table’s columns',
      {
        table: 'salaries',
        groupBy: [],
        select: select({ kind: 'aggregate', function: 'max', of: column('hire_date', 'employees') }),
      },
    ],
    [
      'arithmetic',
      employees({
        select: select({
          kind: 'arithmetic',
          operator: '+',
          left: column('emp_no'),
          right: column('emp_no'),
        }),
      }),
    ],
    ['a comparison of columns', employees({ where: compare(hired, 'gt', column('birth_date')) })],
    [
      'half of a condition',
      employees({
        where: { kind: 'and', conditions: [before1990, compare(hired, 'gt', column('birth_date'))] },
      }),
    ],
    ['nulls first', employees({ orderBy: [{ expression: hired, direction: 'ASC', nulls: 'FIRST' }] })],
    ['a relation to many', employees({ select: select(column('salary', 'salaries')) })],
    [
      'an hour of the day',
      aggregated({ where: compare({ kind: 'part', part: 'HOUR', of: hired }, 'eq', literal(5, 'INTEGER')) }),
    ],
  ])('%s', (_, query) => expect(print('hr', query)).toBeUndefined());
});

describe('run on an engine, an operation gives what its query asks', () => {
  let shop: TypedShop;
  beforeAll(async () => {
    shop = await TypedShop.open();
  });
  afterAll(() => shop.close());

  const amount = column('amount');
  const country = column('country_name', 'customer', 'country');
  const sum: Expression = { kind: 'aggregate', function: 'sum', of: amount };
  const month = grain(column('ordered_at'), 'MONTH');
  it.each<[string, TableQuery, string]>([
    [
      'rows over relations, in an order',
      {
        table: 'orders',
        select: select(column('order_id'), country),
        where: compare(amount, 'gt', literal('990.00', 'DECIMAL')),
        orderBy: [
          { expression: amount, direction: 'DESC' },
          { expression: column('order_id'), direction: 'ASC' },
        ],
        limit: 7,
      },
      `SELECT order_id::VARCHAR, country_name FROM orders JOIN customer USING (customer_id) LEFT JOIN country ON code = country_code
       WHERE amount > 990 ORDER BY amount DESC, order_id LIMIT 7`,
    ],
    [
      'figures by a column of another table',
      {
        table: 'orders',
        groupBy: [country],
        select: select(country, count, sum),
        orderBy: [
          { expression: count, direction: 'DESC' },
          { expression: country, direction: 'ASC' },
        ],
      },
      `SELECT country_name, count(*)::VARCHAR, sum(amount)::VARCHAR FROM orders JOIN customer USING (customer_id) LEFT JOIN country ON code = country_code
       GROUP BY 1 ORDER BY count(*) DESC, 1`,
    ],
    [
      'figures by month, of a part of the year',
      {
        table: 'orders',
        groupBy: [month],
        select: select(month, sum),
        where: {
          kind: 'in',
          of: { kind: 'part', part: 'MONTH', of: column('ordered_at') },
          values: [literal(1, 'INTEGER'), literal(12, 'INTEGER')],
        },
        orderBy: [{ expression: month, direction: 'ASC' }],
      },
      `SELECT date_trunc('month', ordered_at)::DATE::VARCHAR, sum(amount)::VARCHAR FROM orders WHERE month(ordered_at) IN (1, 12) GROUP BY 1 ORDER BY 1`,
    ],
  ])('%s', async (_, query, sql) => {
    const printed = printFor(shopDomain(), query)!;
    const { data, errors } = await shop.run(printed.query);
    expect(errors).toBeUndefined();
    const expected = await shop.sql(sql);
    expect(expected.length).toBeGreaterThan(1);
    expect(tabulate(data as Record<string, unknown>, printed.result, 1000).rows).toEqual(expected);
  });
});

it('a selection has each field once, whatever the order of its paths', () =>
  expect(writeSelection([['event', 'name'], ['qty'], ['event', 'venue', 'city'], ['qty']])).toBe(
    '{ event { name venue { city } } qty }',
  ));
