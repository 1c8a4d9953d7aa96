import type { CrawlEngine } from './engine.js';

const TYPES: Readonly<Record<string, string>> = {
  TEXT: 'string',
  FLOAT: 'double',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP_NTZ: 'timestamp',
  TIMESTAMP_LTZ: 'timestamp with time zone',
  TIMESTAMP_TZ: 'timestamp with time zone',
  BINARY: 'binary',
  VARIANT: 'variant',
  OBJECT: 'variant',
  ARRAY: 'array',
  MAP: 'map',
};

/** So many digits always fit into 32 bits. */
const INTEGER_DIGITS = 9;

/** Snowflake's INFORMATION_SCHEMA has no columns of keys; SHOW has. */
export const engine: CrawlEngine = {
  classification: 'snowflake',
  tables: `
    SELECT table_name AS "table_name", comment AS "comment",
      table_catalog || '.' || table_schema || '.' || table_name AS "location"
    FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA()
    ORDER BY table_name`,
  columns: `
    SELECT table_name AS "table_name", column_name AS "column_name", comment AS "comment",
      CASE WHEN data_type = 'NUMBER' THEN data_type || '(' || numeric_precision || ',' || numeric_scale || ')'
        ELSE data_type END AS "type"
    FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA()
    ORDER BY table_name, ordinal_position`,
  keys: {
    text: 'SHOW PRIMARY KEYS IN SCHEMA',
    fields: { table: 'table_name', column: 'column_name' },
  },
  references: {
    text: 'SHOW IMPORTED KEYS IN SCHEMA',
    fields: {
      table: 'fk_table_name',
      column: 'fk_column_name',
      otherTable: 'pk_table_name',
      otherColumn: 'pk_column_name',
    },
  },
  // Names that were written without quotes are in capitals; a catalog has them in small letters.
  name: (name) => (name === name.toUpperCase() ? name.toLowerCase() : name),
  hiveType,
};

function hiveType(type: string): string {
  const [, digits, scale] = /^NUMBER\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (digits === undefined) return TYPES[type] ?? 'string';
  // INTEGER is NUMBER(38,0), and BIGINT leaves as text, which holds any number of digits.
  if (scale === '0') return Number(digits) <= INTEGER_DIGITS ? 'int' : 'bigint';
  return `decimal(${digits},${scale})`;
}
