import type { DatePart, LiteralType, LiteralValue } from '../table-query.js';
import { dateTrunc, decimalType, doubleQuoted, nullsOrder, quotedText, standardLiteral } from './common.js';
import type { Dialect } from './dialect.js';
import { athenaJsonRows } from './json-rows.js';
import { positionalPlaceholder } from './positional.js';

const PARTS: Readonly<Record<DatePart, string>> = {
  YEAR: 'YEAR',
  QUARTER: 'QUARTER',
  MONTH: 'MONTH',
  DAY: 'DAY',
  DAY_OF_WEEK: 'DAY_OF_WEEK',
  HOUR: 'HOUR',
};

const TYPES: Readonly<Record<Exclude<LiteralType, 'DECIMAL'>, string>> = {
  STRING: 'VARCHAR',
  INTEGER: 'INTEGER',
  BIGINT: 'BIGINT',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP(6)',
};

/**
 * Amazon Athena's SQL, engine version 3: Trino's. Execution parameters are text, so every one is cast, and Athena takes
 * them in `WHERE` only.
 */
export const athenaDialect = {
  name: 'athena',
  placeholders: 'positional',
  placeholdersIn: 'where',
  quote: doubleQuoted,

  placeholder(index, type, value) {
    const mark = positionalPlaceholder(index);
    // A `T` between day and time is no timestamp to Trino.
    const operand = type === 'DATETIME' ? `REPLACE(${mark}, 'T', ' ')` : mark;
    return `CAST(${operand} AS ${typeName(type, value ?? null)})`;
  },

  literal(value, type) {
    return standardLiteral(value, type, typeName, quotedText);
  },

  grain(grain, operand) {
    return dateTrunc(grain, operand, 'TIMESTAMP(6)');
  },

  part(part, operand) {
    return `${PARTS[part]}(CAST(${operand} AS TIMESTAMP(6)))`;
  },

  divide(left, right) {
    return `(CAST(${left} AS DOUBLE) / NULLIF(CAST(${right} AS DOUBLE), 0))`;
  },

  average(operand) {
    return `AVG(CAST(${operand} AS DOUBLE))`;
  },

  json(operand) {
    return `JSON_FORMAT(CAST(${operand} AS JSON))`;
  },

  double(operand) {
    return `CAST(${operand} AS DOUBLE)`;
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

  // Trino wants the offset first.
  page(limit, offset) {
    return [
      ...(offset === 0 ? [] : [`OFFSET ${offset}`]),
      ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ];
  },

  relatedRows: 'listed',
  masking: {
    characters: (text) => `LENGTH(${text})`,
    covered: (cover, text, shown) => `(${cover} || SUBSTR(${text}, -${shown}))`,
    text: (value) => value,
    hash: (key, text) => `LOWER(TO_HEX(SHA256(TO_UTF8(${key} || ${text}))))`,
    midnight: (day) => `CAST(${day} AS TIMESTAMP(6))`,
  },
  fence: { text: 'LIMIT 9223372036854775807', holds: 'unproven' },
  jsonRows: athenaJsonRows,
} as const satisfies Dialect;

function typeName(type: LiteralType, value: LiteralValue): string {
  return type === 'DECIMAL' ? decimalType(value, 38) : TYPES[type];
}
