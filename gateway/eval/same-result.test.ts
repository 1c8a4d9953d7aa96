import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Rows, sameResult } from './same-result.js';

type Case = readonly [
  what: string,
  expected: Rows,
  actual: Rows,
  same: boolean,
  order?: 'ordered' | undefined,
];

const CASES: readonly Case[] = [
  [
    'rows in another order',
    [
      [1, 'a'],
      [2, 'b'],
    ],
    [
      [2, 'b'],
      [1, 'a'],
    ],
    true,
  ],
  ['rows in another order where order counts', [[1], [2]], [[2], [1]], false, 'ordered'],
  [
    'columns in another order',
    [
      [1, 'a'],
      [2, 'b'],
    ],
    [
      ['a', 1],
      ['b', 2],
    ],
    true,
    'ordered',
  ],
  [
    'columns that agree one by one, but not as rows',
    [
      [1, 2],
      [2, 1],
      [3, 3],
    ],
    [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
    false,
  ],
  [
    'two like columns exchanged',
    [
      [1, 2],
      [2, 3],
      [3, 1],
    ],
    [
      [2, 1],
      [3, 2],
      [1, 3],
    ],
    true,
    'ordered',
  ],
  [
    'a column more',
    [[1], [2]],
    [
      [1, 'a'],
      [2, 'b'],
    ],
    false,
  ],
  ['a column less', [[1, 'a']], [[1]], false],
  ['a row more', [[1]], [[1], [1]], false],
  ['other rows twice', [[1], [1], [2]], [[1], [2], [2]], false],
  ['a fraction that is off by less than a millionth', [[4374177.32]], [[4374177.3201]], true],
  ['a fraction that is off by more', [[0.12345]], [[0.12346]], false],
  ['whole numbers that are off by one', [[10000001]], [[10000002]], false],
  [
    'noise that changes the order',
    [
      [0.3, 1.5],
      [0.3, 2.5],
    ],
    [
      [0.30000000000000004, 1.5],
      [0.3, 2.5],
    ],
    true,
  ],
  ['decimals as text', [[12.5], [3]], [['12.50'], ['3']], true],
  ['texts that are numbers', [['007']], [['7']], false],
  ['letters of another size', [['Paris']], [['paris']], false],
  ['a midnight and its date', [['2013-07-01']], [['2013-07-01T00:00:00.000Z']], true],
  ['another date', [['2013-07-01']], [['2013-07-02']], false],
  ['nothing and nought', [[null]], [[0]], false],
  ['nothing and an empty text', [[null]], [['']], false],
  ['yes and one', [[true], [false]], [[1], [0]], true],
  ['big whole numbers', [[9007199254740993n]], [['9007199254740993']], true],
  ['no rows and a row', [], [[1]], false],
  ['no rows at all', [], [], true],
];

describe('two results are the same', () => {
  it.each(CASES.map(([what, ...rest]) => ({ what, rest })))(
    '$what',
    ({ rest: [expected, actual, same, order] }) => {
      expect(sameResult({ rows: expected }, actual, order ?? 'unordered')).toBe(same);
    },
  );

  it('where rows of equal rank come in another order', () => {
    const expected = {
      rows: [
        ['a', 9],
        ['b', 5],
        ['c', 5],
      ],
      ranks: [0, 1, 1],
    };
    expect(
      sameResult(
        expected,
        [
          ['a', 9],
          ['c', 5],
          ['b', 5],
        ],
        'ordered',
      ),
    ).toBe(true);
    expect(
      sameResult(
        expected,
        [
          ['b', 5],
          ['a', 9],
          ['c', 5],
        ],
        'ordered',
      ),
    ).toBe(false);
  });
});

const folder = process.env.ASKGRAPH_EVAL;
const scorer = folder === undefined ? undefined : join(folder, 'score.mjs');
const isThere = scorer !== undefined && existsSync(scorer);
if (!isThere) console.info('ASKGRAPH_EVAL names no folder with score.mjs: the rule is not compared with it.');

describe.skipIf(!isThere)('the rule gives what score.mjs gives', () => {
  it('on these cases, and on results that are changed in small ways', async () => {
    const reference = (await import(pathToFileURL(scorer!).href)) as {
      sameResult(expected: { rows: Rows }, actual: Rows, ordered: boolean): boolean;
    };
    for (const [what, expected, actual, , order] of [...CASES, ...changedCases()]) {
      const ours = sameResult({ rows: expected }, actual, order ?? 'unordered');
      expect(ours, what).toBe(reference.sameResult({ rows: expected }, actual, order === 'ordered'));
    }
  });
});

/** Tables of a few values with one thing changed in each. */
function changedCases(): Case[] {
  const values = [1, 2, 2.5, '2.50', 'a', null, '2013-07-01', true];
  const cell = (row: number, column: number) => values[(row * 3 + column * 5) % values.length];
  return Array.from({ length: 60 }, (_, seed): Case => {
    const width = 1 + (seed % 3);
    const rows = Array.from({ length: 1 + (seed % 5) }, (__, row) =>
      Array.from({ length: width }, (___, column) => cell(row + seed, column)),
    );
    const turned = rows.map((row) => row.toReversed());
    const changed = [
      turned.toReversed(),
      turned,
      rows.slice(1),
      rows.map((row) => row.map((value) => (value === 2 ? '2' : value))),
    ][seed % 4]!;
    const order = seed % 2 === 0 ? 'ordered' : undefined;
    return [`made case ${seed}`, rows, changed, false, order];
  });
}
