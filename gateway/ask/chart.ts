import type { Cell } from '../../subgraphs/sql/statement.js';
import type { Answer, AnswerColumn, AnswerTable } from './answer-types.js';

/** More marks than this say nothing to anybody. */
const MOST_POINTS = 1_000;
const MOST_BARS = 50;
const NUMBERS = new Set<AnswerColumn['type']>(['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT']);
const TIMES = new Set<AnswerColumn['type']>(['DATE', 'DATETIME']);
const NAMES = new Set<AnswerColumn['type']>(['STRING', 'BOOLEAN']);
/** Periods that come as numbers: 2008, or the third quarter. */
const PERIOD = /\b(year|quarter|month|week|day|hour)\b/i;

type Role = 'time' | 'period' | 'name' | 'number';

/**
 * A Vega-Lite specification for a table, by its shape alone: figures over time are a line, one for each name where there
 * are names too; figures by name are bars; two figures are points. Null for any other shape. The data stand in it under
 * names of our own, so that no name or value of a source is ever taken for an address, a path or an expression.
 */
export function chartOf(table: AnswerTable | null): Answer['chart'] {
  if (table === null || table.rows.length < 2 || table.rows.length > MOST_POINTS) return null;
  const { columns } = table;
  const roles = columns.map(roleOf);
  switch (roles.join(' ')) {
    case 'time number':
    case 'period number':
      return specification(table, 'line', { x: 0, y: 1 });
    case 'time name number':
    case 'period name number':
      return specification(table, 'line', { x: 0, y: 2, color: 1 });
    case 'name time number':
    case 'name period number':
      return specification(table, 'line', { x: 1, y: 2, color: 0 });
    case 'name number':
      return table.rows.length > MOST_BARS ? null : specification(table, 'bar', { x: 0, y: 1 });
    case 'number number':
      return specification(table, 'point', { x: 0, y: 1 });
    default:
      return null;
  }
}

function roleOf({ type, label }: AnswerColumn, index: number): Role | 'other' {
  if (TIMES.has(type)) return 'time';
  if (NAMES.has(type)) return 'name';
  if (type === 'INTEGER' && index < 2 && PERIOD.test(label)) return 'period';
  return NUMBERS.has(type) ? 'number' : 'other';
}

type Channel = 'x' | 'y' | 'color';

function specification(
  { columns, rows }: AnswerTable,
  mark: 'line' | 'bar' | 'point',
  channels: Readonly<Partial<Record<Channel, number>>>,
): Answer['chart'] {
  const used = Object.entries(channels) as [Channel, number][];
  const values = rows.flatMap((row) => {
    const datum = Object.fromEntries(
      used.map(([channel, index]) => [channel, datumOf(row[index] ?? null, columns[index]!)]),
    );
    return Object.values(datum).includes(null) ? [] : [datum];
  });
  if (values.length < 2) return null;
  const encoding = Object.fromEntries(
    used.map(([channel, index]) => [channel, encode(channel, columns[index]!, index)]),
  );
  return {
    data: { values },
    mark: mark === 'line' ? { type: mark, point: true, tooltip: true } : { type: mark, tooltip: true },
    encoding,
  };
}

/** Exact numbers are text in a table, which a chart would sort as words. An instant without a zone is meant as UTC. */
function datumOf(cell: Cell, { type }: AnswerColumn): string | number | boolean | null {
  if (cell === null) return null;
  if (NUMBERS.has(type)) return Number.isFinite(Number(cell)) ? Number(cell) : null;
  if (TIMES.has(type)) return `${String(cell).slice(0, 19)}${String(cell).includes('T') ? 'Z' : ''}`;
  return typeof cell === 'boolean' ? cell : String(cell);
}

function encode(channel: Channel, column: AnswerColumn, index: number): Readonly<Record<string, unknown>> {
  const { label, unit } = column;
  const title = unit === null ? label : `${label} (${unit})`;
  switch (roleOf(column, index)) {
    case 'time':
      return { field: channel, type: 'temporal', title, scale: { type: 'utc' } };
    case 'period':
      return { field: channel, type: 'ordinal', title };
    case 'name':
      // In the order of the rows, which is the order that was asked for.
      return { field: channel, type: 'nominal', title, sort: null };
    default:
      return { field: channel, type: 'quantitative', title };
  }
}
