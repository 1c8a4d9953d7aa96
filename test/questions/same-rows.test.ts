import { describe, expect, it } from 'vitest';
import { sameRows } from './same-rows.js';

describe('the same rows', () => {
  it('may come in another order, with their columns in another order', () => {
    expect(
      sameRows(
        [
          ['b', 2],
          ['a', 1],
        ],
        [
          [1, 'a'],
          [2, 'b'],
        ],
        {},
      ),
    ).toBe(true);
  });

  it('must come in their order where that is asked for', () => {
    expect(sameRows([['a'], ['b']], [['a'], ['b']], { ordered: true })).toBe(true);
    expect(sameRows([['b'], ['a']], [['a'], ['b']], { ordered: true })).toBe(false);
  });

  it('keep the cells of a row together', () => {
    expect(
      sameRows(
        [
          ['a', 1],
          ['b', 2],
        ],
        [
          ['a', 2],
          ['b', 1],
        ],
        {},
      ),
    ).toBe(false);
  });

  it('are as many, each as often', () => {
    expect(sameRows([['a']], [['a'], ['a']], {})).toBe(false);
    expect(sameRows([['a'], ['a'], ['b']], [['a'], ['b'], ['b']], {})).toBe(false);
    expect(sameRows([], [['a']], {})).toBe(false);
  });

  it('have no column more, unless that is allowed', () => {
    expect(sameRows([['a', 1]], [['a']], {})).toBe(false);
    expect(sameRows([['a', 1]], [['a']], { wider: true })).toBe(true);
    expect(sameRows([['a']], [['a', 1]], { wider: true })).toBe(false);
  });

  it('write numbers and dates in any way', () => {
    expect(sameRows([['16614814.65', '2008-05-01']], [[16614814.65, '2008-05-01 00:00:00']], {})).toBe(true);
    expect(sameRows([[1 / 3, '2008-05']], [['0.33333333', '2008-05-01T00:00:00Z']], {})).toBe(true);
    expect(sameRows([[164]], [[165]], {})).toBe(false);
    expect(sameRows([[1.00001]], [[1]], {})).toBe(false);
    expect(sameRows([['2008-05-01']], [['2008-05-02']], {})).toBe(false);
    expect(sameRows([[null]], [[0]], {})).toBe(false);
  });
});
