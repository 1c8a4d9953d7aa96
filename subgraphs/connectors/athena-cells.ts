import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';

/** What Athena answers for a value: text of every type, and nothing for null. */
type Reader = (text: string) => Cell;

const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  boolean: 'BOOLEAN',
  tinyint: 'INTEGER',
  smallint: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  real: 'FLOAT',
  double: 'FLOAT',
  decimal: 'DECIMAL',
  date: 'DATE',
  timestamp: 'DATETIME',
  'timestamp with time zone': 'DATETIME',
  json: 'JSON',
  array: 'JSON',
  map: 'JSON',
  row: 'JSON',
};

/** The column type as which an Athena type leaves; what has none of its own leaves as text. */
export function columnTypeOfAthena(type: string): ColumnType {
  return Object.hasOwn(COLUMN_TYPES, type) ? COLUMN_TYPES[type]! : 'STRING';
}

/** How a column's values become cells, of the type that the statement expects. */
export function athenaCellReader(athenaType: string, columnType: ColumnType): Reader {
  if (athenaType === 'varbinary') return readBinary;
  switch (columnType) {
    case 'INTEGER':
    case 'FLOAT':
      return readNumber;
    case 'BOOLEAN':
      return (text) => text === 'true';
    case 'DATE':
      return (text) => text.slice(0, 10);
    case 'DATETIME':
      return readTimestamp;
    case 'JSON':
      return readJson;
    default:
      return (text) => text;
  }
}

function readNumber(text: string): Cell {
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** `48 69` is `Hi`. */
function readBinary(text: string): Cell {
  return Buffer.from(text.replaceAll(' ', ''), 'hex').toString('base64');
}

/** `2008-01-31 12:00:00.500` → `2008-01-31T12:00:00.5`; a zone is turned to UTC where it is an offset. */
function readTimestamp(text: string): Cell {
  const [, day, time, fraction = '', zone] =
    /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d+))?(?: (\S+))?$/.exec(text) ?? [];
  if (day === undefined) return text;
  const digits = fraction.replace(/0+$/, '');
  const local = `${day}T${time}`;
  const shown = (seconds: string) => (digits === '' ? seconds : `${seconds}.${digits}`);
  if (zone === undefined) return shown(local);
  if (zone === 'UTC' || zone === 'Z') return `${shown(local)}Z`;
  const instant = new Date(`${local}${zone}`);
  return Number.isNaN(instant.getTime()) ? text : `${shown(instant.toISOString().slice(0, 19))}Z`;
}

/** Arrays, maps and rows come as text without quotes, which is JSON only where it holds nothing but numbers. */
function readJson(text: string): Cell {
  try {
    return JSON.parse(text) as Cell;
  } catch {
    return text;
  }
}
