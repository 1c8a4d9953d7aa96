import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import { ground } from './ground.js';

/** A table of columns a, b, c …, of the given types. */
function tableOf(types: readonly ColumnType[], ...rows: Cell[][]) {
  const columns = types.map((type, index) => {
    const name = 'abcdef'[index]!;
    return { name, label: name, type, unit: null, masked: false };
  });
  return { columns, rows, truncated: false };
}

/** Cells as `a0`: the column and the row. */
function cells(text: string, table: ReturnType<typeof tableOf>): [string, string[]][] {
  return ground(text, table, 's').map((claim) => [
    claim.text,
    claim.cells.map(({ column, row }) => `${column}${row}`),
  ]);
}

describe('ground', () => {
  it('tells for every sentence which cells bear it out, and of which step', () => {
    const table = tableOf(['STRING', 'INTEGER'], ['Finance', 12], ['Sales', 1300]);
    expect(ground('Finance has 12. Sales has 1,300.', table, 'result')).toEqual([
      {
        text: 'Finance has 12.',
        cells: [
          { step: 'result', row: 0, column: 'a' },
          { step: 'result', row: 0, column: 'b' },
        ],
      },
      {
        text: 'Sales has 1,300.',
        cells: [
          { step: 'result', row: 1, column: 'a' },
          { step: 'result', row: 1, column: 'b' },
        ],
      },
    ]);
  });

  it('claims nothing for a sentence that no cell bears out', () =>
    expect(cells('There are 5. That is a lot. Ask again!', tableOf(['INTEGER'], [5]))).toEqual([
      ['There are 5.', ['a0']],
    ]));

  it.each(['15', '5,000', '1,005', '5.5', '0.5', '55', '5a', 'a5', '5th', '.5'])(
    'does not take the 5 in %s for a figure of its own',
    (written) => expect(cells(`It is ${written}`, tableOf(['INTEGER'], [5]))).toEqual([]),
  );

  it.each([
    'It is 5.',
    'It is 5, at least',
    '(5)',
    '5',
    'It is 5; no more',
    'From 5 to 6',
    'It is $5',
    '5% of it',
  ])('finds the 5 in “%s”', (text) =>
    expect(cells(text, tableOf(['INTEGER'], [5]))).toEqual([[text, ['a0']]]),
  );

  it('finds a figure also where a longer one that holds it comes first', () =>
    expect(cells('Of 15 there are 5', tableOf(['INTEGER'], [5]))).toEqual([['Of 15 there are 5', ['a0']]]));

  it('compares values as they are written, not as they are stored', () => {
    const table = tableOf(['DECIMAL', 'DATE'], ['1721448.00', '2008-12-31']);
    expect(cells('It was 1,721,448.00 on December 31, 2008.', table)).toEqual([
      ['It was 1,721,448.00 on December 31, 2008.', ['a0', 'b0']],
    ]);
    expect(cells('It was 1721448.00 on 2008-12-31.', table)).toEqual([]);
  });

  it('does not take a word for the beginning of another', () => {
    const table = tableOf(['STRING'], ['Ann'], ['Müll']);
    expect(cells('Annette and Müller came', table)).toEqual([]);
    expect(cells('Ann came', table)).toEqual([['Ann came', ['a0']]]);
  });

  it('finds no cell without a value', () =>
    expect(cells('There is nothing.', tableOf(['STRING'], [null]))).toEqual([]));

  it('splits at sentences and lines, not at points inside figures', () =>
    expect(cells('The mean is 6.28. 7 is more\nEnd', tableOf(['FLOAT', 'INTEGER'], [6.28318, 7]))).toEqual([
      ['The mean is 6.28.', ['a0']],
      ['7 is more', ['b0']],
    ]));
});
