import { describe, expect, it } from 'vitest';
import type { Literal } from '../../../subgraphs/sql/map-literals.js';
import { questionWords } from '../../planner/plans/normal-question.js';
import { slotsOf } from './slots.js';

const text = (value: string): Literal => ({ kind: 'text', value, place: 'value' });
const number = (value: string): Literal => ({ kind: 'number', value, place: 'value' });
const slots = (question: string, ...literals: Literal[]) => {
  const words = questionWords(question);
  return slotsOf(words, literals).map(
    ({ kind, start, end }) =>
      `${kind}: ${words
        .slice(start, end)
        .map((word) => word.text)
        .join(' ')}`,
  );
};

describe('the values of a question', () => {
  it('are the texts, numbers, years and days that its plan holds', () => {
    expect(
      slots('Top 5 events in New York City in 2008', text('New York City'), number('5'), number('2008')),
    ).toEqual(['number: 5', 'text: New York City', 'year: 2008']);
    expect(slots('What happened on 2008-03-01?', text('2008-03-01'))).toEqual(['day: 2008-03-01']);
  });

  it('are a year where all dates of the plan are of it, up to the first day of the next', () => {
    expect(slots('Sales in 2008', text('2008-01-01'), text('2009-01-01T00:00:00'))).toEqual(['year: 2008']);
    expect(slots('Sales in 2008', text('2008-12-31 23:59:59'))).toEqual(['year: 2008']);
    // A fiscal year begins in the year before.
    expect(slots('Sales in fiscal 2008', text('2007-10-01'), text('2008-10-01'))).toEqual([]);
    expect(slots('Sales in 2008', text('2008-01-01'), text('2009-01-01 12:00:00'))).toEqual([]);
  });

  it.each([
    ['stands twice in the question', ['5 of the 5 best', number('5')]],
    ['stands twice in the plan', ['The best 5', number('5'), number('5')]],
    ['is not in the plan', ['The best 5', number('6')]],
    ['is one of two years', ['Sales from 2007 to 2008', text('2007-01-01'), text('2009-01-01')]],
    ['is part of another word', ['Who is in D5?', number('5')]],
  ] as const)('are none where a value %s', (_, [question, ...literals]) => {
    expect(slots(question, ...literals)).toEqual([]);
  });
});
