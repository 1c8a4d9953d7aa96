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
import { snowflakeJsonRows } from './json-rows.js';
import { commonMasking } from './masking.js';
import { positionalPlaceholder } from './positional.js';

const PARTS: Readonly<Record<DatePart, string>> = {
  YEAR: 'YEAR',
  QUARTER: 'QUARTER',
  MONTH: 'MONTH',
  DAY: 'DAY',
  DAY_OF_WEEK: 'DAYOFWEEKISO',
  HOUR: 'HOUR',
};

const TYPES: Readonly<Record<Exclude<LiteralType, 'DECIMAL'>, string>> = {
  STRING: 'VARCHAR',
  INTEGER: 'INTEGER',
  BIGINT: 'BIGINT',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP_NTZ',
};

/**
 * Snowflake's SQL. Its connector opens sessions with WEEK_START = 1 (weeks start on Monday) and
 * QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE (a catalog's lower-case names are Snowflake's upper-case ones).
 */
export const snowflakeDialect = {
  name: 'snowflake',
  placeholders: 'positional',
  placeholdersIn: 'statement',
  quote: doubleQuoted,

  placeholder(index, type, value) {
    return `CAST(${positionalPlaceholder(index)} AS ${typeName(type, value ?? null)})`;
  },

  literal(value, type) {
    return standardLiteral(value, type, typeName, snowflakeText);
  },

  grain(grain, operand) {
    return dateTrunc(grain, operand, 'TIMESTAMP_NTZ');
  },

  part(part, operand) {
    return `DATE_PART(${PARTS[part]}, CAST(${operand} AS TIMESTAMP_NTZ))`;
  },

  divide(left, right) {
    return `(CAST(${left} AS DOUBLE) / NULLIF(CAST(${right} AS DOUBLE), 0))`;
  },

  average(operand) {
    return `AVG(CAST(${operand} AS DOUBLE))`;
  },

  double(operand) {
    return `CAST(${operand} AS DOUBLE)`;
  },

  median(operand) {
    return `MEDIAN(${operand})`;
  },

  // Rows without an order are passed over, and so must be those without a value.
  pick(end, of, by) {
    return `${end === 'first' ? 'MIN_BY' : 'MAX_BY'}(${of}, CASE WHEN ${of} IS NOT NULL THEN ${by} END)`;
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

  page(limit, offset) {
    return limit === undefined && offset > 0
      ? ['LIMIT NULL', `OFFSET ${offset}`]
      : limitOffset(limit, offset);
  },

  relatedRows: 'listed',
  masking: {
    ...commonMasking,
    characters: (text) => `LENGTH(${text})`,
    hash: (key, text) => `SHA2(${key} || ${text}, 256)`,
    midnight: (day) => `CAST(${day} AS TIMESTAMP_NTZ)`,
  },
  fence: { text: 'LIMIT 9223372036854775807', holds: 'unproven' },
  jsonRows: snowflakeJsonRows,
} as const satisfies Dialect;

function typeName(type: LiteralType, value: LiteralValue): string {
  return type === 'DECIMAL' ? decimalType(value, 38) : TYPES[type];
}

/** A backslash escapes in Snowflake's text. */
function snowflakeText(value: string): string {
  return quotedText(value).replaceAll('\\', '\\\\');
}
