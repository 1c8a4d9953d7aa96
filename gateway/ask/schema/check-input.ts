import { zoneName } from '../../../schema/day-in-zone.js';
import { AskgraphError } from '../../../schema/errors.js';
import type { QueryLanguage } from '../answer-types.js';
import type * as checked from './ask-service.js';
import {
  type AskInput,
  DEFAULT_MAX_ROWS,
  DEFAULT_PAGE,
  DEFAULT_TIME_ZONE,
  type FeedbackInput,
  type Page,
} from './inputs.js';
import { parseInstant } from './parse-instant.js';

const LONGEST_QUESTION = 2_000;
const LONGEST_COMMENT = 2_000;
const LONGEST_QUERY = 20_000;
const LONGEST_ID = 200;
const LONGEST_CURSOR = 1_000;
const MOST_ROWS = 10_000;
const MOST_DOMAINS = 100;
const LONGEST_PAGE = 100;

/** The one place where a question's input is checked and its defaults are filled in. Throws BAD_USER_INPUT. */
export function checkAskInput(input: AskInput): checked.AskInput {
  return {
    question: checkText('question', input.question, LONGEST_QUESTION),
    conversationId: checkOptional('conversationId', input.conversationId, LONGEST_ID),
    choiceId: checkOptional('choiceId', input.choiceId, LONGEST_ID),
    domains: checkDomains(input.domains),
    asOf: input.asOf === undefined || input.asOf === null ? undefined : parseInstant('asOf', input.asOf),
    timeZone: checkTimeZone(input.timeZone ?? DEFAULT_TIME_ZONE),
    maxRows: checkNumber('maxRows', input.maxRows ?? DEFAULT_MAX_ROWS, MOST_ROWS),
    idempotencyKey: checkOptional('idempotencyKey', input.idempotencyKey, LONGEST_ID),
  };
}

export function checkFeedback(input: FeedbackInput): checked.FeedbackInput {
  return {
    answerId: checkId('answerId', input.answerId),
    verdict: input.right ? 'right' : 'wrong',
    comment: checkOptional('comment', input.comment, LONGEST_COMMENT),
    correction: checkCorrection(input.correctedQuery, input.language),
  };
}

export function checkPage(page: Page): checked.PageRequest {
  return {
    first: checkNumber('first', page.first ?? DEFAULT_PAGE, LONGEST_PAGE),
    after: checkOptional('after', page.after, LONGEST_CURSOR),
  };
}

export function checkLast(last: number | null): number {
  return checkNumber('last', last ?? DEFAULT_PAGE, LONGEST_PAGE);
}

export function checkId(field: string, id: string): string {
  return checkText(field, id, LONGEST_ID);
}

function checkText(field: string, text: string, longest: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw badInput(field, `${field} is empty.`);
  if (trimmed.length > longest) {
    const message = `${field} has ${count(trimmed.length)} characters; at most ${count(longest)} are read.`;
    throw badInput(field, message, { length: trimmed.length, limit: longest });
  }
  return trimmed;
}

function checkOptional(field: string, text: string | null | undefined, longest: number): string | undefined {
  return text === null || text === undefined ? undefined : checkText(field, text, longest);
}

function checkDomains(domains: readonly string[] | null | undefined): readonly string[] | undefined {
  if (domains === null || domains === undefined) return undefined;
  if (domains.length === 0) throw badInput('domains', 'domains is empty; leave it out to ask all of them.');
  if (domains.length > MOST_DOMAINS) {
    throw badInput(
      'domains',
      `domains has ${count(domains.length)} names; at most ${MOST_DOMAINS} are read.`,
    );
  }
  return [...new Set(domains.map((domain) => checkText('domains', domain, LONGEST_ID)))];
}

function checkTimeZone(timeZone: string): string {
  try {
    return zoneName(timeZone);
  } catch (cause) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `timeZone ${JSON.stringify(timeZone.slice(0, LONGEST_ID))} is not an IANA time zone such as "Europe/Berlin".`,
      { details: { field: 'timeZone' }, cause },
    );
  }
}

function checkNumber(field: string, value: number, most: number): number {
  if (value < 1 || value > most) {
    throw badInput(field, `${field} is ${value}; it must be from 1 to ${count(most)}.`, { limit: most });
  }
  return value;
}

function checkCorrection(
  correctedQuery: string | null | undefined,
  language: QueryLanguage | null | undefined,
): checked.Correction | undefined {
  const query = checkOptional('correctedQuery', correctedQuery, LONGEST_QUERY);
  if (query === undefined) return undefined;
  if (language === null || language === undefined) {
    throw badInput('language', 'language is missing: it says what correctedQuery is written in.');
  }
  return { query, language };
}

function badInput(
  field: string,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): AskgraphError {
  return new AskgraphError('BAD_USER_INPUT', message, { details: { field, ...facts } });
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
