import type { Statement, StatementOrigin } from './statement.js';

/** Bytes of a subject or a request's id that a tag holds. */
const LONGEST_PART = 100;
const HARMLESS = /^[A-Za-z0-9._@-]*$/;

/** On whose behalf a statement runs, for an engine's own log: letters, digits and `._@%=-` with spaces between. */
export function tagOf({ caller, requestId }: StatementOrigin): string {
  return `askgraph subject=${harmless(caller.subject)} request=${harmless(requestId)}`;
}

/** The statement's text behind a comment that says on whose behalf it runs. */
export function taggedText({ text, origin }: Statement): string {
  return origin === undefined || origin === 'operator' ? text : `/* ${tagOf(origin)} */ ${text}`;
}

/**
 * Whatever could mean something to an engine, a driver or a log is written as `%XX`: no quote, no end of a comment, no
 * placeholder and no line comes through.
 */
export function harmless(text: string): string {
  // Of every statement's tag, this is most of it.
  if (text.length <= LONGEST_PART && HARMLESS.test(text)) return text;
  return [...Buffer.from(text).subarray(0, LONGEST_PART)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._@-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
