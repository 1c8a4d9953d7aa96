import type { Condition, Expression, TableQuery } from '../../subgraphs/sql/table-query.js';
import { aggregate, column, compare, value } from '../fixtures/table-queries.js';
import { RELATED_ROWS } from './related-rows.js';

const amount = column('amount');
const orderedAt = column('ordered_at');
const orderId = column('order_id');
const customerId = column('customer_id');
const name = column('name', 'customer');
const ownName = column('name');
const month: Expression = { kind: 'grain', grain: 'MONTH', of: orderedAt };
const byOrder = [{ expression: orderId, direction: 'ASC' }] as const;

function select(expressions: Readonly<Record<string, Expression>>) {
  return Object.entries(expressions).map(([as, expression]) => ({ as, expression }));
}

function grains(): Readonly<Record<string, Expression>> {
  const all = ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR'] as const;
  return Object.fromEntries(
    all.map((grain) => [grain.toLowerCase(), { kind: 'grain', grain, of: orderedAt }]),
  );
}

function parts(): Readonly<Record<string, Expression>> {
  const all = ['YEAR', 'QUARTER', 'MONTH', 'DAY', 'DAY_OF_WEEK', 'HOUR'] as const;
  return Object.fromEntries(all.map((part) => [part.toLowerCase(), { kind: 'part', part, of: orderedAt }]));
}

function pick(end: 'first' | 'last', of: Expression, by: Expression, where?: Condition): Expression {
  return { kind: 'aggregate', function: end, of, by, ...(where && { where }) };
}

function related(relation: string, figure: Expression, ...path: string[]): Expression {
  return { kind: 'relatedAggregate', path, relation, figure };
}

function customersWhere(where: Condition): TableQuery {
  return {
    table: 'customer',
    select: select({ customer_id: customerId }),
    where,
    orderBy: [{ expression: customerId, direction: 'ASC' }],
  };
}

function text(
  match: 'contains' | 'startsWith' | 'endsWith' | 'equals',
  letters: 'caseSensitive' | 'caseInsensitive',
  searched: string,
): Condition {
  return { kind: 'text', match, letters, of: column('name'), value: searched };
}

/** Every construct of the logical query at least once, by what it shows. */
export const CONSTRUCTS: Readonly<Record<string, TableQuery>> = {
  'a list over relations, a page of it': {
    table: 'orders',
    select: select({
      order_id: orderId,
      amount,
      customer: name,
      country: column('country_name', 'payer', 'country'),
    }),
    where: compare('gte', amount, value('500.5', 'DECIMAL')),
    orderBy: [{ expression: amount, direction: 'DESC' }, ...byOrder],
    limit: 10,
    offset: 5,
  },
  'nulls first and last, in both directions': {
    table: 'orders',
    select: select({ order_id: orderId }),
    orderBy: [
      { expression: column('payer_id'), direction: 'ASC', nulls: 'FIRST' },
      { expression: amount, direction: 'DESC', nulls: 'FIRST' },
      { expression: column('weight'), direction: 'DESC' },
      { expression: name, direction: 'ASC' },
      ...byOrder,
    ],
    limit: 300,
  },
  'all rows but the first': {
    table: 'country',
    select: select({ code: column('code') }),
    orderBy: [{ expression: column('code'), direction: 'ASC' }],
    offset: 1,
  },
  'distinct rows': {
    table: 'customer',
    select: select({ active: column('active'), country_code: column('country_code') }),
    distinct: true,
    orderBy: [
      { expression: column('country_code'), direction: 'ASC' },
      { expression: column('active'), direction: 'DESC' },
    ],
  },
  'the start of each period': {
    table: 'orders',
    select: select({ order_id: orderId, ...grains() }),
    orderBy: byOrder,
    limit: 200,
  },
  'the parts of a time': {
    table: 'orders',
    select: select({ order_id: orderId, ...parts() }),
    orderBy: byOrder,
    limit: 200,
  },
  'periods and parts of a date without a time': {
    table: 'customer',
    select: select({
      customer_id: customerId,
      week: { kind: 'grain', grain: 'WEEK', of: column('born') },
      hour: { kind: 'part', part: 'HOUR', of: column('born') },
      weekday: { kind: 'part', part: 'DAY_OF_WEEK', of: column('born') },
      of_a_value: { kind: 'grain', grain: 'QUARTER', of: value('2008-05-31', 'DATE') },
    }),
    orderBy: [{ expression: customerId, direction: 'ASC' }],
  },
  'figures of groups, with conditions': {
    table: 'orders',
    select: select({
      month: { kind: 'grain', grain: 'MONTH', of: orderedAt },
      orders: aggregate('count'),
      large: aggregate('count', undefined, compare('gt', amount, value('900', 'DECIMAL'))),
      customers: aggregate('countDistinct', customerId),
      total: aggregate('sum', amount, compare('gt', column('items'), value(2, 'INTEGER'))),
      items: aggregate('sum', column('items')),
      mean_items: aggregate('avg', column('items')),
      mean_amount: aggregate('avg', amount),
      smallest: aggregate('min', amount),
      latest: aggregate('max', orderedAt),
    }),
    groupBy: [{ kind: 'grain', grain: 'MONTH', of: orderedAt }],
    having: compare('gte', aggregate('count'), value(5, 'INTEGER')),
    orderBy: [
      { expression: aggregate('count'), direction: 'DESC' },
      { expression: { kind: 'grain', grain: 'MONTH', of: orderedAt }, direction: 'ASC' },
    ],
  },
  'one row of figures': {
    table: 'orders',
    select: select({
      orders: aggregate('count'),
      total: aggregate('sum', amount),
      mean: aggregate('avg', amount),
    }),
    where: compare('lt', orderedAt, value('2008-06-30T12:00:00', 'DATETIME')),
  },
  'groups by what holds a value': {
    table: 'orders',
    select: select({
      doubled: { kind: 'arithmetic', operator: '*', left: column('items'), right: value(2, 'INTEGER') },
      orders: aggregate('count'),
    }),
    groupBy: [{ kind: 'arithmetic', operator: '*', left: column('items'), right: value(2, 'INTEGER') }],
    orderBy: [
      {
        expression: { kind: 'arithmetic', operator: '*', left: column('items'), right: value(2, 'INTEGER') },
        direction: 'DESC',
      },
    ],
  },
  'the first and the last of each group': {
    table: 'orders',
    select: select({
      customer: name,
      first_amount: pick('first', amount, orderedAt),
      last_amount: pick('last', amount, orderedAt),
      last_large: pick('last', orderId, orderedAt, compare('gt', amount, value('500', 'DECIMAL'))),
      orders: aggregate('count'),
      mean_items: aggregate('avg', column('items')),
    }),
    where: compare('gt', column('items'), value(1, 'INTEGER')),
    groupBy: [name],
    having: compare('gt', aggregate('count'), value(3, 'INTEGER')),
    orderBy: [
      { expression: pick('last', amount, orderedAt), direction: 'DESC' },
      { expression: name, direction: 'ASC' },
    ],
    limit: 25,
  },
  'the first and last of yes and no': {
    table: 'orders',
    select: select({
      items: column('items'),
      was_active: pick('first', column('active', 'customer'), orderedAt),
      is_active: pick('last', column('active', 'customer'), orderedAt),
    }),
    groupBy: [column('items')],
    orderBy: [{ expression: column('items'), direction: 'ASC' }],
  },
  'the first and last of all, and what has changed': {
    table: 'orders',
    select: select({
      opened: pick('first', amount, orderedAt),
      closed: pick('last', amount, orderedAt),
      change: {
        kind: 'arithmetic',
        operator: '/',
        left: pick('last', amount, orderedAt),
        right: pick('first', amount, orderedAt),
      },
    }),
  },
  'a pick where many are alike gives a value of one of them': {
    table: 'orders',
    select: select({
      items: column('items'),
      same: pick('first', column('items'), column('weight')),
      least: aggregate('min', column('items')),
    }),
    groupBy: [column('items')],
    orderBy: [{ expression: column('items'), direction: 'ASC' }],
  },
  'arithmetic, and division that is exact and by nothing null': {
    table: 'orders',
    select: select({
      order_id: orderId,
      each: { kind: 'arithmetic', operator: '/', left: amount, right: column('items') },
      third: { kind: 'arithmetic', operator: '/', left: column('items'), right: value(3, 'INTEGER') },
      taxed: { kind: 'arithmetic', operator: '*', left: amount, right: value('1.19', 'DECIMAL') },
      less: { kind: 'arithmetic', operator: '-', left: amount, right: value('0.01', 'DECIMAL') },
      heavier: { kind: 'arithmetic', operator: '+', left: column('weight'), right: value(0.5, 'FLOAT') },
    }),
    orderBy: byOrder,
    limit: 100,
  },
  'a value found by another query': {
    table: 'orders',
    select: select({ order_id: orderId }),
    where: compare('gt', amount, {
      kind: 'query',
      query: { table: 'orders', select: select({ mean: aggregate('avg', amount) }) },
    }),
    orderBy: byOrder,
    limit: 50,
  },
  'a page of each group': {
    table: 'orders',
    select: select({ customer_id: customerId, order_id: orderId, amount }),
    where: { kind: 'in', of: customerId, values: [3, 5, 8].map((id) => value(id, 'INTEGER')) },
    orderBy: [{ expression: amount, direction: 'DESC' }, ...byOrder],
    limitPer: [customerId],
    limit: 3,
    offset: 1,
  },
  ...RELATED_ROWS,
  'text that holds what LIKE would read as wildcards': customersWhere({
    kind: 'or',
    conditions: [
      text('contains', 'caseSensitive', '%_'),
      text('endsWith', 'caseSensitive', '! Ltd'),
      text('contains', 'caseSensitive', '\\'),
    ],
  }),
  'text in large or small letters': customersWhere({
    kind: 'and',
    conditions: [
      { kind: 'not', condition: text('contains', 'caseSensitive', 'CUSTOMER 1') },
      text('contains', 'caseInsensitive', 'CUSTOMER 1'),
      { kind: 'not', condition: text('equals', 'caseInsensitive', 'customer 11') },
    ],
  }),
  'text in letters that are not ASCII': customersWhere(text('startsWith', 'caseInsensitive', 'ÄRGER &')),
  'the spread and the middle of each group': {
    table: 'orders',
    select: select({
      items: column('items'),
      middle: aggregate('median', amount),
      middle_of_weights: aggregate(
        'median',
        column('weight'),
        compare('gt', amount, value('500', 'DECIMAL')),
      ),
      deviation: aggregate('stddevSample', amount),
      variance: aggregate('varianceSample', column('weight')),
      orders: aggregate('count'),
    }),
    groupBy: [column('items')],
    having: {
      kind: 'and',
      conditions: [
        compare('gt', aggregate('stddevSample', amount), value(10, 'FLOAT')),
        compare('gt', aggregate('median', amount), value(10, 'FLOAT')),
        compare('gt', column('items'), value(1, 'INTEGER')),
      ],
    },
    orderBy: [{ expression: column('items'), direction: 'DESC', nulls: 'FIRST' }],
  },
  'the spread and the middle of all, of one and of none': {
    table: 'orders',
    select: select({
      middle: aggregate('median', column('items')),
      middle_of_none: aggregate('median', amount, compare('lt', column('items'), value(0, 'INTEGER'))),
      deviation: aggregate('stddevSample', column('weight')),
      deviation_of_one: aggregate(
        'stddevSample',
        amount,
        compare('eq', orderId, value('9007199254740993', 'BIGINT')),
      ),
      first_amount: pick('first', amount, orderedAt),
      customers: aggregate('countDistinct', customerId),
    }),
  },
  'groups by period, chosen by their key': {
    table: 'orders',
    select: select({ month, orders: aggregate('count') }),
    groupBy: [month, { kind: 'part', part: 'DAY_OF_WEEK', of: orderedAt }],
    having: {
      kind: 'or',
      conditions: [
        compare('gte', month, value('2008-06-01', 'DATE')),
        compare('gt', aggregate('count'), value(8, 'INTEGER')),
        compare('eq', { kind: 'part', part: 'DAY_OF_WEEK', of: orderedAt }, value(7, 'INTEGER')),
      ],
    },
    orderBy: [
      { expression: month, direction: 'ASC' },
      { expression: { kind: 'part', part: 'DAY_OF_WEEK', of: orderedAt }, direction: 'DESC' },
    ],
  },
  'rows in the order of figures over their related rows': {
    table: 'customer',
    select: select({ customer_id: customerId, country: column('country_name', 'country') }),
    orderBy: [
      { expression: related('ordersByPayerId', aggregate('max', amount)), direction: 'DESC', nulls: 'FIRST' },
      { expression: related('ordersByCustomerId', aggregate('count')), direction: 'ASC' },
      {
        expression: related('customer', aggregate('countDistinct', column('born')), 'country'),
        direction: 'DESC',
      },
      {
        expression: related('ordersByCustomerId', {
          kind: 'arithmetic',
          operator: '/',
          left: aggregate('median', column('items')),
          right: aggregate('count', undefined, compare('gt', amount, value('100', 'DECIMAL'))),
        }),
        direction: 'DESC',
      },
      { expression: customerId, direction: 'ASC' },
    ],
    limit: 30,
    offset: 2,
  },
  'a page of each group, in the order of related figures': {
    table: 'customer',
    select: select({ country_code: column('country_code'), customer_id: customerId }),
    orderBy: [
      { expression: related('ordersByCustomerId', aggregate('count')), direction: 'DESC' },
      { expression: customerId, direction: 'ASC' },
    ],
    limitPer: [column('country_code')],
    limit: 3,
  },
  'lists and structures': {
    table: 'customer',
    select: select({ customer_id: customerId, tags: column('tags'), words: column('tags') }),
    where: { kind: 'not', condition: { kind: 'isNull', of: column('tags') } },
    orderBy: [{ expression: customerId, direction: 'ASC' }],
    limit: 5,
  },
  'values that are none of some': customersWhere({
    kind: 'not',
    condition: { kind: 'in', of: ownName, values: [value('Customer 3', 'STRING'), value('a\\b', 'STRING')] },
  }),
  'values of every type': {
    table: 'orders',
    select: select({ order_id: orderId }),
    where: {
      kind: 'and',
      conditions: [
        compare('lt', orderId, value('9007199254741500', 'BIGINT')),
        compare('ne', amount, value('12.37', 'DECIMAL')),
        compare('lte', column('weight'), value(7.5, 'FLOAT')),
        compare('gt', column('items'), value(0, 'INTEGER')),
        compare('gte', orderedAt, value('2007-12-01', 'DATE')),
        compare('lt', orderedAt, value('2008-12-31T23:59:59.999999', 'DATETIME')),
        compare('eq', column('active', 'customer'), value(true, 'BOOLEAN')),
        compare('ne', name, value("O'Neil; DROP TABLE orders; -- \\", 'STRING')),
        { kind: 'not', condition: { kind: 'isNull', of: column('payer_id') } },
      ],
    },
    orderBy: byOrder,
    limit: 100,
  },
};
