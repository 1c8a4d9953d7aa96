import type { Condition, TableQuery } from '../../subgraphs/sql/table-query.js';
import { column, compare, value } from '../fixtures/table-queries.js';

const amount = column('amount');
const orderId = column('order_id');
const customerId = column('customer_id');

function customersWhere(where: Condition): TableQuery {
  return {
    table: 'customer',
    select: [{ as: 'customer_id', expression: customerId }],
    where,
    orderBy: [{ expression: customerId, direction: 'ASC' }],
  };
}

/** Conditions on rows of relations to many. */
export const RELATED_ROWS: Readonly<Record<string, TableQuery>> = {
  'related rows: some, none, every': customersWhere({
    kind: 'or',
    conditions: [
      {
        kind: 'related',
        quantifier: 'some',
        path: [],
        relation: 'ordersByCustomerId',
        where: compare('gt', amount, value('990', 'DECIMAL')),
      },
      { kind: 'related', quantifier: 'none', path: [], relation: 'ordersByPayerId' },
      {
        kind: 'related',
        quantifier: 'every',
        path: [],
        relation: 'ordersByCustomerId',
        where: compare('lt', amount, value('985', 'DECIMAL')),
      },
    ],
  }),
  'related rows of what a relation leads to, where it leads anywhere, and theirs': {
    table: 'orders',
    select: [{ as: 'order_id', expression: orderId }],
    where: {
      kind: 'and',
      conditions: [
        {
          kind: 'not',
          condition: {
            kind: 'related',
            quantifier: 'some',
            path: ['payer'],
            relation: 'ordersByPayerId',
            where: compare('gt', amount, value('985', 'DECIMAL')),
          },
        },
        {
          kind: 'related',
          quantifier: 'none',
          path: ['payer'],
          relation: 'ordersByCustomerId',
          where: {
            kind: 'related',
            quantifier: 'some',
            path: [],
            relation: 'orderNote',
            where: compare('eq', column('line'), value(3, 'INTEGER')),
          },
        },
      ],
    },
    orderBy: [{ expression: orderId, direction: 'ASC' }],
  },
};
