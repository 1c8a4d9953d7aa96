import { describe, expect, it } from 'vitest';
import { shopCatalog } from '../../test/fixtures/shop.js';
import type { MetricDefinition } from './metric.js';
import { readMetrics } from './read-metrics.js';

function metric(changes: Partial<MetricDefinition>): MetricDefinition {
  const plain = {
    name: 'figure',
    table: 'orders',
    expression: 'sum(amount)',
    owner: 'Sales',
    description: 'It is.',
  };
  return { ...plain, ...changes };
}

function read(changes: Partial<MetricDefinition>) {
  return readMetrics('shop', [metric(changes)], shopCatalog)[0]!;
}

describe('a declared metric', () => {
  it('is read into the logical query’s own expression, its filter into every aggregate', () => {
    const of = (column: string) => ({ kind: 'column', path: [], column });
    const where = {
      kind: 'comparison',
      operator: 'gte',
      left: of('ordered_at'),
      right: { kind: 'literal', value: '2008-01-31', type: 'DATE' },
    };
    const { expression, type } = read({
      expression: 'Sum(amount) / count(distinct "customer_id")',
      filter: "ordered_at >= '2008-01-31'",
    });
    expect(expression).toEqual({
      kind: 'arithmetic',
      operator: '/',
      left: { kind: 'aggregate', function: 'sum', of: of('amount'), where },
      right: { kind: 'aggregate', function: 'countDistinct', of: of('customer_id'), where },
    });
    expect(type).toBe('FLOAT');
  });

  it('multiplies before it adds, and minds brackets', () => {
    const { expression } = read({ expression: '1 + 2 * (max(items) - 3)' });
    expect(expression).toMatchObject({
      operator: '+',
      right: { operator: '*', left: { value: 2 }, right: { operator: '-', right: { value: 3 } } },
    });
  });

  it('says its formula, unit, owner and synonyms in the schema', () => {
    const { description } = read({ unit: 'EUR', synonyms: ['turnover'], filter: 'items > 0' });
    expect(description).toBe(
      'It is. Worked out as sum(amount), where items > 0. In EUR. Owner: Sales. Also: turnover.',
    );
  });

  it.each([
    [{ table: 'order' }, 'Unknown table "order" in shop. Did you mean "orders"?'],
    [{ expression: 'sum(amonut)' }, 'Unknown column "amonut" in orders. Did you mean "amount"?'],
    [{ expression: 'sum(custmer.customer_id)' }, 'Unknown relation "custmer" in orders'],
    [{ table: 'customer', expression: 'sum(ordersByCustomerId.amount)' }, 'Unknown relation'],
    [{ expression: 'amount' }, 'It aggregates nothing.'],
    [{ expression: 'sum(amount) / items' }, '"items" is neither grouped by nor aggregated.'],
    [{ expression: 'sum(avg(amount))' }, 'is an aggregate where a row is spoken of'],
    [{ expression: 'sum(amount)', filter: 'count(*) > 1' }, 'is an aggregate where a row is spoken of'],
    [{ expression: 'total(amount)' }, 'is none of the aggregates'],
    [{ expression: 'sum(amount) sum' }, 'At character 13, "sum" stands where the end should.'],
    [{ expression: 'sum(amount' }, 'stands where ")" should'],
    [{ expression: 'sum(amount); drop' }, 'is no word or sign'],
    [{ table: 'customer', expression: 'sum(tags)' }, 'Only numbers can be summed'],
    [{ name: 'Total sum' }, 'Write its name as a field'],
  ])('that is %j is refused at the start by its name', (changes, message) => {
    expect(() => read(changes)).toThrowError(
      expect.objectContaining({
        code: 'CONFIGURATION_INVALID',
        message: expect.stringContaining(message),
        domain: 'shop',
      }),
    );
    expect(() => read(changes)).toThrowError(/^The metric "\w.*" of shop cannot be read\./);
  });

  it('has a name of its own', () => {
    expect(() => readMetrics('shop', [metric({}), metric({})], shopCatalog)).toThrowError('another metric');
  });
});
