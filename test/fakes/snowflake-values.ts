import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { shortest } from './duckdb-engine.js';

const TYPES: Readonly<Record<string, { type: string; precision?: number; scale?: number }>> = {
  BOOLEAN: { type: 'boolean' },
  TINYINT: { type: 'fixed', precision: 3, scale: 0 },
  SMALLINT: { type: 'fixed', precision: 5, scale: 0 },
  INTEGER: { type: 'fixed', precision: 9, scale: 0 },
  BIGINT: { type: 'fixed', precision: 38, scale: 0 },
  HUGEINT: { type: 'fixed', precision: 38, scale: 0 },
  FLOAT: { type: 'real' },
  DOUBLE: { type: 'real' },
  VARCHAR: { type: 'text' },
  DATE: { type: 'date' },
  TIME: { type: 'time', scale: 9 },
  TIMESTAMP: { type: 'timestamp_ntz', scale: 9 },
  'TIMESTAMP WITH TIME ZONE': { type: 'timestamp_tz', scale: 9 },
  BLOB: { type: 'binary' },
};

/** A result's column as Snowflake describes it. */
export function snowflakeColumn(name: string, type: DuckDBType) {
  const text = String(type);
  const known =
    type instanceof DuckDBDecimalType
      ? { type: 'fixed', precision: type.width, scale: type.scale }
      : text.endsWith(']')
        ? { type: 'array' }
        : text.startsWith('STRUCT')
          ? { type: 'object' }
          : type.alias === 'JSON'
            ? { type: 'variant' }
            : (TYPES[text] ?? { type: 'text' });
  return { name, nullable: true, length: null, byteLength: null, precision: null, scale: null, ...known };
}

const MICROSECONDS = 1_000_000n;

/** A value as Snowflake's JSON results hold it: text of every type, and null. */
export function snowflakeValue(value: DuckDBValue, type: DuckDBType): string | null {
  if (value === null) return null;
  if (type.alias === 'JSON') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof DuckDBDateValue) return String(value.days);
  if (value instanceof DuckDBTimeValue) return seconds(value.micros);
  if (value instanceof DuckDBTimestampValue) return seconds(value.micros);
  // Version 1 of the result format: the seconds, then the zone's minutes past -1440.
  if (value instanceof DuckDBTimestampTZValue) return `${seconds(value.micros)} ${1_440 + 120}`;
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex').toUpperCase();
  if (value instanceof DuckDBListValue || value instanceof DuckDBStructValue) {
    return JSON.stringify(plain(value), undefined, 2);
  }
  if (Number.isNaN(value)) return 'NaN';
  if (typeof value === 'number' && Number.isFinite(value)) return String(shortest(value, type));
  return value === Number.POSITIVE_INFINITY ? 'inf' : String(value);
}

/** `1201780800.500000000`; before 1970 the number is negative, its fraction included. */
function seconds(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const fraction = String((size % MICROSECONDS) * 1_000n).padStart(9, '0');
  return `${micros < 0n ? '-' : ''}${size / MICROSECONDS}.${fraction}`;
}

function plain(value: DuckDBValue): unknown {
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, item]) => [name, plain(item)]));
  }
  return typeof value === 'bigint' ? Number(value) : value;
}
