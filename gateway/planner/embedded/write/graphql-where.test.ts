import { parseValue, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import { allOrNone, EnumValue, nest, whereInput, writeInput } from './graphql-where.js';
import { column, compare, literal } from './queries.test-helper.js';

const price = column('price');
const above = (value: number) => compare(price, 'gt', literal(value, 'INTEGER'));
const below = (value: number) => compare(price, 'lt', literal(value, 'INTEGER'));
const named = (name: string) => compare(column('name', 'venue'), 'eq', literal(name));
const all = (...conditions: Condition[]): Condition => ({ kind: 'and', conditions });
const any = (...conditions: Condition[]): Condition => ({ kind: 'or', conditions });
const not = (condition: Condition): Condition => ({ kind: 'not', condition });

describe('whereInput', () => {
  it.each<[string, Condition, unknown]>([
    ['two bounds are one filter', all(above(1), below(9)), { price: { gt: 1, lt: 9 } }],
    [
      'columns of one relation stand together',
      all(named('a'), compare(column('city', 'venue'), 'eq', literal('b'))),
      { venue: { name: { eq: 'a' }, city: { eq: 'b' } } },
    ],
    [
      'two equal bounds stay two',
      all(above(1), above(2)),
      { and: [{ price: { gt: 1 } }, { price: { gt: 2 } }] },
    ],
    [
      'two denials stay two',
      all(not(above(1)), not(below(9))),
      { and: [{ not: { price: { gt: 1 } } }, { not: { price: { lt: 9 } } }] },
    ],
    [
      'two choices stay two',
      all(any(above(1), named('a')), any(below(9), named('b'))),
      {
        and: [
          { or: [{ price: { gt: 1 } }, { venue: { name: { eq: 'a' } } }] },
          { or: [{ price: { lt: 9 } }, { venue: { name: { eq: 'b' } } }] },
        ],
      },
    ],
    [
      'a bound and a denial',
      all(above(1), not(named('a'))),
      { price: { gt: 1 }, not: { venue: { name: { eq: 'a' } } } },
    ],
    ['no value', { kind: 'isNull', of: price }, { price: { isNull: true } }],
    [
      'a part of a date',
      compare({ kind: 'part', part: 'DAY_OF_WEEK', of: column('start_time') }, 'eq', literal(1, 'INTEGER')),
      { startTime: { dayOfWeek: { eq: 1 } } },
    ],
    ['nothing that holds for all', all(), {}],
  ])('%s', (_, condition, input) => expect(whereInput(condition)).toEqual(input));

  it('says nothing rather than half of a condition', () => {
    const unsayable = compare(price, 'gt', column('cost'));
    for (const condition of [
      unsayable,
      all(above(1), unsayable),
      any(unsayable),
      not(unsayable),
      not(all(above(1), any(unsayable))),
    ])
      expect(whereInput(condition)).toBeUndefined();
  });
});

describe('writeInput', () => {
  it.each([
    [{ a: 1, b: [true, null], c: new EnumValue('DESC') }, '{a: 1, b: [true, null], c: DESC}'],
    [{}, '{}'],
    [[], '[]'],
    [-0.5, '-0.5'],
  ])('writes %j', (value, text) => expect(writeInput(value)).toBe(text));

  it.each([
    'plain',
    'a "quote"',
    'back\\slash',
    'line\nbreak',
    'tab\tnul\u0000',
    'Ünïcode 🎭',
    '{ injected }',
  ])('writes the text %j so that GraphQL reads it back', (value) => {
    const read = parseValue(writeInput(value));
    expect(read).toMatchObject({ kind: 'StringValue', value });
    expect(print(read).length).toBeGreaterThan(0);
  });
});

it('a path nests, and every part or none is taken', () => {
  expect(nest(['a', 'b', 'c'], 1)).toEqual({ a: { b: { c: 1 } } });
  expect(allOrNone([1, 2])).toEqual([1, 2]);
  expect(allOrNone([1, undefined])).toBeUndefined();
  expect(allOrNone([])).toEqual([]);
});
