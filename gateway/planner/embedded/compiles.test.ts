import { expect, it } from 'vitest';
import { shopCatalog } from '../../../test/fixtures/shop.js';
import { compiles } from './compiles.js';

const count = { as: 'orders', expression: { kind: 'aggregate', function: 'count' } } as const;
const weight = { kind: 'column', path: [], column: 'weight' } as const;

it('a query that orders its only row by each of them is none', () => {
  const ordered = { expression: weight, direction: 'DESC' } as const;
  expect(compiles({ table: 'orders', select: [count], groupBy: [], orderBy: [ordered] }, shopCatalog)).toBe(
    false,
  );
  expect(compiles({ table: 'orders', select: [count], groupBy: [] }, shopCatalog)).toBe(true);
});
