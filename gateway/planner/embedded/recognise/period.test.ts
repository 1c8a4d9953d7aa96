import { describe, expect, it } from 'vitest';
import { add, isoDate, recurrence, startOf, today, writtenDay } from './period.js';

describe('today', () => {
  it('is the day where the asker is', () => {
    const instant = new Date('2024-02-29T23:30:00Z');
    expect(today(instant, 'UTC')).toBe('2024-02-29');
    expect(today(instant, 'Europe/Berlin')).toBe('2024-03-01');
    expect(today(instant, 'America/Los_Angeles')).toBe('2024-02-29');
    expect(today(new Date('2024-01-01T03:00:00Z'), 'America/New_York')).toBe('2023-12-31');
  });
});

describe('days of the calendar', () => {
  it.each([
    ['year', '2024-02-29', '2024-01-01'],
    ['quarter', '2024-03-31', '2024-01-01'],
    ['quarter', '2024-12-01', '2024-10-01'],
    ['month', '2024-02-29', '2024-02-01'],
    ['week', '2024-05-15', '2024-05-13'],
    ['week', '2024-05-13', '2024-05-13'],
    ['week', '2024-05-19', '2024-05-13'],
    ['week', '2024-03-01', '2024-02-26'],
    ['week', '2023-01-01', '2022-12-26'],
    ['day', '2024-02-29', '2024-02-29'],
  ] as const)('the %s of %s starts on %s', (unit, day, start) => expect(startOf(unit, day)).toBe(start));

  it.each([
    ['day', '2024-02-28', 1, '2024-02-29'],
    ['day', '2023-02-28', 1, '2023-03-01'],
    ['day', '2024-01-01', -1, '2023-12-31'],
    ['week', '2024-12-30', 1, '2025-01-06'],
    ['month', '2024-12-01', 1, '2025-01-01'],
    ['month', '2024-01-01', -13, '2022-12-01'],
    ['quarter', '2024-10-01', 1, '2025-01-01'],
    ['year', '2024-01-01', -100, '1924-01-01'],
  ] as const)('%s from %s by %d is %s', (unit, day, count, result) =>
    expect(add(unit, day, count)).toBe(result),
  );

  it('have four digits in their year, also in the first century', () =>
    expect(isoDate(99, 12, 31)).toBe('0099-12-31'));

  it('are written as people do', () => expect(writtenDay('2024-02-29')).toBe('February 29, 2024'));
});

it('what comes back every year is a month, a quarter or a day', () => {
  expect(recurrence('month', '2024-11-22')).toEqual([{ part: 'MONTH', value: 11 }]);
  expect(recurrence('quarter', '2024-11-22')).toEqual([{ part: 'QUARTER', value: 4 }]);
  expect(recurrence('day', '2024-11-22')).toEqual([
    { part: 'MONTH', value: 11 },
    { part: 'DAY', value: 22 },
  ]);
  expect([recurrence('year', '2024-11-22'), recurrence('week', '2024-11-22')]).toEqual([
    undefined,
    undefined,
  ]);
});
