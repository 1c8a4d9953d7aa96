import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import type { Plan } from '../planner/planner.js';
import { capitalise, type ShownFact, type ShownTable, writeAnswer } from './answer-text.js';
import { planOf } from './scripted.test-helper.js';

/** Columns as `name: TYPE unit`. */
function tableOf(columns: readonly string[], rows: Cell[][], truncated = false): ShownTable {
  return {
    columns: columns.map((text) => {
      const [name, type, unit] = text.split(/:? /) as [string, ColumnType, string | undefined];
      return { name, label: name, type, unit: unit ?? null, masked: false };
    }),
    rows,
    truncated,
  };
}

const write = (restatement: string, table: ShownTable, more: Partial<Plan> = {}, facts: ShownFact[] = []) =>
  writeAnswer(planOf({ restatement, ...more }), table, facts);
const names = (count: number) => Array.from({ length: count }, (_, index) => [`n${index + 1}`]);

describe('writeAnswer', () => {
  it('says one figure in one sentence', () => {
    expect(write('number of sales', tableOf(['n: BIGINT'], [['172456']]))).toBe(
      'The number of sales is 172,456.',
    );
    expect(write('total commission in 2008', tableOf(['c: DECIMAL USD'], [['16614814.65']]))).toBe(
      'The total commission in 2008 is $16,614,814.65.',
    );
  });

  it('says one row with its labels, leaving out what is not there', () =>
    expect(
      write('weather', tableOf(['city: STRING', 'high: FLOAT °F', 'wind: FLOAT'], [['Seattle', 61.5, null]])),
    ).toBe('Weather: city Seattle, high 61.50°F.'));

  it('says one name as it is', () =>
    expect(write('oldest employee', tableOf(['first: STRING', 'last: STRING'], [['Ann', 'Lee']]))).toBe(
      'Oldest employee: Ann Lee.',
    ));

  it('names everybody of a short list, and counts them', () => {
    expect(
      write(
        'employees',
        tableOf(
          ['first: STRING', 'last: STRING'],
          [
            ['Ann', 'Lee'],
            ['Bo', 'Ek'],
            ['Cy', 'Fu'],
          ],
        ),
      ),
    ).toBe('3 found: Ann Lee, Bo Ek and Cy Fu.');
    expect(write('e', tableOf(['n: STRING'], names(2)))).toBe('2 found: n1 and n2.');
  });

  it('names the first ten of a longer one, and never claims to have counted what was cut', () => {
    const ten = 'n1, n2, n3, n4, n5, n6, n7, n8, n9 and n10';
    expect(write('e', tableOf(['n: STRING'], names(10)))).toBe(`10 found: ${ten}.`);
    expect(write('e', tableOf(['n: STRING'], names(11)))).toBe(`11 found; the first 10 are ${ten}.`);
    expect(write('e', tableOf(['n: STRING'], names(100), true))).toBe(
      `More than 100 found; the first 10 are ${ten}.`,
    );
  });

  it('says every figure of a few groups', () =>
    expect(
      write(
        'average salary by department',
        tableOf(
          ['d: STRING', 's: DECIMAL USD'],
          [
            ['Finance', '70030.56'],
            ['Sales', '-1.00'],
          ],
        ),
      ),
    ).toBe('Average salary by department: Finance: $70,030.56; Sales: -$1.00.'));

  it('says the largest and the smallest of many groups, whatever their order', () => {
    const rows = names(11).map(([name], index): Cell[] => [
      name!,
      [5, 9, 100, 2, 30, 7, 8, null, 1000, 4, 6][index]!,
    ]);
    expect(write('count by name', tableOf(['n: STRING', 'c: INTEGER'], rows))).toBe(
      'Count by name: 11 rows. The largest is n9 with 1,000; the smallest is n4 with 2.',
    );
    expect(write('count by name', tableOf(['n: STRING', 'c: INTEGER'], rows, true))).toContain(
      'the first 11 rows.',
    );
  });

  it('compares exact numbers by their size, not by their letters', () => {
    const rows = names(11).map(([name], index): Cell[] => [
      name!,
      ['9', '10', '100', '99', '8', '7', '6', '5', '4', '30', '20'][index]!,
    ]);
    expect(write('c', tableOf(['n: STRING', 'c: BIGINT'], rows))).toContain(
      'The largest is n3 with 100; the smallest is n9 with 4.',
    );
  });

  it('says what a superlative chose by, from the facts beside the table', () => {
    const column = {
      name: 'p',
      label: 'total price paid',
      type: 'DECIMAL' as const,
      unit: 'USD',
      masked: false,
    };
    const fact = (value: string): ShownFact => ({ column, value, of: undefined });
    const ranking = { end: 'highest', label: 'total price paid' };
    expect(write('event', tableOf(['e: STRING'], [['Curtains']]), { ranking }, [fact('1721448.00')])).toBe(
      'Curtains has the highest total price paid: $1,721,448.00.',
    );
    expect(
      write('event', tableOf(['e: STRING'], [['Curtains'], ['Hamlet']]), { ranking }, [
        fact('3.00'),
        fact('2.00'),
      ]),
    ).toBe('The 2 with the highest total price paid are Curtains ($3.00) and Hamlet ($2.00).');
  });

  it('names both ends where the best and the worst were asked', () => {
    const column = { name: 'r', label: 'return', type: 'FLOAT' as const, unit: '%', masked: false };
    const facts = [12.5, -8.25].map((value): ShownFact => ({ column, value, of: undefined }));
    const more = { combine: { query: 'SELECT 1' }, ranking: { end: 'highest', label: 'return' } };
    expect(
      write(
        'stock',
        tableOf(
          ['rank: STRING', 'name: STRING'],
          [
            ['highest', 'AAPL'],
            ['lowest', 'IBM'],
          ],
        ),
        more,
        facts,
      ),
    ).toBe('AAPL has the highest return (12.50%) and IBM has the lowest return (-8.25%).');
  });

  it('says that a cell holds nothing', () =>
    expect(write('e', tableOf(['n: STRING'], [['a'], [null]]))).toBe('2 found: a and nothing.'));
});

it('capitalise leaves the rest as it is', () => {
  expect(capitalise('iPhone sales')).toBe('IPhone sales');
  expect(capitalise('')).toBe('');
});
