import { describe, expect, it } from 'vitest';
import { NO_OPTIONS, optionsInput } from './ask-options.js';

describe('the options beside a question', () => {
  it('send nothing but the time zone where nothing is set', () => {
    expect(optionsInput(NO_OPTIONS, 'Europe/Berlin')).toEqual({ timeZone: 'Europe/Berlin' });
    expect(optionsInput(NO_OPTIONS, '')).toEqual({});
  });

  it("send an instant that falls on the chosen date in the reader's own time zone", () => {
    const { asOf = '', domains } = optionsInput({ date: '2013-05-01', domains: ['hr'] }, 'UTC');
    const local = new Date(asOf);
    expect([local.getFullYear(), local.getMonth() + 1, local.getDate()]).toEqual([2013, 5, 1]);
    expect(domains).toEqual(['hr']);
  });
});
