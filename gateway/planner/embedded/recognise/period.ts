import { dayInZone } from '../../../../schema/day-in-zone.js';
import type { DatePart } from '../../../../subgraphs/sql/table-query.js';
import { MONTHS } from '../../../knowledge/text/months.js';

/** A stretch of time, as a question names it. */
export type Period =
  | {
      readonly kind: 'range';
      /** First day, `2013-05-01`; absent: from the beginning. */
      readonly from?: string;
      /** The day after the last one; absent: without end. */
      readonly to?: string;
      /** As a person says it: `in May 2013`, `before 1990`. */
      readonly label: string;
      /** For a period that comes back every year: what its dates have in common. A birthday is meant so. */
      readonly recurs?: readonly DatePartValue[];
    }
  | { readonly kind: 'recurring'; readonly parts: readonly DatePartValue[]; readonly label: string }
  | { readonly kind: 'now'; readonly label: string };

export interface DatePartValue {
  readonly part: DatePart;
  readonly value: number;
}

export type CalendarUnit = 'year' | 'quarter' | 'month' | 'week' | 'day';

/** Today's date where the asker is, `2026-11-22`. */
export function today(asOf: Date, timeZone: string): string {
  return dayInZone(asOf, timeZone);
}

export function isoDate(year: number, month: number, day: number): string {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.toISOString().slice(0, 10);
}

/** The first day of the unit that a day lies in; weeks start on Monday. */
export function startOf(unit: CalendarUnit, day: string): string {
  const [year, month, date] = parts(day);
  switch (unit) {
    case 'year':
      return isoDate(year, 1, 1);
    case 'quarter':
      return isoDate(year, Math.floor((month - 1) / 3) * 3 + 1, 1);
    case 'month':
      return isoDate(year, month, 1);
    case 'week':
      return isoDate(year, month, date - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    case 'day':
      return day;
  }
}

export function add(unit: CalendarUnit, day: string, count: number): string {
  const [year, month, date] = parts(day);
  switch (unit) {
    case 'year':
      return isoDate(year + count, month, date);
    case 'quarter':
      return isoDate(year, month + 3 * count, date);
    case 'month':
      return isoDate(year, month + count, date);
    case 'week':
      return isoDate(year, month, date + 7 * count);
    case 'day':
      return isoDate(year, month, date + count);
  }
}

/** What every May, or every 22nd of November, has in common. */
export function recurrence(unit: CalendarUnit, day: string): readonly DatePartValue[] | undefined {
  const [, month, date] = parts(day);
  switch (unit) {
    case 'month':
      return [{ part: 'MONTH', value: month }];
    case 'day':
      return [
        { part: 'MONTH', value: month },
        { part: 'DAY', value: date },
      ];
    case 'quarter':
      return [{ part: 'QUARTER', value: Math.floor((month - 1) / 3) + 1 }];
    default:
      return undefined;
  }
}

/** `2013-05-01` → `May 1, 2013`. */
export function writtenDay(day: string): string {
  const [year, month, date] = parts(day);
  return `${MONTHS[month - 1]} ${date}, ${year}`;
}

function parts(day: string): [number, number, number] {
  const [year, month, date] = day.split('-').map(Number);
  return [year!, month!, date!];
}
