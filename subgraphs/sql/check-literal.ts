import { AskgraphError, assertNever } from '../../schema/errors.js';
import type { LiteralType, LiteralValue } from './table-query.js';

const WHOLE = /^[+-]?\d{1,38}$/;
const NUMBER = /^[+-]?\d{1,38}(\.\d{1,37})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATETIME = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/;

/**
 * The value as an engine takes it, once it is known to be of its type: what is not is the asker's mistake, and no
 * engine's error. Text that is written into SQL as a number is nothing but digits after this.
 */
export function checkLiteral(value: LiteralValue, type: LiteralType): LiteralValue {
  if (value === null) return null;
  switch (type) {
    case 'STRING':
      return String(value);
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : fail(value, type, 'true or false');
    case 'INTEGER':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31
        ? value
        : fail(value, type, 'a whole number');
    case 'FLOAT':
      return Number.isFinite(value) ? value : fail(value, type, 'a number');
    case 'BIGINT':
      return WHOLE.test(String(value)) ? String(value) : fail(value, type, 'a whole number');
    case 'DECIMAL':
      return NUMBER.test(String(value)) ? String(value) : fail(value, type, 'a number without an exponent');
    case 'DATE':
      return isCalendarDay(String(value))
        ? value
        : fail(value, type, 'a day of the calendar, such as 2008-01-31');
    case 'DATETIME':
      return isDateTime(String(value))
        ? value
        : fail(value, type, 'a time without a zone, such as 2008-01-31T12:00:00');
    default:
      return assertNever(type);
  }
}

export function isCalendarDay(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** How many days a month has, 0 where there is no such month; by the Gregorian calendar in every year. */
function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

export function isDateTime(text: string): boolean {
  const day = DATETIME.exec(text)?.[1];
  return day !== undefined && isCalendarDay(day);
}

function fail(value: LiteralValue, type: LiteralType, wanted: string): never {
  throw new AskgraphError('BAD_USER_INPUT', `${JSON.stringify(value)} is not ${wanted}.`, {
    details: { value, type },
  });
}
