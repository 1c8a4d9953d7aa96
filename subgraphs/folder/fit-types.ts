import type { DuckDBConnection } from '@duckdb/node-api';
import { type HiveType, isKnownPrimitive, parseHiveType } from '../../schema/hive-type.js';
import { literal } from '../connectors/demo-data.js';
import { engine as duckdbCrawl } from '../crawl/engines/duckdb.js';
import { quoted } from './folder-names.js';
import { type Hint, rowsOf, type StagedColumn } from './staged-table.js';

/** A type that a column may have. */
export interface Form {
  readonly hiveType: string;
  /** The column's value in that type, as SQL. */
  readonly expression: string;
  /** What holds for a value that loses nothing by it, as SQL; absent where that is any value. */
  readonly fits: string | undefined;
}

/** A type that a catalog wants first, then those of the source, then the one it has; text takes everything. */
export function formsOf(column: StagedColumn, wanted: string | undefined): Form[] {
  const own = ownForm(column);
  const hints: Hint[] = [...(wanted === undefined ? [] : [{ type: wanted }]), ...column.hints];
  return [
    ...hints.flatMap((hint) => formOf(column, hint) ?? []),
    ...(own === undefined ? [] : [own]),
    textForm(column),
  ];
}

/** Of each column the first form that all of its values fit. */
export async function chooseForms(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly (readonly Form[])[],
): Promise<Form[]> {
  const tests = columns.flatMap((forms, column) =>
    forms.flatMap(({ fits }, form) => (fits === undefined ? [] : [{ column, form, fits }])),
  );
  const counts = tests.map(
    ({ fits }, index) => `count(*) FILTER (WHERE NOT coalesce(${fits}, true)) AS t${index}`,
  );
  const [found] =
    counts.length === 0 ? [{}] : await rowsOf(connection, `SELECT ${counts.join(', ')} FROM ${relation}`);
  const failed = new Set(
    tests
      .filter((_, index) => Number(found?.[`t${index}`]) > 0)
      .map(({ column, form }) => `${column} ${form}`),
  );
  return columns.map((forms, column) => forms.find((_, form) => !failed.has(`${column} ${form}`))!);
}

function textForm({ name, type }: StagedColumn): Form {
  const column = quoted(name);
  const expression = type === 'BLOB' ? `to_base64(${column})` : `CAST(${column} AS VARCHAR)`;
  return { hiveType: 'string', expression: type === 'VARCHAR' ? column : expression, fits: undefined };
}

/** The type that the source itself has for the column; undefined where there is none but text. */
function ownForm(column: StagedColumn): Form | undefined {
  const { name, type } = column;
  if (type === 'VARCHAR') return undefined;
  const hiveType = type === 'JSON' ? 'json' : duckdbCrawl.hiveType(type);
  const asItIs = { hiveType, expression: quoted(name), fits: undefined };
  if (isNested(type) || type === 'BLOB' || type === 'JSON' || /^TIMESTAMP/.test(type)) return asItIs;
  return formOf(column, { type: hiveType });
}

function isNested(type: string): boolean {
  return /^(STRUCT|MAP|UNION)\(|\]$/.test(type);
}

function formOf(column: StagedColumn, { type: text, format }: Hint): Form | undefined {
  const type = parseHiveType(text);
  const target = duckdbType(type);
  if (target === undefined) return undefined;
  const name = quoted(column.name);
  const hiveType = text.toLowerCase();
  if (target === 'VARCHAR') return { ...textForm(column), hiveType };
  if (column.type === target) return { hiveType, expression: name, fits: undefined };
  if (isNested(column.type) || column.type === 'BLOB') return undefined;
  const cast = `TRY_CAST(${name} AS ${target})`;
  if (column.type !== 'VARCHAR') {
    const back = `TRY_CAST(${cast} AS ${column.type})`;
    return {
      hiveType,
      expression: `CAST(${name} AS ${target})`,
      fits: `${name} IS NULL OR coalesce(${back} = ${name}, false)`,
    };
  }
  const expression =
    format === undefined ? cast : `CAST(try_strptime(trim(${name}), ${literal(format)}) AS ${target})`;
  const written = format === undefined ? patternOf(target) : undefined;
  const looksRight = written === undefined ? 'true' : `regexp_full_match(trim(${name}), ${literal(written)})`;
  return {
    hiveType,
    expression,
    fits: `${name} IS NULL OR (${expression} IS NOT NULL AND ${looksRight})`,
  };
}

const WHOLE = '-?(0|[1-9][0-9]*)';

/**
 * How a value is written that a type takes without loss. DuckDB would round `1.5` to a whole number, read `007` as 7
 * and `t` as true, and drop the time of day from a date.
 */
function patternOf(target: string): string | undefined {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(target)) return WHOLE;
  if (/^(FLOAT|DOUBLE)$/.test(target)) {
    // Beyond 15 digits a number is a code, of which a floating-point number would lose the last ones.
    return '-?(0|[1-9][0-9]{0,14})?(\\.[0-9]*)?([eE][+-]?[0-9]+)?';
  }
  const decimal = /^DECIMAL\(\d+,(\d+)\)$/.exec(target);
  if (decimal !== null) return `-?(0|[1-9][0-9]*)?(\\.[0-9]{0,${decimal[1]}}0*)?`;
  if (target === 'BOOLEAN') return '(?i)true|false';
  if (target === 'DATE') return '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}';
  if (target.startsWith('TIMESTAMP')) return '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*';
  return undefined;
}

const DUCKDB_TYPES: Readonly<Record<string, string>> = {
  tinyint: 'TINYINT',
  byte: 'TINYINT',
  smallint: 'SMALLINT',
  short: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  long: 'BIGINT',
  float: 'FLOAT',
  real: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamp_ntz: 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  timestamp_ltz: 'TIMESTAMP WITH TIME ZONE',
  json: 'JSON',
};

/** Undefined for what a file's own nested values have anyway, and for what is no type. */
function duckdbType(type: HiveType): string | undefined {
  if (type.kind !== 'primitive') return undefined;
  if (['decimal', 'dec', 'numeric'].includes(type.name)) {
    const [precision = 10, scale = 0] = type.arguments;
    return precision <= 38 && scale <= precision ? `DECIMAL(${precision},${scale})` : undefined;
  }
  return DUCKDB_TYPES[type.name] ?? (isKnownPrimitive(type.name) ? 'VARCHAR' : undefined);
}
