import type { DatePart, Grain, LiteralType, LiteralValue } from '../table-query.js';
import type { Dialect } from './dialect.js';

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

  quote(identifier) {
    return `"${identifier.replaceAll('"', '""')}"`;
  },

  // Bound numbers arrive as DOUBLE and bound dates as text; uncast, they would pull the column to their own type.
  placeholder(index, type, value) {
    return `CAST($${index} AS ${type === 'DECIMAL' ? decimalType(value) : TYPES[type]})`;
  },

  literal(value, type) {
    if (value === null) return `CAST(NULL AS ${type === 'DECIMAL' ? decimalType(null) : TYPES[type]})`;
    switch (type) {
      case 'DATE':
        return `DATE ${text(String(value))}`;
      case 'DATETIME':
        return `TIMESTAMP ${text(String(value).replace('T', ' '))}`;
      case 'STRING':
        return text(String(value));
      default:
        return String(value);
    }
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

  pick(end, of, by) {
    return `${end === 'first' ? 'arg_min' : 'arg_max'}(${of}, ${by})`;
  },

  order(operand, direction, nulls) {
    return `${operand} ${direction} NULLS ${nulls}`;
  },

  lower(operand) {
    return `lower(${operand})`;
  },
} as const satisfies Dialect;

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A decimal as wide as its value: a fixed scale would round values, and make products too wide for DuckDB. */
function decimalType(value: LiteralValue | undefined): string {
  const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  const scale = Math.min(fraction.length, 37);
  return `DECIMAL(${Math.min(Math.max(whole.length + scale, 1), 38)}, ${scale})`;
}
