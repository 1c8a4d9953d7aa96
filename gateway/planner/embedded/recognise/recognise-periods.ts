import { MONTHS } from '../../../knowledge/text/months.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Mention } from '../meaning.js';
import { add, type CalendarUnit, isoDate, type Period, recurrence, startOf, writtenDay } from './period.js';
import { numberOf } from './recognise-operators.js';

interface Found {
  readonly start: number;
  readonly end: number;
  readonly period: Period;
}

const UNITS: ReadonlyMap<string, CalendarUnit> = new Map(
  Object.entries({
    year: 'year',
    years: 'year',
    quarter: 'quarter',
    quarters: 'quarter',
    month: 'month',
    months: 'month',
    week: 'week',
    weeks: 'week',
    day: 'day',
    days: 'day',
  }),
);
const ORDINALS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    '1st': 1,
    '2nd': 2,
    '3rd': 3,
    '4th': 4,
  }),
);
const DECADES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    twenties: 1920,
    thirties: 1930,
    forties: 1940,
    fifties: 1950,
    sixties: 1960,
    seventies: 1970,
    eighties: 1980,
    nineties: 1990,
  }),
);
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** Words in front of a number that make it a quantity, not a year. */
const QUANTITY_BEFORE = new Set([
  'than',
  'least',
  'most',
  'over',
  'above',
  'below',
  'under',
  'exceeding',
  'exactly',
  'top',
  'bottom',
]);

/** Every stretch of time that the question names, with `before`, `since`, `between … and …` read into it. */
export function recognisePeriods(tokens: readonly Token[], day: string): Mention[] {
  const simple: Found[] = [];
  for (let start = 0; start < tokens.length; start++) {
    const found = simplePeriod(tokens, start, day);
    if (found !== undefined) simple.push(found);
  }
  const bounded = simple.flatMap((found) => boundedPeriods(tokens, found, simple));
  return [...simple, ...bounded].map(({ start, end, period }) => ({
    start,
    end,
    meaning: { kind: 'period', period } as const,
    score: contentLength(tokens, start, end),
  }));
}

function simplePeriod(tokens: readonly Token[], start: number, day: string): Found | undefined {
  const at = (offset: number) => tokens[start + offset]?.lower ?? '';
  const found = (length: number, period: Period): Found => ({ start, end: start + length, period });
  const wordsBefore = leadIn(tokens, start);
  const lead = (result: Found): Found => ({ ...result, start: result.start - wordsBefore });

  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(at(0));
  if (iso !== null && isDay(Number(iso[1]), Number(iso[2]), Number(iso[3])))
    return found(1, span(at(0), add('day', at(0), 1), `on ${writtenDay(at(0))}`));

  const month = monthNumber(tokens[start], at(-1), at(1));
  if (month !== undefined) return lead(monthPeriod(tokens, start, month));
  if (
    /^\d{1,2}(st|nd|rd|th)?$/.test(at(0)) &&
    monthNumber(tokens[start + 1], 'on', at(2)) !== undefined &&
    isYear(at(2)) &&
    isDay(Number(at(2)), monthNumber(tokens[start + 1], 'on', at(2))!, Number.parseInt(at(0), 10))
  ) {
    return found(
      3,
      dayPeriod(Number(at(2)), monthNumber(tokens[start + 1], 'on', at(2))!, Number.parseInt(at(0), 10)),
    );
  }

  const half = at(1) === 'half' ? ORDINALS.get(at(0)) : undefined;
  const halfYear = at(2) === 'of' ? 3 : 2;
  if ((half === 1 || half === 2) && isYear(at(halfYear))) {
    const from = isoDate(Number(at(halfYear)), half === 1 ? 1 : 7, 1);
    return found(halfYear + 1, span(from, add('month', from, 6), `in the ${at(0)} half of ${at(halfYear)}`));
  }

  const quarter = /^q([1-4])$/.exec(at(0))?.[1] ?? (at(1) === 'quarter' ? ORDINALS.get(at(0)) : undefined);
  if (quarter !== undefined) {
    let length = at(1) === 'quarter' ? 2 : 1;
    if (at(length) === 'of') length += 1;
    if (isYear(at(length))) {
      const from = isoDate(Number(at(length)), Number(quarter) * 3 - 2, 1);
      return found(length + 1, span(from, add('quarter', from, 1), `in Q${quarter} ${at(length)}`));
    }
  }

  const decade = /^(\d{2}|\d{4})s$/.exec(at(0))?.[1];
  const decadeStart =
    DECADES.get(at(0)) ??
    (decade === undefined ? undefined : Number(decade) + (decade.length === 2 ? 1900 : 0));
  if (decadeStart !== undefined)
    return found(
      1,
      span(isoDate(decadeStart, 1, 1), isoDate(decadeStart + 10, 1, 1), `in the ${decadeStart}s`),
    );

  if (isYear(at(0)) && (!QUANTITY_BEFORE.has(at(-1)) || ['earlier', 'later'].includes(at(-2)))) {
    return lead(
      found(1, span(isoDate(Number(at(0)), 1, 1), isoDate(Number(at(0)) + 1, 1, 1), `in ${at(0)}`)),
    );
  }
  if (at(0) === 'right' && at(1) === 'now') return found(2, { kind: 'now', label: 'now' });
  if (at(0) === 'now' || at(0) === 'currently') return found(1, { kind: 'now', label: 'now' });
  if (at(0) === 'today') return found(1, unitPeriod('day', day, 0, 'today'));
  if (at(0) === 'yesterday') return found(1, unitPeriod('day', day, -1, 'yesterday'));

  const unit = UNITS.get(at(1));
  if (unit !== undefined && ['this', 'current'].includes(at(0)))
    return found(2, unitPeriod(unit, day, 0, `this ${at(1)}`));
  if (unit !== undefined && ['last', 'previous', 'past'].includes(at(0)))
    return found(2, unitPeriod(unit, day, -1, `last ${at(1)}`));
  if (unit !== undefined && at(0) === 'next') return found(2, unitPeriod(unit, day, 1, `next ${at(1)}`));
  const countedUnit = UNITS.get(at(2));
  const counted =
    countedUnit === undefined || tokens[start + 1] === undefined ? undefined : numberOf(tokens[start + 1]!);
  if (
    countedUnit !== undefined &&
    ['last', 'past', 'previous'].includes(at(0)) &&
    /^\d{1,4}$/.test(counted ?? '')
  ) {
    const end = add('day', day, 1);
    return found(3, span(add(countedUnit, end, -Number(counted)), end, `in the last ${at(1)} ${at(2)}`));
  }
  const weekday = WEEKDAYS.indexOf(at(0).replace(/s$/, ''));
  if (weekday >= 0) {
    return found(1, {
      kind: 'recurring',
      parts: [{ part: 'DAY_OF_WEEK', value: weekday + 1 }],
      label: `on ${capitalise(WEEKDAYS[weekday]!)}s`,
    });
  }
  return undefined;
}

/** `May`, `May 2013`, `May of 2013`, `May 5, 2013`, `May 5th`. */
function monthPeriod(tokens: readonly Token[], start: number, month: number): Found {
  const at = (offset: number) => tokens[start + offset]?.lower ?? '';
  const name = MONTHS[month - 1]!;
  const date = /^([1-9]|[12]\d|3[01])(st|nd|rd|th)?$/.exec(at(1))?.[1];
  if (date !== undefined) {
    const yearAt = at(2) === ',' ? 3 : 2;
    if (isYear(at(yearAt)) && isDay(Number(at(yearAt)), month, Number(date)))
      return { start, end: start + yearAt + 1, period: dayPeriod(Number(at(yearAt)), month, Number(date)) };
    const parts = [
      { part: 'MONTH', value: month },
      { part: 'DAY', value: Number(date) },
    ] as const;
    return { start, end: start + 2, period: { kind: 'recurring', parts, label: `on ${name} ${date}` } };
  }
  const yearAt = ['of', ','].includes(at(1)) ? (at(2) === 'year' ? 3 : 2) : 1;
  if (isYear(at(yearAt))) {
    const from = isoDate(Number(at(yearAt)), month, 1);
    return {
      start,
      end: start + yearAt + 1,
      period: span(from, add('month', from, 1), `in ${name} ${at(yearAt)}`),
    };
  }
  return {
    start,
    end: start + 1,
    period: { kind: 'recurring', parts: [{ part: 'MONTH', value: month }], label: `in ${name}` },
  };
}

/** The period with the words in front of it that open or bound it. */
function boundedPeriods(tokens: readonly Token[], found: Found, all: readonly Found[]): Found[] {
  const { period } = found;
  if (period.kind !== 'range') return [];
  const before = (offset: number) => tokens[found.start - offset]?.lower ?? '';
  const bare = period.label.replace(/^(in|on) /, '');
  const result: Found[] = [];
  const bound = (length: number, bounded: Period) =>
    result.push({ start: found.start - length, end: found.end, period: bounded });

  const three = `${before(3)} ${before(2)} ${before(1)}`;
  const one = before(1);
  const two = `${before(2)} ${one}`;
  if (period.from !== undefined) {
    if (three === 'on or after') bound(3, { kind: 'range', from: period.from, label: `since ${bare}` });
    if (one === 'before') bound(1, { kind: 'range', to: period.from, label: `before ${bare}` });
    if (two === 'prior to' || two === 'earlier than')
      bound(2, { kind: 'range', to: period.from, label: `before ${bare}` });
    if (one === 'since' || one === 'from')
      bound(1, { kind: 'range', from: period.from, label: `since ${bare}` });
    if (two === 'starting from' || two === 'starting in')
      bound(2, { kind: 'range', from: period.from, label: `since ${bare}` });
  }
  if (period.to !== undefined) {
    if (three === 'on or before') bound(3, { kind: 'range', to: period.to, label: `until ${bare}` });
    if (one === 'after') bound(1, { kind: 'range', from: period.to, label: `after ${bare}` });
    if (two === 'later than') bound(2, { kind: 'range', from: period.to, label: `after ${bare}` });
    if (one === 'until' || one === 'through')
      bound(1, { kind: 'range', to: period.to, label: `until ${bare}` });
  }
  const first = all.find(
    (other) => other.end === found.start - 1 && startBefore(other, period) !== undefined,
  );
  const opener = first === undefined ? '' : (tokens[first.start - 1]?.lower ?? '');
  const joins =
    (opener === 'between' && one === 'and') ||
    (opener === 'from' && ['to', 'until', 'through'].includes(one));
  const from = first === undefined ? undefined : startBefore(first, period);
  if (joins && first !== undefined && from !== undefined && period.to !== undefined) {
    const label = `from ${first.period.label.replace(/^(in|on) /, '')} to ${bare}`;
    result.push({ start: first.start - 1, end: found.end, period: span(from, period.to, label) });
  }
  return result;
}

/** Where a stretch begins that ends with `last`: "June and August 2008" are of one year, November and January are not. */
function startBefore({ period }: Found, last: Period): string | undefined {
  if (period.kind === 'range') return period.from;
  const [month, ...more] = period.kind === 'recurring' ? period.parts : [];
  if (month?.part !== 'MONTH' || more.length > 0 || last.kind !== 'range' || last.from === undefined)
    return undefined;
  const year = Number(last.from.slice(0, 4));
  const from = isoDate(year, month.value, 1);
  return from <= last.from ? from : isoDate(year - 1, month.value, 1);
}

function monthNumber(token: Token | undefined, before: string, after: string): number | undefined {
  if (token === undefined || token.kind !== 'word') return undefined;
  const index = MONTHS.findIndex((name) => {
    const lower = name.toLowerCase();
    return (
      token.lower === lower ||
      (token.lower === lower.slice(0, 3) && token.lower !== 'may') ||
      (token.lower === 'sept' && lower === 'september')
    );
  });
  if (index < 0) return undefined;
  // "may" and "march" are verbs too: only a capital, a preposition or a year makes them months.
  const ambiguous = ['may', 'march', 'mar', 'dec', 'jan', 'sep'].includes(token.lower);
  return !ambiguous ||
    token.proper ||
    ['in', 'of', 'during', 'since', 'before', 'after', 'until', 'on', 'month'].includes(before) ||
    isYear(after) ||
    after === 'of'
    ? index + 1
    : undefined;
}

/** Words in front that belong to the period: `the year 2008`, `the month of May`. */
function leadIn(tokens: readonly Token[], start: number): number {
  const before = (offset: number) => tokens[start - offset]?.lower ?? '';
  if (['year', 'month'].includes(before(1))) return 1;
  return before(1) === 'of' && before(2) === 'month' ? 2 : 0;
}

function unitPeriod(unit: CalendarUnit, day: string, offset: number, label: string): Period {
  const from = add(unit, startOf(unit, day), offset);
  const recurs = recurrence(unit, from);
  return { kind: 'range', from, to: add(unit, from, 1), label, ...(recurs === undefined ? {} : { recurs }) };
}

/** Whether the calendar has the day: there is no 31st of February. */
function isDay(year: number, month: number, date: number): boolean {
  return (
    isoDate(year, month, date) ===
    `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  );
}

function dayPeriod(year: number, month: number, date: number): Period {
  const from = isoDate(year, month, date);
  return span(from, add('day', from, 1), `on ${writtenDay(from)}`);
}

function span(from: string, to: string, label: string): Period {
  return { kind: 'range', from, to, label };
}

function isYear(text: string): boolean {
  return /^(1[89]|20|21)\d{2}$/.test(text);
}

function contentLength(tokens: readonly Token[], start: number, end: number): number {
  return (
    tokens
      .slice(start, end)
      .filter((token) => token.kind !== 'mark' && !['the', 'of', 'and', 'to'].includes(token.lower)).length *
    1.05
  );
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
