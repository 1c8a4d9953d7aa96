import { describe, expect, it } from 'vitest';
import { type Catalog, findColumn, findTable, makeColumn } from './catalog.js';
import { parseHiveType } from './hive-type.js';

const amount = makeColumn({
  name: 'amount',
  type: parseHiveType('decimal(8,2)'),
  comment: 'What was paid.',
  unit: 'USD',
  references: undefined,
});
const orders = { name: 'orders', comment: '', columns: [amount], primaryKey: [], location: undefined };
const catalog: Catalog = { database: 'shop', description: '', tables: [orders] };

describe('a catalog', () => {
  it('finds what is there', () => {
    expect(findTable(catalog, 'orders')).toBe(orders);
    expect(findColumn(orders, 'amount')).toBe(amount);
  });

  it('gives a column the type that its cells leave as', () =>
    expect(amount).toMatchObject({ columnType: 'DECIMAL', unit: 'USD', type: { arguments: [8, 2] } }));

  it('says which table is unknown, where, and what is near', () =>
    expect(() => findTable(catalog, 'ordrs')).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_NAME',
        message: 'Unknown table "ordrs" in shop. Did you mean "orders"?',
        details: { kind: 'table', name: 'ordrs', suggestions: ['orders'] },
      }),
    ));

  it('says which column is unknown, and finds names by their letters alone', () => {
    expect(() => findColumn(orders, 'xyz')).toThrow('Unknown column "xyz" in orders.');
    expect(() => findColumn(orders, 'Amount')).toThrow(
      'Unknown column "Amount" in orders. Did you mean "amount"?',
    );
  });
});
