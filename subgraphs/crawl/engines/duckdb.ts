import { type CrawlEngine, KEY_FIELDS, REFERENCE_FIELDS } from './engine.js';

const TYPES: Readonly<Record<string, string>> = {
  integer: 'int',
  utinyint: 'smallint',
  usmallint: 'int',
  uinteger: 'bigint',
  ubigint: 'decimal(20,0)',
  hugeint: 'decimal(38,0)',
  uhugeint: 'decimal(38,0)',
  varchar: 'string',
  blob: 'binary',
  uuid: 'string',
  time: 'string',
  interval: 'string',
  bit: 'string',
  'timestamp with time zone': 'timestamp with time zone',
};

/** DuckDB, in which demo data and folders of files are kept: where these lie is no part of a catalog. */
export const engine: CrawlEngine = {
  classification: undefined,
  tables: `
    SELECT table_name, comment, NULL AS location FROM duckdb_tables()
    WHERE database_name = current_database() AND schema_name = current_schema() AND NOT internal
    UNION ALL
    SELECT view_name, comment, NULL FROM duckdb_views()
    WHERE database_name = current_database() AND schema_name = current_schema() AND NOT internal
    ORDER BY 1`,
  columns: `
    SELECT table_name, column_name, data_type AS type, comment FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = current_schema() AND NOT internal
    ORDER BY table_name, column_index`,
  keys: {
    text: `
      SELECT table_name, unnest(constraint_column_names) AS column_name FROM duckdb_constraints()
      WHERE database_name = current_database() AND schema_name = current_schema()
        AND constraint_type = 'PRIMARY KEY'`,
    fields: KEY_FIELDS,
  },
  references: {
    text: `
      SELECT table_name, constraint_column_names[1] AS column_name, referenced_table AS other_table,
        referenced_column_names[1] AS other_column
      FROM duckdb_constraints()
      WHERE database_name = current_database() AND schema_name = current_schema()
        AND constraint_type = 'FOREIGN KEY' AND len(constraint_column_names) = 1`,
    fields: REFERENCE_FIELDS,
  },
  name: (name) => name,
  hiveType,
};

function hiveType(type: string): string {
  const text = type.toLowerCase();
  const element = /^(.+)\[\d*\]$/s.exec(type)?.[1];
  if (element !== undefined) return `array<${hiveType(element)}>`;
  if (/^(struct|union)\(/.test(text)) return 'struct';
  if (text.startsWith('map(')) return 'map';
  if (text.startsWith('enum(')) return 'string';
  if (/^timestamp(_s|_ms|_ns)$/.test(text)) return 'timestamp';
  return TYPES[text] ?? text;
}
