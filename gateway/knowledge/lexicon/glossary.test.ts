import { describe, expect, it } from 'vitest';
import { shopDomain } from '../shop.test-helper.js';
import { parseGlossaryEntry } from './glossary.js';

const shop = shopDomain();

/** What an entry stands for, in short. */
function meaning(target: string): string | undefined {
  const element = parseGlossaryEntry(shop, target);
  if (element === undefined) return undefined;
  switch (element.kind) {
    case 'table':
      return element.table.name;
    case 'column':
      return `${element.table.name}.${element.column.name}`;
    case 'condition':
      return `${element.table.name}.${element.column.name} ${element.operator} [${element.literal}]`;
    default:
      return element.kind;
  }
}

describe('parseGlossaryEntry', () => {
  it.each([
    ['orders', 'orders'],
    ['  orders  ', 'orders'],
    ['orders.amount', 'orders.amount'],
    ['customer.active = true', 'customer.active eq [true]'],
    ['orders.items=1', 'orders.items eq [1]'],
    ['orders.items != 1', 'orders.items ne [1]'],
    ['orders.items <> 1', 'orders.items ne [1]'],
    ['orders.items < 1', 'orders.items lt [1]'],
    ['orders.items <= 1', 'orders.items lte [1]'],
    ['orders.items > 1', 'orders.items gt [1]'],
    ['orders.items >= 1.5', 'orders.items gte [1.5]'],
    ["country.country_name = 'New Zealand' ", 'country.country_name eq [New Zealand]'],
    ['country.country_name = New Zealand', 'country.country_name eq [New Zealand]'],
  ])('reads %j', (target, expected) => expect(meaning(target)).toBe(expected));

  it.each(['invoices', 'orders.price', 'invoices.amount', 'invoices.amount = 1', 'orders.price > 1'])(
    'means nothing where the catalog has no %s',
    (target) => expect(meaning(target)).toBeUndefined(),
  );

  it.each([
    '',
    'orders.',
    '.amount',
    'orders.amount.more',
    'orders amount',
    'orders.items =',
    'orders = 1',
    'orders; drop',
  ])('does not read %j', (target) => expect(meaning(target)).toBeUndefined());
});
