import type {
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBType,
  DuckDBUnionType,
  DuckDBUnionValue,
  DuckDBValue,
  DuckDBVariantValue,
} from '@duckdb/node-api';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';

type Reader = (value: DuckDBValue) => Cell;

const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: 'BOOLEAN',
  TINYINT: 'INTEGER',
  SMALLINT: 'INTEGER',
  INTEGER: 'INTEGER',
  UTINYINT: 'INTEGER',
  USMALLINT: 'INTEGER',
  UINTEGER: 'BIGINT',
  BIGINT: 'BIGINT',
  UBIGINT: 'BIGINT',
  HUGEINT: 'BIGINT',
  UHUGEINT: 'BIGINT',
  BIGNUM: 'BIGINT',
  FLOAT: 'FLOAT',
  DOUBLE: 'FLOAT',
  DECIMAL: 'DECIMAL',
  DATE: 'DATE',
  TIMESTAMP: 'DATETIME',
  TIMESTAMP_S: 'DATETIME',
  TIMESTAMP_MS: 'DATETIME',
  TIMESTAMP_NS: 'DATETIME',
  'TIMESTAMP WITH TIME ZONE': 'DATETIME',
  LIST: 'JSON',
  STRUCT: 'JSON',
  MAP: 'JSON',
  UNION: 'JSON',
  VARIANT: 'JSON',
};

/** The column type as which a DuckDB type leaves; what has none of its own leaves as text. */
export function columnTypeOfDuckdb(type: DuckDBType): ColumnType {
  return type.alias === 'JSON' ? 'JSON' : (COLUMN_TYPES[nameOf(type)] ?? 'STRING');
}

/** How a column's values become cells: of the type that the statement expects, or else of the engine's own. */
export function cellReader(type: DuckDBType, columnType: ColumnType): Reader {
  const read = readerOf(type);
  return (value) => {
    if (value === null) return null;
    const cell = read(value);
    return columnType === 'INTEGER' || columnType === 'FLOAT' ? asNumber(cell) : asText(cell, columnType);
  };
}

function asNumber(cell: Cell): number | null {
  return cell === null || typeof cell === 'number' ? cell : Number(cell);
}

/** An engine may count in 32 bits, or add up in floating point, where the statement expects exact text. */
function asText(cell: Cell, columnType: ColumnType): Cell {
  return typeof cell === 'number' && (columnType === 'BIGINT' || columnType === 'DECIMAL')
    ? String(cell)
    : cell;
}

function readerOf(type: DuckDBType): Reader {
  const name = nameOf(type);
  switch (name) {
    case 'VARCHAR':
      return type.alias === 'JSON'
        ? (value) => JSON.parse(String(value)) as Cell
        : (value) => value as string;
    case 'FLOAT':
      return (value) => shortestFloat(value as number);
    case 'DOUBLE':
      return (value) => (Number.isFinite(value) ? (value as number) : null);
    case 'BLOB':
      return (value) => Buffer.from((value as { bytes: Uint8Array }).bytes).toString('base64');
    case 'LIST':
      return listReader(type as DuckDBListType);
    case 'STRUCT':
      return structReader(type as DuckDBStructType);
    case 'MAP':
      return mapReader(type as DuckDBMapType);
    case 'UNION':
      return unionReader(type as DuckDBUnionType);
    case 'VARIANT':
      return (value) => readVariant(value as DuckDBVariantValue);
    default:
      return COLUMN_TYPES[name] === 'DATETIME' ? isoTimestamp : readPlain;
  }
}

/** `DECIMAL(8,2)` → `DECIMAL`; `INTEGER[]` and `INTEGER[3]` → `LIST`. */
function nameOf(type: DuckDBType): string {
  const text = String(type);
  return text.endsWith(']') ? 'LIST' : text.replace(/\(.*$/s, '');
}

/** Numbers of up to 32 bits, booleans and text as they are; all else as the engine writes it, infinity as null. */
function readPlain(value: DuckDBValue): Cell {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return isInfinite(value) ? null : String(value);
}

/** `2008-01-31 12:00:00.5+00` → `2008-01-31T12:00:00.5Z`. */
function isoTimestamp(value: DuckDBValue): Cell {
  return isInfinite(value) ? null : String(value).replace(' ', 'T').replace(/\+00$/, 'Z');
}

function isInfinite(value: DuckDBValue): boolean {
  return typeof value === 'object' && value !== null && 'isFinite' in value && !value.isFinite;
}

/** A 32-bit float in as few digits as tell it apart: 4.2, not 4.199999809265137. */
function shortestFloat(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

function inner(type: DuckDBType): Reader {
  const read = readerOf(type);
  return (value) => (value === null ? null : read(value));
}

function listReader(type: DuckDBListType): Reader {
  const read = inner(type.valueType);
  return (value) => (value as DuckDBListValue).items.map(read);
}

function structReader(type: DuckDBStructType): Reader {
  const fields = type.entryNames.map((name, index) => ({ name, read: inner(type.entryTypes[index]!) }));
  return (value) => {
    const { entries } = value as DuckDBStructValue;
    return Object.fromEntries(fields.map(({ name, read }) => [name, read(entries[name] ?? null)]));
  };
}

function mapReader(type: DuckDBMapType): Reader {
  const readKey = inner(type.keyType);
  const readValue = inner(type.valueType);
  return (value) => {
    const { entries } = value as DuckDBMapValue;
    return Object.fromEntries(entries.map((entry) => [String(readKey(entry.key)), readValue(entry.value)]));
  };
}

function unionReader(type: DuckDBUnionType): Reader {
  const readers = new Map(type.memberTags.map((tag, index) => [tag, inner(type.memberTypes[index]!)]));
  return (value) => {
    const { tag, value: member } = value as DuckDBUnionValue;
    return readers.get(tag)!(member);
  };
}

function readVariant({ value, type }: DuckDBVariantValue): Cell {
  if (value === null) return null;
  return type === undefined ? readPlain(value) : readerOf(type)(value);
}
