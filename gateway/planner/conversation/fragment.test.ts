import { describe, expect, it } from 'vitest';
import { readFragment } from './fragment.js';
import { goesOn, leansBack } from './goes-on.js';

describe('a question that goes on', () => {
  it.each([
    ['and in 2007?', { time: { preposition: 'in', text: '2007' } }],
    ['What about March 2008?', { time: { preposition: undefined, text: 'March 2008' } }],
    ['only in New York', { value: { preposition: 'in', text: 'New York' } }],
    ['as a chart by month', { group: 'month' }],
    ['Show it as a line chart', {}],
    [
      'and in Chicago in 2007 by quarter?',
      {
        time: { preposition: 'in', text: '2007' },
        group: 'quarter',
        value: { preposition: 'in', text: 'Chicago' },
      },
    ],
    ['the same for women, please', { value: { preposition: 'for', text: 'women' } }],
    ['now since last year', { time: { preposition: 'since', text: 'last year' } }],
  ])('is told from what it changes: %s', (said, fragment) => {
    expect(readFragment(said)).toEqual(fragment);
    expect(goesOn(said)).toBe(true);
  });

  it.each(['and how many events are there?', 'And which city has the most venues?', 'from 2007 to 2008'])(
    'is nothing that only changes one thing of another: %s',
    (said) => {
      expect(readFragment(said)).toBeUndefined();
    },
  );

  it.each([
    'How many employees were hired in 1990?',
    'In 2008, how many tickets were sold in Chicago?',
    'Employees that earn more than their managers',
    'What is the total commission this year?',
  ])('is not taken for one where it stands alone: %s', (said) => {
    expect(leansBack(said)).toBe(false);
  });
});
