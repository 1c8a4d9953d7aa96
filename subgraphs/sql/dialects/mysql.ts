import { assertNever } from '../../../schema/errors.js';
import type { DatePart, Grain, LiteralType, LiteralValue } from '../table-query.js';
import { decimalType, limitOffset, quotedText, standardLiteral } from './common.js';
import type { Dialect } from './dialect.js';
import { mysqlJsonRows } from './json-rows.js';
import { commonMasking } from './masking.js';
import { positionalPlaceholder } from './positional.js';

const PARTS: Readonly<Record<DatePart, (operand: string) => string>> = {
  YEAR: (operand) => `YEAR(${operand})`,
  QUARTER: (operand) => `QUARTER(${operand})`,
  MONTH: (operand) => `MONTH(${operand})`,
  DAY: (operand) => `DAYOFMONTH(${operand})`,
  DAY_OF_WEEK: (operand) => `(WEEKDAY(${operand}) + 1)`,
  HOUR: (operand) => `HOUR(${operand})`,
};

/** CAST has names of its own for types. A yes or no is a number to MySQL. */
const TYPES: Readonly<Record<Exclude<LiteralType, 'DECIMAL'>, string>> = {
  STRING: 'CHAR',
  INTEGER: 'SIGNED',
  BIGINT: 'SIGNED',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'SIGNED',
  DATE: 'DATE',
  DATETIME: 'DATETIME(6)',
};

/** A CAST to SIGNED cuts what is longer down to the largest number, and says nothing. */
const SAFE_DIGITS = 18;
const MAXIMUM_DIGITS = 65;
/** MySQL knows no OFFSET without a LIMIT; this is more rows than there are. */
const ALL_ROWS = '999999999999999';

/** The SQL that MySQL 8.0, Aurora MySQL 3 and MariaDB 10.6 share. The connector fixes the session's sql_mode for it. */
export const mysqlDialect = {
  name: 'mysql',
  placeholders: 'positional',
  placeholdersIn: 'statement',

  quote(identifier) {
    return `\`${identifier.replaceAll('`', '``')}\``;
  },

  placeholder(index, type, value) {
    const mark = positionalPlaceholder(index);
    return type === 'STRING' ? mark : `CAST(${mark} AS ${typeName(type, value ?? null)})`;
  },

  literal(value, type) {
    return standardLiteral(value, type, typeName, mysqlText);
  },

  grain: startOf,

  part(part, operand) {
    return PARTS[part](operand);
  },

  // `/` of whole numbers keeps four digits; of floating-point numbers, all. It gives null for a divisor of 0.
  divide(left, right) {
    return `((${left} + 0e0) / NULLIF(${right}, 0))`;
  },

  average(operand) {
    return `AVG(${operand} + 0e0)`;
  },

  double(operand) {
    return `(${operand} + 0e0)`;
  },

  // `name IS NULL` is none that MySQL understands where the name is an aggregate's, or a column's of two tables.
  orderBy: 'expression',
  havingKeys: 'smallest',

  // Nulls are the smallest values to MySQL, which has no NULLS FIRST or LAST.
  order(operand, direction, nulls) {
    const byItself = nulls === 'NONE' || (direction === 'ASC') === (nulls === 'FIRST');
    return byItself
      ? `${operand} ${direction}`
      : `${operand} IS NULL ${nulls === 'FIRST' ? 'DESC' : 'ASC'}, ${operand} ${direction}`;
  },

  // Whatever a column's character set and collation: these letters, and no accents overlooked.
  lower(operand) {
    return `LOWER(CONVERT(${operand} USING utf8mb4)) COLLATE utf8mb4_bin`;
  },

  exactText(operand) {
    return `CONVERT(${operand} USING utf8mb4) COLLATE utf8mb4_bin`;
  },

  page(limit, offset) {
    return limit === undefined && offset > 0
      ? [`LIMIT ${ALL_ROWS}`, `OFFSET ${offset}`]
      : limitOffset(limit, offset);
  },

  relatedRows: 'correlated',
  masking: {
    ...commonMasking,
    hash: (key, text) => `SHA2(CONCAT(${key}, ${text}), 256)`,
    midnight: (day) => `CAST(${day} AS DATETIME(6))`,
  },
  // A derived table with a limit is neither merged into the query around it nor given its conditions.
  fence: { text: 'LIMIT 18446744073709551615', holds: 'proven' },
  jsonRows: mysqlJsonRows,
} as const satisfies Dialect;

function typeName(type: LiteralType, value: LiteralValue): string {
  if (type === 'DECIMAL') return decimalType(value, MAXIMUM_DIGITS);
  if (type === 'BIGINT' && String(value).length > SAFE_DIGITS) return decimalType(value, MAXIMUM_DIGITS);
  return TYPES[type];
}

/** Counts back from the day: MySQL has no `date_trunc`. */
function startOf(grain: Grain, operand: string): string {
  const year = `DATE_SUB(DATE(${operand}), INTERVAL DAYOFYEAR(${operand}) - 1 DAY)`;
  switch (grain) {
    case 'YEAR':
      return year;
    case 'QUARTER':
      return `DATE_ADD(${year}, INTERVAL QUARTER(${operand}) - 1 QUARTER)`;
    case 'MONTH':
      return `DATE_SUB(DATE(${operand}), INTERVAL DAYOFMONTH(${operand}) - 1 DAY)`;
    case 'WEEK':
      return `DATE_SUB(DATE(${operand}), INTERVAL WEEKDAY(${operand}) DAY)`;
    case 'DAY':
      return `DATE(${operand})`;
    case 'HOUR':
      return `DATE_ADD(CAST(DATE(${operand}) AS DATETIME), INTERVAL HOUR(${operand}) HOUR)`;
    default:
      return assertNever(grain);
  }
}

function mysqlText(value: string): string {
  return quotedText(value).replaceAll('\\', '\\\\');
}
