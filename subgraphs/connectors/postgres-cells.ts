import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';
import { finite, fitCell, parseJson } from './fit-cell.js';

/** What PostgreSQL calls its types on the wire: pg_type.oid, fixed since ever. */
const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  16: 'BOOLEAN',
  20: 'BIGINT',
  21: 'INTEGER',
  23: 'INTEGER',
  26: 'BIGINT',
  114: 'JSON',
  700: 'FLOAT',
  701: 'FLOAT',
  1082: 'DATE',
  1114: 'DATETIME',
  1184: 'DATETIME',
  1700: 'DECIMAL',
  3802: 'JSON',
  // Redshift's SUPER.
  4000: 'JSON',
};

const BYTEA = 17;
/** Redshift's VARBYTE, whose text is hexadecimal without a mark. */
const VARBYTE = 6551;

/** The element's type of each array type. */
const ELEMENTS: Readonly<Record<number, number>> = {
  199: 114,
  1000: 16,
  1001: 17,
  1005: 21,
  1007: 23,
  1009: 25,
  1014: 1042,
  1015: 1043,
  1016: 20,
  1021: 700,
  1022: 701,
  1028: 26,
  1115: 1114,
  1182: 1082,
  1183: 1083,
  1185: 1184,
  1231: 1700,
  2951: 2950,
  3807: 3802,
};

/** The column type as which a type leaves; what has none of its own leaves as text. */
export function columnTypeOfPostgres(oid: number): ColumnType {
  return ELEMENTS[oid] === undefined ? (COLUMN_TYPES[oid] ?? 'STRING') : 'JSON';
}

/** How the text of a value, in a session whose zone is UTC, becomes a cell of the type that is expected. */
export function postgresCellReader(oid: number, columnType: ColumnType): (text: string | null) => Cell {
  const read = readerOf(oid);
  // Most columns are of the type that is expected, and fit as they are read.
  if (columnTypeOfPostgres(oid) === columnType && columnType !== 'FLOAT' && columnType !== 'JSON')
    return (text) => (text === null ? null : read(text));
  return (text) => (text === null ? null : fitCell(read(text), columnType));
}

function readerOf(oid: number): (text: string) => Cell {
  const element = ELEMENTS[oid];
  if (element !== undefined) {
    const read = readerOf(element);
    return (text) => readArray(text, read);
  }
  if (oid === BYTEA) return (text) => Buffer.from(text.slice(2), 'hex').toString('base64');
  if (oid === VARBYTE) return (text) => Buffer.from(text, 'hex').toString('base64');
  switch (COLUMN_TYPES[oid]) {
    case 'BOOLEAN':
      return (text) => text === 't';
    case 'INTEGER':
      return Number;
    case 'FLOAT':
      return (text) => finite(Number(text));
    case 'DECIMAL':
      return (text) => (/^-?\d/.test(text) ? text : null);
    case 'DATE':
      return (text) => (isInfinite(text) ? null : text);
    case 'DATETIME':
      return (text) => (isInfinite(text) ? null : text.replace(' ', 'T').replace(/\+00$/, 'Z'));
    case 'JSON':
      return parseJson;
    default:
      return (text) => text;
  }
}

function isInfinite(text: string): boolean {
  return text === 'infinity' || text === '-infinity';
}

/** Reads `{1,NULL,"a \"b\""}` and arrays of arrays. Bounds that do not start at 1 (`[0:1]={…}`) are left out. */
export function readArray(text: string, read: (text: string) => Cell): Cell[] {
  let position = text.indexOf('{');

  function items(): Cell[] {
    const found: Cell[] = [];
    position += 1;
    while (position < text.length && text[position] !== '}') {
      if (text[position] === ',') position += 1;
      else found.push(item());
    }
    position += 1;
    return found;
  }

  function item(): Cell {
    if (text[position] === '{') return items();
    if (text[position] === '"') return read(quoted());
    const end = text.slice(position).search(/[,}]/) + position;
    const word = text.slice(position, end);
    position = end;
    return word === 'NULL' ? null : read(word);
  }

  function quoted(): string {
    let value = '';
    for (position += 1; text[position] !== '"'; position++) {
      if (text[position] === '\\') position += 1;
      value += text[position];
    }
    position += 1;
    return value;
  }

  return items();
}
