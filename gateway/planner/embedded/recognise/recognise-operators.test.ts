import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../knowledge/text/tokenize.js';
import type { Meaning } from '../meaning.js';
import { numberOf, recogniseOperators } from './recognise-operators.js';

/** The meanings of all the words together. */
function meanings(question: string): Meaning[] {
  const tokens = tokenize(question);
  return recogniseOperators(tokens)
    .filter(({ start, end }) => start === 0 && end === tokens.length)
    .map(({ meaning }) => meaning);
}

describe('numbers', () => {
  it.each([
    ['5', '5'],
    ['007', '007'],
    ['1,000', '1000'],
    ['1,234,567.89', '1234567.89'],
    ['$1,000.50', '1000.50'],
    ['€3', '3'],
    ['£20', '20'],
    ['15%', '15'],
    ['20k', '20000'],
    ['1.5m', '1500000'],
    ['2bn', '2000000000'],
    ['zero', '0'],
    ['five', '5'],
    ['Twelve', '12'],
    ['dozen', '12'],
    ['hundred', '100'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%s is %s', (text, value) => expect(numberOf(tokenize(text)[0]!)).toBe(value));

  it.each(['3rd', '1990s', '2008-05-01', '"5"', 'few', 'Q1', '?'])('%s is none', (text) =>
    expect(numberOf(tokenize(text)[0]!)).toBeUndefined(),
  );

  it.each([
    ['5 million', '5000000'],
    ['2.5 thousand', '2500'],
    ['five hundred', '500'],
    ['$3 million', '3000000'],
    ['1.1 million', '1100000'],
    ['0.1 billion', '100000000'],
    ['a hundred', undefined],
    ['5 apples', undefined],
  ])('“%s” is %s', (text, value) =>
    expect(meanings(text)).toEqual(value === undefined ? [] : [{ kind: 'number', value }]),
  );
});

describe('operators', () => {
  it.each<[string, Meaning]>([
    ['how many', { kind: 'count' }],
    ['number of', { kind: 'count' }],
    ['total', { kind: 'aggregate', function: 'sum' }],
    ['average', { kind: 'aggregate', function: 'avg' }],
    ['Maximum', { kind: 'aggregate', function: 'max' }],
    ['highest', { kind: 'superlative', direction: 'DESC' }],
    ['fewest', { kind: 'superlative', direction: 'ASC' }],
    ['most expensive', { kind: 'superlative', direction: 'DESC', hint: 'money' }],
    ['more than', { kind: 'comparison', operator: 'gt' }],
    ['no more than', { kind: 'comparison', operator: 'lte' }],
    ['at least', { kind: 'comparison', operator: 'gte' }],
    ['fewer than', { kind: 'comparison', operator: 'lt' }],
    ['>', { kind: 'comparison', operator: 'gt' }],
    ['exactly', { kind: 'comparison', operator: 'eq' }],
    ['between', { kind: 'between' }],
    ['without', { kind: 'negation' }],
    ["weren't", { kind: 'negation' }],
    ['per', { kind: 'group' }],
    ['for each', { kind: 'group' }],
    ['monthly', { kind: 'grain', grain: 'MONTH' }],
    ['or', { kind: 'or' }],
  ])('“%s” is understood', (text, meaning) =>
    expect(meanings(text)).toContainEqual(expect.objectContaining(meaning)),
  );

  it('are not read out of quoted text', () =>
    expect(recogniseOperators(tokenize('"more than"'))).toEqual([]));

  it('weigh more the more words they have', () => {
    const scored = recogniseOperators(tokenize('not more than')).toSorted((a, b) => b.score - a.score);
    expect(scored[0]).toMatchObject({ start: 0, end: 3, meaning: { operator: 'lte' } });
  });
});

describe('superlatives with a count', () => {
  it.each([
    ['top 5', 'DESC', 5],
    ['top five', 'DESC', 5],
    ['bottom 3', 'ASC', 3],
    ['3 highest', 'DESC', 3],
    ['ten lowest', 'ASC', 10],
    ['5 most expensive', 'DESC', 5],
    ['1000 largest', 'DESC', 1000],
  ])('“%s” is %s by %d', (text, direction, count) =>
    expect(meanings(text)).toContainEqual(expect.objectContaining({ kind: 'superlative', direction, count })),
  );

  it.each(['1999 highest', '1.5 highest', 'top one', 'top sales'])('“%s” has no count', (text) =>
    expect(
      meanings(text).filter((meaning) => meaning.kind === 'superlative' && meaning.count !== undefined),
    ).toEqual([]),
  );
});
