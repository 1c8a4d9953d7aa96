import type { DatePart, Grain, LiteralType, LiteralValue } from '../table-query.js';
import { decimalType, doubleQuoted, limitOffset, nullsOrder, quotedText, standardLiteral } from './common.js';
import type { Dialect } from './dialect.js';
import { duckdbJsonRows } from './json-rows.js';
import { commonMasking } from './masking.js';

const PARTS: Readonly<Record<DatePart, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  DAY: 'day',
  DAY_OF_WEEK: 'isodow',
  HOUR: 'hour',
};

const TYPES: Readonly<Record<Exclude<LiteralType, 'DECIMAL'>, string>> = {
  STRING: 'VARCHAR',
  INTEGER: 'INTEGER',
  BIGINT: 'BIGINT',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
};

/** DuckDB's SQL, and so the SQL of every domain that runs on the embedded engine. */
export const duckdbDialect = {
  name: 'duckdb',
  placeholders: 'numbered',
  placeholdersIn: 'statement',

  quote: doubleQuoted,

  // Bound numbers arrive as DOUBLE and bound dates as text; uncast, they would pull the column to their own type.
  placeholder(index, type, value) {
    return `CAST($${index} AS ${typeName(type, value ?? null)})`;
  },

  literal(value, type) {
    return standardLiteral(value, type, typeName, quotedText);
  },

  grain(grain: Grain, operand) {
    const start = `date_trunc('${grain.toLowerCase()}', ${operand})`;
    return grain === 'HOUR' ? start : `CAST(${start} AS DATE)`;
  },

  part(part, operand) {
    return `${PARTS[part]}(${operand})`;
  },

  // `/` is never integer division in DuckDB, but it gives Infinity for a DOUBLE divided by 0.
  divide(left, right) {
    return `(${left} / NULLIF(${right}, 0))`;
  },

  average(operand) {
    return `AVG(${operand})`;
  },

  double(operand) {
    return `CAST(${operand} AS DOUBLE)`;
  },

  median(operand) {
    return `MEDIAN(${operand})`;
  },

  pick(end, of, by) {
    return `${end === 'first' ? 'arg_min' : 'arg_max'}(${of}, ${by})`;
  },

  orderBy: 'name',
  havingKeys: 'expression',
  order: nullsOrder,

  lower(operand) {
    return `lower(${operand})`;
  },

  exactText(operand) {
    return operand;
  },

  page: limitOffset,

  relatedRows: 'correlated',
  masking: {
    ...commonMasking,
    hash: (key, text) => `sha256(${key} || ${text})`,
    midnight: (day) => `CAST(${day} AS TIMESTAMP)`,
  },
  // Its optimiser moves no condition through a limit, whatever its numbers.
  fence: { text: 'OFFSET 0', holds: 'proven' },
  jsonRows: duckdbJsonRows,
} as const satisfies Dialect;

function typeName(type: LiteralType, value: LiteralValue): string {
  return type === 'DECIMAL' ? decimalType(value, 38) : TYPES[type];
}
