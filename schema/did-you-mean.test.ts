import { describe, expect, it } from 'vitest';
import { editDistance, nearestNames, unknownName } from './did-you-mean.js';

describe('editDistance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['ab', 'ba', 1],
    ['sales', 'slaes', 1],
    ['flaw', 'lawn', 2],
    ['intention', 'execution', 5],
  ])('from %j to %j is %d', (a, b, distance) => {
    expect(editDistance(a, b, 10)).toBe(distance);
    expect(editDistance(b, a, 10)).toBe(distance);
  });

  it('stops counting one past the limit', () => {
    expect(editDistance('kitten', 'sitting', 3)).toBe(3);
    expect(editDistance('kitten', 'sitting', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
    expect(editDistance('aaaa', 'bbbb', 1)).toBe(2);
  });
});

describe('nearestNames', () => {
  it('gives the nearest first, and of equally near ones the first in the alphabet', () =>
    expect(nearestNames('sale', ['scale', 'sales', 'salary', 'venue', 'sale'])).toEqual([
      'sale',
      'sales',
      'scale',
    ]));

  it('gives at most three, and none that is another word', () => {
    expect(nearestNames('abcd', ['abce', 'abcf', 'abcg', 'abch'])).toEqual(['abce', 'abcf', 'abcg']);
    expect(nearestNames('events', ['venue', 'listing'])).toEqual([]);
  });

  it('does not mind capitals', () => expect(nearestNames('HireDate', ['hire_date'])).toEqual(['hire_date']));

  it('still allows one edit in the shortest names', () =>
    expect(nearestNames('i', ['id', 'name'])).toEqual(['id']));
});

describe('unknownName', () => {
  it('names what is near, or nothing', () => {
    expect(unknownName('domain', 'sale', 'this gateway', ['sales', 'hr']).message).toBe(
      'Unknown domain "sale" in this gateway. Did you mean "sales"?',
    );
    expect(unknownName('domain', 'weather', 'this gateway', ['sales', 'hr']).message).toBe(
      'Unknown domain "weather" in this gateway.',
    );
    expect(unknownName('field', 'ab', 't', ['abc', 'abd']).message).toContain('Did you mean "abc" or "abd"?');
  });
});
