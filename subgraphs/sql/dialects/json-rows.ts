import type { Column } from '../../../schema/catalog.js';

/**
 * How an engine gathers related rows into one JSON value. A cell is text wherever JSON's numbers would lose digits, and
 * `jsonCellReader` makes of it what the engine's connector makes of the column itself.
 */
export interface JsonRows {
  /** So many levels of lists in lists are faster in one statement than by batches; measured. */
  readonly maximumLevels: number;
  /** A row has at most so many cells. */
  readonly maximumCells: number;
  /** The cell of a column; absent where it is not certain to be read as the column itself is. */
  cell(operand: string, column: Column): string | undefined;
  /** A JSON list of cells, each of them a `cell`, a whole number or a `list`. */
  row(cells: readonly string[]): string;
  /** An aggregate: the JSON list of a group's rows, in any order. */
  gather(row: string): string;
  /** A list that was gathered in a query inside, as a cell. */
  list(operand: string): string;
}

/** Types that leave as text, of which engines have forms of their own: only connectors know to read them. */
const UNCERTAIN: ReadonlySet<string> = new Set([
  'binary',
  'varbinary',
  'time',
  'timestamptz',
  'timestamp_ltz',
  'uuid',
  'void',
  'interval_year_month',
  'interval_day_time',
]);

function typeNameOf({ type }: Column): string {
  return type.kind === 'primitive' ? type.name : type.kind;
}

function isCertain(column: Column): boolean {
  return column.columnType !== 'JSON' && !UNCERTAIN.has(typeNameOf(column));
}

export const duckdbJsonRows = {
  maximumLevels: Number.POSITIVE_INFINITY,
  maximumCells: Number.POSITIVE_INFINITY,
  cell(operand, column) {
    if (!isCertain(column)) return undefined;
    const isPlain = column.columnType === 'INTEGER' || column.columnType === 'BOOLEAN';
    return isPlain ? operand : `CAST(${operand} AS VARCHAR)`;
  },
  row: (cells) => `json_array(${cells.join(', ')})`,
  gather: (row) => `json_group_array(${row})`,
  list: (operand) => operand,
} as const satisfies JsonRows;

/** A function takes at most 100 arguments. A CHAR keeps its blanks as it is, but would lose them as TEXT. */
export const postgresJsonRows = {
  maximumLevels: Number.POSITIVE_INFINITY,
  maximumCells: 100,
  cell(operand, column) {
    if (!isCertain(column)) return undefined;
    switch (column.columnType) {
      case 'INTEGER':
      case 'FLOAT':
      case 'BOOLEAN':
        return operand;
      default:
        return typeNameOf(column) === 'char' ? operand : `CAST(${operand} AS TEXT)`;
    }
  },
  row: (cells) => `json_build_array(${cells.join(', ')})`,
  gather: (row) => `json_agg(${row})`,
  list: (operand) => operand,
} as const satisfies JsonRows;

/**
 * What MySQL 8.0 and MariaDB share. A 32-bit FLOAT has no text that tells all its values apart. A list that leaves a
 * query inside is text to MariaDB until it is read as JSON again; and MariaDB cuts a list that is too long, with no
 * more than a warning, which shows in its number of rows.
 */
export const mysqlJsonRows = {
  // MariaDB runs a named query once for each mention of it.
  maximumLevels: 1,
  maximumCells: Number.POSITIVE_INFINITY,
  cell(operand, column) {
    if (!isCertain(column)) return undefined;
    switch (column.columnType) {
      case 'INTEGER':
      case 'BOOLEAN':
        // A BIT would be bytes.
        return `(${operand} + 0)`;
      case 'FLOAT':
        return typeNameOf(column) === 'double' ? `CAST(${operand} AS CHAR)` : undefined;
      case 'BIGINT':
      case 'DECIMAL':
        return `CAST(${operand} + 0 AS CHAR)`;
      default:
        return `CONVERT(${operand} USING utf8mb4)`;
    }
  },
  row: (cells) => `JSON_ARRAY(${cells.join(', ')})`,
  gather: (row) => `JSON_ARRAYAGG(${row})`,
  list: (operand) => `JSON_EXTRACT(${operand}, '$')`,
} as const satisfies JsonRows;

/**
 * Snowflake makes `undefined` of a null in a list, so nulls are JSON's. A FLOAT has 15 digits in JSON, which may be too
 * few.
 */
export const snowflakeJsonRows = {
  maximumLevels: Number.POSITIVE_INFINITY,
  maximumCells: Number.POSITIVE_INFINITY,
  cell(operand, column) {
    if (!isCertain(column)) return undefined;
    switch (column.columnType) {
      case 'FLOAT':
        return undefined;
      case 'BIGINT':
      case 'DECIMAL':
        return snowflakeCell(`TO_VARCHAR(${operand})`);
      case 'DATE':
        return snowflakeCell(`TO_VARCHAR(${operand}, 'YYYY-MM-DD')`);
      case 'DATETIME':
        return snowflakeCell(`TO_VARCHAR(${operand}, 'YYYY-MM-DD HH24:MI:SS.FF9')`);
      default:
        return snowflakeCell(operand);
    }
  },
  row: (cells) => `ARRAY_CONSTRUCT(${cells.join(', ')})`,
  gather: (row) => `ARRAY_AGG(${row})`,
  list: snowflakeCell,
} as const satisfies JsonRows;

function snowflakeCell(operand: string): string {
  return `COALESCE(TO_VARIANT(${operand}), PARSE_JSON('null'))`;
}

/** The cells are JSON each, since a list has one type; the last list is text, as Athena gives every value. */
export const athenaJsonRows = {
  maximumLevels: Number.POSITIVE_INFINITY,
  maximumCells: Number.POSITIVE_INFINITY,
  cell(operand, column) {
    if (!isCertain(column)) return undefined;
    switch (column.columnType) {
      case 'BIGINT':
      case 'DECIMAL':
      case 'DATE':
      case 'DATETIME':
        return `CAST(CAST(${operand} AS VARCHAR) AS JSON)`;
      default:
        return `CAST(${operand} AS JSON)`;
    }
  },
  row: (cells) =>
    `ARRAY[${cells.map((cell) => (cell.startsWith('CAST(') ? cell : `CAST(${cell} AS JSON)`)).join(', ')}]`,
  gather: (row) => `JSON_FORMAT(CAST(ARRAY_AGG(${row}) AS JSON))`,
  list: (operand) => `JSON_PARSE(${operand})`,
} as const satisfies JsonRows;
