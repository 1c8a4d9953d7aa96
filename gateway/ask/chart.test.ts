import { describe, expect, it } from 'vitest';
import type { AnswerColumn, AnswerTable } from './answer-types.js';
import { chartOf } from './chart.js';

function column(name: string, type: AnswerColumn['type'], unit: string | null = null): AnswerColumn {
  return { name, label: name, type, unit, masked: false };
}

function tableOf(columns: readonly AnswerColumn[], rows: AnswerTable['rows']): AnswerTable {
  return { columns, rows, totalRows: rows.length, truncated: false };
}

/** Every key of a value, at any depth. */
function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

const MONTH = column('month', 'DATE');
const CITY = column('city', 'STRING');
const REVENUE = column('revenue', 'DECIMAL', 'USD');

describe('the chart of a table', () => {
  it('is a line where figures stand by time, with exact figures as numbers', () => {
    const rows = [
      ['2008-01-01', '10.50'],
      ['2008-02-01', '9.25'],
    ];
    expect(chartOf(tableOf([MONTH, REVENUE], rows))).toEqual({
      data: {
        values: [
          { x: '2008-01-01', y: 10.5 },
          { x: '2008-02-01', y: 9.25 },
        ],
      },
      mark: { type: 'line', point: true, tooltip: true },
      encoding: {
        x: { field: 'x', type: 'temporal', title: 'month', scale: { type: 'utc' } },
        y: { field: 'y', type: 'quantitative', title: 'revenue (USD)' },
      },
    });
  });

  it('is a line for each name where names stand beside the time', () => {
    const rows = [
      ['a', '2008-01-01', '1'],
      ['b', '2008-01-01', '2'],
    ];
    expect(chartOf(tableOf([CITY, MONTH, REVENUE], rows))).toMatchObject({
      mark: { type: 'line' },
      encoding: { color: { type: 'nominal' } },
      data: { values: [{ color: 'a', x: '2008-01-01', y: 1 }, { color: 'b' }] },
    });
  });

  it('is bars where figures stand by name, in the order of the rows', () => {
    const chart = chartOf(
      tableOf(
        [CITY, REVENUE],
        [
          ['b', '2'],
          ['a', '1'],
        ],
      ),
    );
    expect(chart).toMatchObject({ mark: { type: 'bar' }, encoding: { x: { sort: null } } });
  });

  it('is points where two figures stand side by side', () => {
    const columns = [column('seats', 'INTEGER'), REVENUE];
    expect(
      chartOf(
        tableOf(columns, [
          [1, '2'],
          [3, '4'],
        ]),
      ),
    ).toMatchObject({ mark: { type: 'point' } });
  });

  it.each([
    ['a single row', tableOf([CITY, REVENUE], [['a', '1']])],
    ['names alone', tableOf([CITY], [['a'], ['b']])],
    [
      'three figures',
      tableOf(
        [CITY, REVENUE, REVENUE],
        [
          ['a', '1', '2'],
          ['b', '3', '4'],
        ],
      ),
    ],
    [
      'figures that are all missing',
      tableOf(
        [CITY, REVENUE],
        [
          ['a', null],
          ['b', null],
        ],
      ),
    ],
    [
      'more bars than can be read',
      tableOf(
        [CITY, REVENUE],
        Array.from({ length: 51 }, (_, n) => [`${n}`, '1']),
      ),
    ],
  ])('is none for %s', (_, table) => {
    expect(chartOf(table)).toBeNull();
  });

  it('takes no name or value of the data for an address, a path or an expression', () => {
    const hostile = [
      column('datum.href', 'STRING'),
      { ...column("x['url']", 'DECIMAL'), label: 'https://evil.example/{signal}' },
    ];
    const rows = [
      ['https://evil.example', '1'],
      ["datum['a'] + 1", '2'],
    ];
    const chart = chartOf(tableOf(hostile, rows));
    const known = [
      'data',
      'values',
      'mark',
      'type',
      'point',
      'tooltip',
      'encoding',
      'x',
      'y',
      'field',
      'title',
      'sort',
    ];
    expect([...new Set(keysIn(chart))].filter((key) => !known.includes(key))).toEqual([]);
    // What a field is called is ours; a title is only ever shown.
    expect(chart).toMatchObject({ encoding: { x: { field: 'x' }, y: { field: 'y' } } });
  });
});
