import { describe, expect, it } from 'vitest';
import { tabulate } from './tabulate.js';

const shape = {
  rowPath: ['hr', 'employees'],
  columns: [
    { name: 'name', path: ['lastName'], type: 'STRING' as const },
    { name: 'department', path: ['department', 'deptName'], type: 'STRING' as const },
  ],
  notes: [] as string[][],
};
const employee = (lastName: string, department: { deptName: string } | null) => ({ lastName, department });

describe('tabulate', () => {
  it('makes rows of a list, and nulls of what is not there', () =>
    expect(
      tabulate(
        { hr: { employees: [employee('Koblick', { deptName: 'Finance' }), employee('Dredge', null)] } },
        shape,
        10,
      ),
    ).toEqual({
      columns: [
        { name: 'name', type: 'STRING' },
        { name: 'department', type: 'STRING' },
      ],
      rows: [
        ['Koblick', 'Finance'],
        ['Dredge', null],
      ],
      truncated: false,
      notes: [],
    }));

  it('makes one row of an object, and none of nothing', () => {
    expect(tabulate({ hr: { employees: employee('Koblick', null) } }, shape, 10).rows).toEqual([
      ['Koblick', null],
    ]);
    for (const data of [{ hr: { employees: null } }, { hr: null }, {}])
      expect(tabulate(data, shape, 10)).toMatchObject({ rows: [], truncated: false });
  });

  it('keeps values that count as false', () =>
    expect(
      tabulate(
        { rows: [{ count: 0, flag: false, text: '' }] },
        {
          rowPath: ['rows'],
          columns: [
            { name: 'count', path: ['count'], type: 'INTEGER' },
            { name: 'flag', path: ['flag'], type: 'BOOLEAN' },
            { name: 'text', path: ['text'], type: 'STRING' },
          ],
          notes: [],
        },
        10,
      ).rows,
    ).toEqual([[0, false, '']]));

  it('cuts at the row limit and says so; at the limit itself nothing is cut', () => {
    const data = { hr: { employees: ['a', 'b', 'c'].map((name) => employee(name, null)) } };
    expect(tabulate(data, shape, 2)).toMatchObject({
      rows: [
        ['a', null],
        ['b', null],
      ],
      truncated: true,
    });
    expect(tabulate(data, shape, 3)).toMatchObject({ truncated: false });
  });

  it('brings the texts that say why there are no rows, where there are any', () => {
    const notes = [['product', 'weather', 'reason'], ['product', 'weather', 'hint'], ['other']];
    const data = { product: { weather: { rows: null, reason: 'Atlantis is not known.', hint: null } } };
    expect(tabulate(data, { rowPath: ['product', 'weather', 'rows'], columns: [], notes }, 10)).toMatchObject(
      {
        rows: [],
        notes: ['Atlantis is not known.'],
      },
    );
  });

  it('makes days of periods that were cut from instants', () =>
    expect(
      tabulate(
        { rows: [{ at: '2008-05-01T00:00:00' }] },
        {
          rowPath: ['rows'],
          columns: [
            { name: 'day', path: ['at'], type: 'DATE' },
            { name: 'instant', path: ['at'], type: 'DATETIME' },
          ],
          notes: [],
        },
        10,
      ).rows,
    ).toEqual([['2008-05-01', '2008-05-01T00:00:00']]));
});
