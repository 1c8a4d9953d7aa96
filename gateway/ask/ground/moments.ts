import { MONTHS } from '../../knowledge/text/months.js';
import { type Groups, take } from './take.js';

/** What a text or a cell says of a point in time: as much of it as is written. */
export type Moment = Readonly<Partial<Record<MomentPart, number>>>;
export type MomentPart = 'year' | 'quarter' | 'month' | 'day' | 'weekday' | 'hour' | 'minute' | 'second';

const MONTH =
  '(?<month>Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)(?!\\p{L})';
const DAY = '(?<day>[12]\\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\\p{N})';
const YEAR = '(?<year>[12]\\d{3})(?![\\p{L}\\p{N}])';
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const QUARTERS = ['first', 'second', 'third', 'fourth'];

/** The longest forms first: what one has read, the next no longer sees. */
const FORMS = [
  '(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?:[T ](?<hour>\\d{2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?)?(?!\\p{N})',
  `${MONTH}\\s+(?:the\\s+)?${DAY}(?:,?\\s+${YEAR})?`,
  `(?:the\\s+)?${DAY}\\s+(?:of\\s+)?${MONTH}(?:,?\\s+${YEAR})?`,
  `${MONTH}(?:\\s+of|,)?\\s+${YEAR}`,
  `(?:Q(?<quarter>[1-4])|(?<quarterWord>${QUARTERS.join('|')})\\s+quarter)(?:(?:\\s+of|,)?\\s+${YEAR})?(?![\\p{L}\\p{N}])`,
  `(?<year>[12]\\d{3})-?Q(?<quarter>[1-4])(?![\\p{L}\\p{N}])`,
  '(?<year>[12]\\d{3})-(?<month>0[1-9]|1[0-2])(?![\\p{L}\\p{N}-])',
  '(?<first>\\d{1,2})/(?<other>\\d{1,2})/(?<year>\\d{4})(?!\\p{N})',
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?(?:\\s?(?<half>[ap])\\.?m\\.?)?(?!\\p{N})',
  `(?<weekday>${WEEKDAYS.join('|')})s?(?!\\p{L})`,
  `${MONTH}`,
].map((form) => new RegExp(`(?<![\\p{L}\\p{N}/-])${form}`, 'gu'));

export interface WrittenMoment {
  readonly at: number;
  readonly text: string;
  /** What it may mean: 05/01/2008 is the fifth of January or the first of May. */
  readonly readings: readonly Moment[];
}

/** The dates and times that a text names, each of its characters in one at most. */
export function momentsIn(text: string): WrittenMoment[] {
  const found: WrittenMoment[] = [];
  let left = text;
  for (const form of FORMS) {
    left = take(left, form, (written, groups, at) => {
      found.push({ at, text: written, readings: readingsOf(groups) });
      return 'taken';
    });
  }
  return found.sort((a, b) => a.at - b.at);
}

function readingsOf({ first, other, ...groups }: Groups): Moment[] {
  const said = momentOf(groups);
  if (first === undefined || other === undefined) return [said];
  const [one, two] = [Number(first), Number(other)];
  return [
    { ...said, month: one, day: two },
    { ...said, month: two, day: one },
  ].filter(({ month }) => month <= 12);
}

function momentOf({
  year,
  quarter,
  quarterWord,
  month,
  day,
  weekday,
  hour,
  minute,
  second,
  half,
}: Groups): Moment {
  const hours = hour === undefined ? undefined : hoursOf(Number(hour), half);
  const parts: [MomentPart, number | undefined][] = [
    ['year', numberOf(year)],
    ['quarter', quarterWord === undefined ? numberOf(quarter) : QUARTERS.indexOf(quarterWord) + 1],
    ['month', month === undefined ? undefined : monthOf(month)],
    ['day', numberOf(day)],
    ['weekday', weekday === undefined ? undefined : WEEKDAYS.indexOf(weekday)],
    ['hour', hours],
    ['minute', numberOf(minute)],
    ['second', numberOf(second)],
  ];
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function hoursOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/;

/** A date or timestamp as databases write it, with what follows from it. */
export function readIsoMoment(iso: string): Moment | undefined {
  const [, year, month, day, hour, minute, second] = ISO.exec(iso) ?? [];
  if (year === undefined) return undefined;
  const date = momentOf({ year, month, day, hour, minute, second });
  const weekday = new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return { ...date, quarter: Math.ceil(Number(month) / 3), weekday };
}

/** The date before an ISO date: a period that ends before the first of January ends on the last of December. */
export function dayBefore(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** Whether everything that `said` says is so in `known`. */
export function isWithin(said: Moment, known: Moment): boolean {
  return (Object.entries(said) as [MomentPart, number][]).every(([part, value]) => known[part] === value);
}
