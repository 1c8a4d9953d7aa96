import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../knowledge/text/tokenize.js';
import type { Period } from './period.js';
import { recognisePeriods } from './recognise-periods.js';

/** A Wednesday. */
const TODAY = '2024-05-15';

/** `2013-05-01..2013-06-01`, the second day being the first one after; `MONTH=5`; `now`. */
function written(period: Period): string {
  switch (period.kind) {
    case 'range':
      return `${period.from ?? ''}..${period.to ?? ''}`;
    case 'recurring':
      return period.parts.map(({ part, value }) => `${part}=${value}`).join(' ');
    case 'now':
      return 'now';
  }
}

/** The period that accounts for the most words, and the words it covers. */
function best(question: string, today = TODAY): { period: Period; words: string } | undefined {
  const tokens = tokenize(question);
  const [first] = recognisePeriods(tokens, today).toSorted((a, b) => b.score - a.score);
  if (first?.meaning.kind !== 'period') return undefined;
  const words = tokens.slice(first.start, first.end).map((token) => token.text);
  return { period: first.meaning.period, words: words.join(' ') };
}

const read = (question: string, today = TODAY) => {
  const found = best(question, today);
  return found === undefined ? undefined : written(found.period);
};

describe('years, quarters, months and days', () => {
  it.each([
    ['in 2013', '2013-01-01..2014-01-01'],
    ['in the year 2008', '2008-01-01..2009-01-01'],
    ['during 1800', '1800-01-01..1801-01-01'],
    ['in May 2013', '2013-05-01..2013-06-01'],
    ['in May of 2013', '2013-05-01..2013-06-01'],
    ['in the month of May 2013', '2013-05-01..2013-06-01'],
    ['in february 2024', '2024-02-01..2024-03-01'],
    ['in december of 2013', '2013-12-01..2014-01-01'],
    ['Sept 2013', '2013-09-01..2013-10-01'],
    ['dec 2013', '2013-12-01..2014-01-01'],
    ['Q1 2013', '2013-01-01..2013-04-01'],
    ['Q4 of 2014', '2014-10-01..2015-01-01'],
    ['the first quarter of 2015', '2015-01-01..2015-04-01'],
    ['3rd quarter 2016', '2016-07-01..2016-10-01'],
    ['on 2013-05-31', '2013-05-31..2013-06-01'],
    ['on 2024-02-28', '2024-02-28..2024-02-29'],
    ['on 2024-02-29', '2024-02-29..2024-03-01'],
    ['on 2023-12-31', '2023-12-31..2024-01-01'],
    ['5 May 2013', '2013-05-05..2013-05-06'],
    ['on 29th February 2024', '2024-02-29..2024-03-01'],
    ['in the 1990s', '1990-01-01..2000-01-01'],
    ['in the 90s', '1990-01-01..2000-01-01'],
    ['in the eighties', '1980-01-01..1990-01-01'],
    ['in the 2010s', '2010-01-01..2020-01-01'],
  ])('“%s” is %s', (question, period) => expect(read(question)).toBe(period));

  it.each([
    'more than 2000',
    'over 1999',
    'at least 1950',
    'top 2000',
    'in 13',
    'in 2500',
    'in 1750',
    'sale 20131',
  ])('“%s” names no year', (question) => expect(read(question)).toBeUndefined());
});

describe('stretches that today decides', () => {
  it.each([
    ['today', TODAY, '2024-05-15..2024-05-16'],
    ['yesterday', TODAY, '2024-05-14..2024-05-15'],
    ['yesterday', '2024-03-01', '2024-02-29..2024-03-01'],
    ['yesterday', '2023-03-01', '2023-02-28..2023-03-01'],
    ['yesterday', '2024-01-01', '2023-12-31..2024-01-01'],
    ['this week', TODAY, '2024-05-13..2024-05-20'],
    ['this week', '2023-01-01', '2022-12-26..2023-01-02'],
    ['this week', '2024-01-01', '2024-01-01..2024-01-08'],
    ['last week', TODAY, '2024-05-06..2024-05-13'],
    ['next week', TODAY, '2024-05-20..2024-05-27'],
    ['this month', '2024-02-29', '2024-02-01..2024-03-01'],
    ['the current month', TODAY, '2024-05-01..2024-06-01'],
    ['last month', '2024-03-31', '2024-02-01..2024-03-01'],
    ['last month', '2024-01-31', '2023-12-01..2024-01-01'],
    ['next month', '2024-12-31', '2025-01-01..2025-02-01'],
    ['this quarter', TODAY, '2024-04-01..2024-07-01'],
    ['last quarter', '2024-02-10', '2023-10-01..2024-01-01'],
    ['next quarter', '2024-11-30', '2025-01-01..2025-04-01'],
    ['this year', TODAY, '2024-01-01..2025-01-01'],
    ['last year', '2024-02-29', '2023-01-01..2024-01-01'],
    ['the previous year', TODAY, '2023-01-01..2024-01-01'],
    ['in the last 7 days', TODAY, '2024-05-09..2024-05-16'],
    ['past 2 weeks', TODAY, '2024-05-02..2024-05-16'],
    ['last 3 months', TODAY, '2024-02-16..2024-05-16'],
    ['previous 2 years', TODAY, '2022-05-16..2024-05-16'],
    ['last 1 years', '2024-02-29', '2023-03-01..2024-03-01'],
    ['right now', TODAY, 'now'],
    ['currently', TODAY, 'now'],
  ])('“%s” on %s is %s', (question, today, period) => expect(read(question, today)).toBe(period));

  it('come back every year where a birthday would be meant', () => {
    const recurs = (question: string) => {
      const period = best(question)?.period;
      return period?.kind === 'range'
        ? period.recurs?.map(({ part, value }) => `${part}=${value}`)
        : undefined;
    };
    expect(recurs('this month')).toEqual(['MONTH=5']);
    expect(recurs('last month')).toEqual(['MONTH=4']);
    expect(recurs('today')).toEqual(['MONTH=5', 'DAY=15']);
    expect(recurs('this quarter')).toEqual(['QUARTER=2']);
    expect(recurs('this year')).toBeUndefined();
    expect(recurs('this week')).toBeUndefined();
    expect(recurs('in May 2013')).toBeUndefined();
  });
});

describe('what comes back', () => {
  it.each([
    ['in May', 'MONTH=5'],
    ['the month of May', 'MONTH=5'],
    ['in october', 'MONTH=10'],
    ['in jan', 'MONTH=1'],
    ['on May 5th', 'MONTH=5 DAY=5'],
    ['born on February 29', 'MONTH=2 DAY=29'],
    ['on Mondays', 'DAY_OF_WEEK=1'],
    ['on sunday', 'DAY_OF_WEEK=7'],
  ])('“%s” is %s', (question, period) => expect(read(question)).toBe(period));

  it.each([
    ['may I see the sales', undefined],
    ['sales that may count', undefined],
    ['they march on', undefined],
    ['sales in may', 'MONTH=5'],
    ['who was born in march', 'MONTH=3'],
    ['sales of March', 'MONTH=3'],
    ['sales for May', 'MONTH=5'],
    ['may 2013', '2013-05-01..2013-06-01'],
  ])('of “%s” the month is %s', (question, period) => expect(read(question)).toBe(period));
});

describe('open and bounded stretches', () => {
  it.each([
    ['before 1990', '..1990-01-01'],
    ['prior to 2005', '..2005-01-01'],
    ['before May 2013', '..2013-05-01'],
    ['before 2013-05-31', '..2013-05-31'],
    ['earlier than May 2013', '..2013-05-01'],
    ['after 1990', '1991-01-01..'],
    ['after May 2013', '2013-06-01..'],
    ['later than May 2013', '2013-06-01..'],
    ['since 2010', '2010-01-01..'],
    ['from 2010', '2010-01-01..'],
    ['starting in 2013', '2013-01-01..'],
    ['since last month', '2024-04-01..'],
    ['until 2012', '..2013-01-01'],
    ['through May 2013', '..2013-06-01'],
    ['between 2010 and 2012', '2010-01-01..2013-01-01'],
    ['between May 2013 and July 2013', '2013-05-01..2013-08-01'],
    ['between May and July 2013', '2013-05-01..2013-08-01'],
    ['from November to January 2013', '2012-11-01..2013-02-01'],
    ['between 2013-05-05 and 2013-05-09', '2013-05-05..2013-05-10'],
    ['from 2010 to 2012', '2010-01-01..2013-01-01'],
    ['from May 2013 until July 2013', '2013-05-01..2013-08-01'],
    ['from 2010 through 2012', '2010-01-01..2013-01-01'],
    ['from Q1 2013 to Q2 2013', '2013-01-01..2013-07-01'],
  ])('“%s” is %s', (question, period) => expect(read(question)).toBe(period));

  it('include both ends of “between”, and neither year of “before” and “after”', () => {
    expect(read('between 2010 and 2010')).toBe('2010-01-01..2011-01-01');
    expect([read('before 2010'), read('after 2010')]).toEqual(['..2010-01-01', '2011-01-01..']);
  });
});

describe('a mention', () => {
  it.each([
    ['How many were hired before 1990?', 'before 1990', 'before 1990'],
    ['commission in the year 2008', 'year 2008', 'in 2008'],
    ['stocks in May of 2013', 'May of 2013', 'in May 2013'],
    ['sales between 2010 and 2012', 'between 2010 and 2012', 'from 2010 to 2012'],
    ['hired this month', 'this month', 'this month'],
  ])('of “%s” covers “%s” and is said “%s”', (question, words, label) => {
    const found = best(question);
    expect(found?.words).toBe(words);
    expect(found?.period.label).toBe(label);
  });

  it('leaves the shorter readings beside the longest, with less weight', () => {
    const mentions = recognisePeriods(tokenize('before May 2013'), TODAY);
    const spans = mentions.toSorted((a, b) => b.score - a.score).map(({ start, end }) => `${start}-${end}`);
    expect(spans).toEqual(['0-3', '1-3', '2-3']);
  });
});
