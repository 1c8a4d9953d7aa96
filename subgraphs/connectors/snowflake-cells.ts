import type { Column } from 'snowflake-sdk';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../sql/statement.js';
import { finite, parseJson } from './fit-cell.js';

type Reader = (value: unknown) => Cell;

/** What the SDK makes of dates and timestamps: a JavaScript date that has kept what came over the wire. */
interface SnowflakeDate {
  getEpochSeconds(): number;
  getNanoSeconds(): number;
}

/** More digits than this do not fit into 32 bits. */
const INTEGER_DIGITS = 9;

/** The column type as which a column leaves; what has none of its own leaves as text. */
export function columnTypeOfSnowflake(column: Column): ColumnType {
  if (column.isNumber()) return numberType(column);
  if (column.isBoolean()) return 'BOOLEAN';
  if (column.isDate()) return 'DATE';
  if (column.isTimestamp()) return 'DATETIME';
  return isNested(column) ? 'JSON' : 'STRING';
}

function numberType(column: Column): ColumnType {
  if (column.getType() === 'real') return 'FLOAT';
  if (column.getScale() > 0) return 'DECIMAL';
  return column.getPrecision() <= INTEGER_DIGITS ? 'INTEGER' : 'BIGINT';
}

function isNested(column: Column): boolean {
  return column.isVariant() || column.isObject() || column.isArray() || column.isMap();
}

/** How a column's values become cells, of the type that the statement expects. Numbers come as text. */
export function snowflakeCellReader(column: Column, type: ColumnType): Reader {
  if (column.isDate()) return (value) => isoDay(value as SnowflakeDate);
  if (column.isTimestamp()) return timestampReader(column, type);
  // `12:30:00.500000000` → `12:30:00.5`
  if (column.isTime()) return (value) => String(value).replace(/(?:\.|(\.\d*[1-9]))0*$/, '$1');
  if (column.isBinary()) return (value) => (value as Buffer).toString('base64');
  if (isNested(column)) return readNested;
  if (column.isNumber() && (type === 'INTEGER' || type === 'FLOAT')) return (value) => finite(Number(value));
  return (value) => value as Cell;
}

function timestampReader(column: Column, type: ColumnType): Reader {
  if (type === 'DATE') return (value) => isoDay(value as SnowflakeDate);
  const zone = column.isTimestampNtz() ? '' : 'Z';
  return (value) => `${isoTime(value as SnowflakeDate)}${zone}`;
}

function isoDay(date: SnowflakeDate): string {
  return isoTime(date).split('T')[0]!;
}

/** Without a zone, whose clock it is: the seconds count as if the clock stood in Greenwich. */
function isoTime(date: SnowflakeDate): string {
  return `${new Date(date.getEpochSeconds() * 1_000).toISOString().replace(/\.000Z$/, '')}${fraction(date)}`;
}

function fraction(date: SnowflakeDate): string {
  const nanoseconds = date.getNanoSeconds();
  return nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
}

/** VARIANT, OBJECT and ARRAY come as JSON text; structured types the SDK has read already. */
function readNested(value: unknown): Cell {
  return typeof value === 'string' ? parseJson(value) : (plain(value) as Cell);
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return isoTime(value as unknown as SnowflakeDate);
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}
