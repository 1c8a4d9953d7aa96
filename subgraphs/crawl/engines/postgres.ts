import { type CrawlEngine, KEY_FIELDS, REFERENCE_FIELDS } from './engine.js';

const TYPES: Readonly<Record<string, string>> = {
  integer: 'int',
  real: 'float',
  'double precision': 'double',
  numeric: 'decimal',
  'character varying': 'varchar',
  character: 'char',
  bytea: 'binary',
  varbyte: 'binary',
  'binary varying': 'binary',
  jsonb: 'json',
  bpchar: 'char',
};
/** Types that keep their name, but for what stands in brackets. */
const KEPT = /^(smallint|bigint|boolean|date|json|super|timestamp (with|without) time zone)$/;

/**
 * PostgreSQL, and Redshift, whose catalog is PostgreSQL's. `information_schema` would show the keys of a table only to
 * who may write to it; `pg_catalog` shows them to everybody.
 */
export const engine: CrawlEngine = {
  classification: 'postgresql',
  tables: `
    SELECT c.relname AS table_name, obj_description(c.oid, 'pg_class') AS comment,
      current_database() || '.' || n.nspname || '.' || c.relname AS location
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ORDER BY c.relname`,
  columns: `
    SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, a.atttypmod) AS type,
      col_description(c.oid, a.attnum) AS comment
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`,
  keys: {
    text: `
      SELECT c.relname AS table_name, a.attname AS column_name
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(k.conkey)
      WHERE n.nspname = current_schema() AND k.contype = 'p'
      ORDER BY c.relname, a.attnum`,
    fields: KEY_FIELDS,
  },
  references: {
    text: `
      SELECT c.relname AS table_name, a.attname AS column_name, o.relname AS other_table, b.attname AS other_column
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class o ON o.oid = k.confrelid AND o.relnamespace = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      JOIN pg_attribute b ON b.attrelid = o.oid AND b.attnum = k.confkey[1]
      WHERE n.nspname = current_schema() AND k.contype = 'f' AND array_upper(k.conkey, 1) = 1
      ORDER BY c.relname, a.attnum`,
    fields: REFERENCE_FIELDS,
  },
  name: (name) => name,
  hiveType,
};

/** `numeric(10,2)` → `decimal(10,2)`; what has no Hive type of its own is a string. */
function hiveType(type: string): string {
  const element = /^(.+)\[\]$/.exec(type)?.[1];
  if (element !== undefined) return `array<${hiveType(element)}>`;
  const [, start = '', brackets = '', end = ''] = /^([^(]+)(\([\d,]+\))?(.*)$/.exec(type) ?? [];
  const name = `${start}${end}`;
  if (KEPT.test(name)) return name;
  const known = TYPES[name];
  return known === undefined ? 'string' : `${known}${/^(decimal|varchar|char)$/.test(known) ? brackets : ''}`;
}
