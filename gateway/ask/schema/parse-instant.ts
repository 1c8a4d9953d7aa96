import { AskgraphError } from '../../../schema/errors.js';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

/** Reads an RFC 3339 date-time with its offset, of the years 1 to 9999. Throws BAD_USER_INPUT naming the field. */
export function parseInstant(field: string, value: unknown): Date {
  const parts = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (parts === null || !isOnTheCalendar(parts.slice(1).map(Number))) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `${field} is not an instant in RFC 3339 form with an offset, such as "2023-05-15T12:00:00Z".`,
      { details: { field } },
    );
  }
  return new Date(parts[0].toUpperCase());
}

/** `Date` would carry 30 February over into March. */
function isOnTheCalendar([
  year = 0,
  month = 0,
  day = 0,
  hour = 0,
  minute = 0,
  second = 0,
  ...offset
]: number[]): boolean {
  const [offsetHour, offsetMinute] = offset.map((part) => (Number.isNaN(part) ? 0 : part));
  return (
    year >= 1 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate() &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    (offsetHour ?? 0) <= 23 &&
    (offsetMinute ?? 0) <= 59
  );
}
