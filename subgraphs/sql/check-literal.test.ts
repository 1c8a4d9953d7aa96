import { describe, expect, it } from 'vitest';
import { isCalendarDay } from './check-literal.js';

describe('a day of the calendar', () => {
  it('is one that the calendar has, in every year from 0 to 9999', () => {
    const wrong: string[] = [];
    for (const year of [0, 1, 4, 96, 100, 400, 1600, 1700, 1899, 1900, 1970, 1999, 2000, 2024, 2100, 9999]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const text = [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
          const read = new Date(`${text}T00:00:00Z`);
          const known = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
          if (isCalendarDay(text) !== known) wrong.push(text);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['2008-1-31', '08-01-31', '2008-01-31T00:00:00', ' 2008-01-31', '+002008-01-31', ''])(
    'is not %j',
    (text) => {
      expect(isCalendarDay(text)).toBe(false);
    },
  );
});

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
