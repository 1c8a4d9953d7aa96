const DATE = /^(\d{4})-(\d{2}-\d{2})(?=$|[T ])/;
const DATES = /\b(\d{4})-(\d{2}-\d{2})\b/g;

export function isDate(text: string): boolean {
  return DATE.test(text);
}

/** Whether a date is one of a year's, or the first day of the next, before which the year ends. */
export function isOfYear(date: string, year: number): boolean {
  const [, own, day] = DATE.exec(date) ?? [];
  return Number(own) === year || (Number(own) === year + 1 && day === '01-01' && isMidnight(date));
}

function isMidnight(date: string): boolean {
  return !/[1-9]/.test(date.slice(10));
}

/** A text with all its dates so many years later; undefined where one would be no day. */
export function shiftYears(text: string, years: number): string | undefined {
  let isDay = true;
  const shifted = text.replace(DATES, (_, year: string, day: string) => {
    const next = Number(year) + years;
    isDay &&= day !== '02-29' || isLeap(next);
    return `${String(next).padStart(4, '0')}-${day}`;
  });
  return isDay ? shifted : undefined;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
