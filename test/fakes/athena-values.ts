import {
  DuckDBBlobValue,
  DuckDBDecimalType,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { shortest } from './duckdb-engine.js';

const TYPES: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'varchar',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
  BLOB: 'varbinary',
};

/** A result's column as Athena describes it. */
export function athenaColumn(name: string, type: DuckDBType) {
  const text = String(type);
  const Type =
    type instanceof DuckDBDecimalType
      ? 'decimal'
      : text.endsWith(']')
        ? 'array'
        : text.startsWith('STRUCT')
          ? 'row'
          : text.startsWith('MAP')
            ? 'map'
            : type.alias === 'JSON'
              ? 'json'
              : (TYPES[text] ?? 'varchar');
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type,
    Precision: type instanceof DuckDBDecimalType ? type.width : 0,
    Scale: type instanceof DuckDBDecimalType ? type.scale : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: false,
  };
}

/** A value as Athena writes it: always text, containers without quotes, a missing value as no text at all. */
export function athenaValue(value: DuckDBValue, type: DuckDBType): { VarCharValue?: string } {
  if (value === null) return {};
  return { VarCharValue: written(typeof value === 'number' ? shortest(value, type) : value) };
}

function written(value: DuckDBValue): string {
  if (value === null) return 'null';
  if (value instanceof DuckDBBlobValue) {
    return [...value.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  }
  if (value instanceof DuckDBListValue) return `[${value.items.map(written).join(', ')}]`;
  if (value instanceof DuckDBStructValue) {
    return `{${Object.entries(value.entries)
      .map(([name, item]) => `${name}=${written(item)}`)
      .join(', ')}}`;
  }
  if (value instanceof DuckDBMapValue) {
    return `{${value.entries.map((entry) => `${written(entry.key)}=${written(entry.value)}`).join(', ')}}`;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : writtenDouble(value);
  return writtenTime(String(value));
}

function writtenDouble(value: number): string {
  return Math.abs(value) >= 1e7 ? value.toExponential().replace('e+', 'E').toUpperCase() : String(value);
}

/** Times have three digits of a second and a zone's name: `2008-01-31 12:00:00.000 UTC`. */
function writtenTime(text: string): string {
  const [, start, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d+))?(\+00)?$/.exec(text) ?? [];
  return start === undefined
    ? text
    : `${start}.${fraction.padEnd(3, '0')}${zone === undefined ? '' : ' UTC'}`;
}
