import { type CrawlEngine, KEY_FIELDS, REFERENCE_FIELDS } from './engine.js';

/** By the type's name and whether it is unsigned; every value of the type fits. */
const TYPES: Readonly<Record<string, string>> = {
  tinyint: 'tinyint',
  'tinyint unsigned': 'smallint',
  smallint: 'smallint',
  'smallint unsigned': 'int',
  mediumint: 'int',
  'mediumint unsigned': 'int',
  int: 'int',
  'int unsigned': 'bigint',
  bigint: 'bigint',
  'bigint unsigned': 'decimal(20,0)',
  float: 'float',
  double: 'double',
  year: 'int',
  date: 'date',
  datetime: 'timestamp',
  timestamp: 'timestamp',
  json: 'json',
};

/** MySQL, Aurora MySQL and MariaDB. */
export const engine: CrawlEngine = {
  classification: 'mysql',
  tables: `
    SELECT table_name AS table_name, CASE WHEN table_type = 'VIEW' THEN '' ELSE table_comment END AS comment,
      CONCAT(table_schema, '.', table_name) AS location
    FROM information_schema.tables WHERE table_schema = DATABASE()
    ORDER BY table_name`,
  columns: `
    SELECT table_name AS table_name, column_name AS column_name, column_type AS type, column_comment AS comment
    FROM information_schema.columns WHERE table_schema = DATABASE()
    ORDER BY table_name, ordinal_position`,
  keys: {
    text: `
      SELECT table_name AS table_name, column_name AS column_name
      FROM information_schema.key_column_usage
      WHERE table_schema = DATABASE() AND constraint_name = 'PRIMARY'
      ORDER BY table_name, ordinal_position`,
    fields: KEY_FIELDS,
  },
  references: {
    text: `
      SELECT table_name AS table_name, MIN(column_name) AS column_name, MIN(referenced_table_name) AS other_table,
        MIN(referenced_column_name) AS other_column
      FROM information_schema.key_column_usage
      WHERE table_schema = DATABASE() AND referenced_table_schema = table_schema
      GROUP BY table_name, constraint_name
      HAVING COUNT(*) = 1
      ORDER BY 1, 2`,
    fields: REFERENCE_FIELDS,
  },
  name: (name) => name,
  hiveType,
};

/** `int(11) unsigned` → `bigint`. */
function hiveType(type: string): string {
  const text = type.toLowerCase();
  if (text === 'tinyint(1)') return 'boolean';
  const [, name = '', brackets = '', rest = ''] = /^(\w+)(\([\d,]+\))?(.*)$/s.exec(text) ?? [];
  if (name === 'decimal' || name === 'varchar' || name === 'char') return `${name}${brackets}`;
  if (/blob$|binary$/.test(name)) return 'binary';
  return TYPES[rest.includes('unsigned') ? `${name} unsigned` : name] ?? TYPES[name] ?? 'string';
}
