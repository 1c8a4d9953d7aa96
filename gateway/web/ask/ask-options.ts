import type { AskInput } from './answer.js';

/** What the reader set beside the question. */
export interface AskOptions {
  /** A calendar date, "2013-05-01", or "" for today. */
  readonly date: string;
  /** Names of the domains to ask; none: all of them. */
  readonly domains: readonly string[];
}

export const NO_OPTIONS: AskOptions = { date: '', domains: [] };

/** The options as the contract takes them. `timeZone` is the reader's own, for "today" is theirs. */
export function optionsInput(options: AskOptions, timeZone: string): Omit<AskInput, 'question'> {
  return {
    ...(options.date === '' ? {} : { asOf: noonOf(options.date) }),
    ...(options.domains.length === 0 ? {} : { domains: options.domains }),
    ...(timeZone === '' ? {} : { timeZone }),
  };
}

/** Noon of that date in the reader's time zone, as an instant: it falls on the date whatever the clocks do. */
function noonOf(date: string): string {
  return new Date(`${date}T12:00:00`).toISOString();
}
