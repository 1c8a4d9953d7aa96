import type { DatePart, LiteralType, LiteralValue } from '../table-query.js';
import {
  dateTrunc,
  decimalType,
  doubleQuoted,
  limitOffset,
  nullsOrder,
  quotedText,
  standardLiteral,
} from './common.js';
import type { Dialect } from './dialect.js';
import { postgresMasking } from './masking.js';

const PARTS: Readonly<Record<Exclude<DatePart, 'DAY_OF_WEEK'>, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  DAY: 'day',
  HOUR: 'hour',
};

/** A bare VARCHAR would be one of 256 bytes, and cut what is longer. */
const TYPES: Readonly<Record<Exclude<LiteralType, 'DECIMAL'>, string>> = {
  STRING: 'VARCHAR(65535)',
  INTEGER: 'INTEGER',
  BIGINT: 'BIGINT',
  FLOAT: 'DOUBLE PRECISION',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
};

/**
 * Amazon Redshift's SQL. It is PostgreSQL 8's with aggregates of its own: no FILTER, no array to pick from (`first` and
 * `last` are ranked), a MEDIAN that cannot stand beside the median of anything else (ranked as well), and an AVG of
 * integers that is an integer.
 */
export const redshiftDialect = {
  name: 'redshift',
  placeholders: 'numbered',
  placeholdersIn: 'statement',
  quote: doubleQuoted,

  placeholder(index, type, value) {
    return `CAST($${index} AS ${typeName(type, value ?? null)})`;
  },

  literal(value, type) {
    return standardLiteral(value, type, typeName, redshiftText);
  },

  grain(grain, operand) {
    return dateTrunc(grain, operand, 'TIMESTAMP');
  },

  part(part, operand) {
    const time = `CAST(${operand} AS TIMESTAMP)`;
    // Redshift counts the days of the week from 0, a Sunday.
    return part === 'DAY_OF_WEEK'
      ? `((CAST(EXTRACT(dow FROM ${time}) AS INTEGER) + 6) % 7 + 1)`
      : `CAST(EXTRACT(${PARTS[part]} FROM ${time}) AS INTEGER)`;
  },

  divide(left, right) {
    return `(CAST(${left} AS DOUBLE PRECISION) / NULLIF(CAST(${right} AS DOUBLE PRECISION), 0))`;
  },

  average(operand) {
    return `AVG(CAST(${operand} AS DOUBLE PRECISION))`;
  },

  double(operand) {
    return `CAST(${operand} AS DOUBLE PRECISION)`;
  },

  // MAX takes any type but this one: https://docs.aws.amazon.com/redshift/latest/dg/r_BOOL_OR.html
  onlyBoolean(of) {
    return `BOOL_OR(${of})`;
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

  relatedRows: 'listed',
  masking: {
    ...postgresMasking,
    characters: (text) => `LEN(${text})`,
    covered: (cover, text, shown) => `(${cover} || RIGHT(${text}, ${shown}))`,
    text: (value) => value,
    hash: (key, text) => `SHA2(${key} || ${text}, 256)`,
  },
  fence: { text: 'OFFSET 0', holds: 'unproven' },
} as const satisfies Dialect;

function typeName(type: LiteralType, value: LiteralValue): string {
  return type === 'DECIMAL' ? decimalType(value, 38) : TYPES[type];
}

/** Whether a backslash escapes is a setting of the cluster's; CHR means the same in both. */
function redshiftText(value: string): string {
  if (!value.includes('\\')) return quotedText(value);
  return `(${value.split('\\').map(quotedText).join(' || CHR(92) || ')})`;
}
