import type { DatePart, LiteralType, LiteralValue } from '../table-query.js';
import { dateTrunc, doubleQuoted, limitOffset, nullsOrder, quotedText, standardLiteral } from './common.js';
import type { Dialect } from './dialect.js';
import { postgresJsonRows } from './json-rows.js';
import { postgresMasking } from './masking.js';

const PARTS: Readonly<Record<DatePart, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  DAY: 'day',
  DAY_OF_WEEK: 'isodow',
  HOUR: 'hour',
};

const TYPES: Readonly<Record<LiteralType, string>> = {
  STRING: 'TEXT',
  INTEGER: 'INTEGER',
  BIGINT: 'BIGINT',
  DECIMAL: 'NUMERIC',
  FLOAT: 'DOUBLE PRECISION',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
};

/** PostgreSQL's SQL (12 or later), and Aurora PostgreSQL's. */
export const postgresDialect = {
  name: 'postgres',
  placeholders: 'numbered',
  placeholdersIn: 'statement',
  quote: doubleQuoted,

  // Text takes the type of what it stands beside: cast to TEXT, it could not be compared with a UUID or an ENUM.
  placeholder(index, type) {
    return type === 'STRING' ? `$${index}` : `CAST($${index} AS ${TYPES[type]})`;
  },

  list: {
    isOneOf(operand, index, type) {
      return `${operand} = ANY(${type === 'STRING' ? `$${index}` : `CAST($${index} AS ${TYPES[type]}[])`})`;
    },
    value: arrayText,
  },

  literal(value, type) {
    return standardLiteral(value, type, typeName, quotedText);
  },

  grain(grain, operand) {
    return dateTrunc(grain, operand, 'TIMESTAMP');
  },

  // A date has no hour for PostgreSQL, but its midnight has.
  part(part, operand) {
    return `CAST(EXTRACT(${PARTS[part]} FROM CAST(${operand} AS TIMESTAMP)) AS INTEGER)`;
  },

  divide(left, right) {
    return `(CAST(${left} AS DOUBLE PRECISION) / NULLIF(CAST(${right} AS DOUBLE PRECISION), 0))`;
  },

  average(operand) {
    return `AVG(${operand})`;
  },

  double(operand) {
    return `CAST(${operand} AS DOUBLE PRECISION)`;
  },

  median(operand) {
    return `PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ${operand})`;
  },

  pick(end, of, by) {
    const both = `${of} IS NOT NULL AND ${by} IS NOT NULL`;
    const order = `${by} ${end === 'first' ? 'ASC' : 'DESC'}, ${of} ASC`;
    return `(ARRAY_AGG(${of} ORDER BY ${order}) FILTER (WHERE ${both}))[1]`;
  },

  orderBy: 'name',
  havingKeys: 'expression',
  order: nullsOrder,

  lower(operand) {
    return `LOWER(${operand})`;
  },

  exactText(operand) {
    return operand;
  },

  page: limitOffset,

  relatedRows: 'correlated',
  masking: {
    ...postgresMasking,
    hash: (key, text) =>
      `ENCODE(SHA256(CONVERT_TO(CAST(${key} AS TEXT) || CAST(${text} AS TEXT), 'UTF8')), 'hex')`,
  },
  fence: { text: 'OFFSET 0', holds: 'proven' },
  jsonRows: postgresJsonRows,
} as const satisfies Dialect;

/** `{1,NULL,"a \"b\""}` */
function arrayText(values: readonly LiteralValue[]): string {
  const items = values.map((value) =>
    typeof value === 'string'
      ? `"${value.replace(/["\\]/g, '\\$&')}"`
      : value === null
        ? 'NULL'
        : String(value),
  );
  return `{${items.join()}}`;
}

function typeName(type: LiteralType, _value: LiteralValue): string {
  return TYPES[type];
}
