import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Chunk } from './chunk.js';
import { UNITS } from './names.js';
import { readComparative } from './parse-comparative.js';
import { readLetters, textPlaceAt } from './parse-text.js';
import { type ParserState, RELATIVE } from './parser-state.js';
import { isRequest, isVerb } from './verbs.js';

/** Words that ask for all there is of something. */
const EVERYTHING = new Set(['information', 'info', 'details', 'detail', 'records', 'rows', 'everything']);

export function readWord(state: ParserState, lower: string): void {
  state.lead.push(lower);
  if (lower === 'both') state.both = !state.head || state.hasAsked();
  if (
    lower === 'but' &&
    !['not', 'no'].includes(state.tokens[state.chunks[state.at]?.start ?? 0]?.lower ?? '')
  )
    state.request.fault = 'but';
  if (lower === 'where' && state.at === 1) state.where = true;
  if (lower === 'how') state.request.fault = 'how';
  if (EVERYTHING.has(lower) && state.head && state.request.terms.length === 0)
    state.request.everything = true;
  if (RELATIVE.has(lower) && state.hasAsked()) state.head = false;
}

export function readLiteral(state: ParserState, text: string): void {
  const place =
    state.hasAsked() && state.pending === undefined ? textPlaceAt(state, state.at + 1) : undefined;
  if (place !== undefined && state.said('has', 'have', 'with', 'having')) {
    state.clause({
      kind: 'text',
      column: place.column,
      match: 'contains',
      text,
      negated: state.takeNegation(),
    });
    state.advance(place.index + 1);
    state.head = false;
    return;
  }
  state.at += 1;
  const column =
    state.takePending() ?? state.lastTable ?? state.request.subject ?? state.request.terms.at(-1)?.phrase;
  if (column === undefined) {
    state.request.fault = `what ${text} is`;
    return;
  }
  state.equals(column, { text, kind: 'text' });
}

export function readPeriod(state: ParserState, chunk: Chunk & { kind: 'period' }): void {
  state.at += 1;
  if (chunk.period.kind === 'now') return;
  const column = state.takePending();
  const year = chunk.year === undefined ? {} : { year: chunk.year };
  state.clause({ kind: 'period', column, period: chunk.period, ...year, negated: state.takeNegation() });
  if (state.hasAsked()) state.head = false;
}

/** Nouns that add nothing to the name that they stand behind: "staff members", "order records". */
const HEADS = new Set(
  'member members person people persons individual individuals item items unit units instance instances'.split(
    ' ',
  ),
);
/** Nouns that add nothing to what they stand before with "of": "the kinds of rooms". */
const SORTS = new Set('kind kinds sort sorts set sets collection piece pieces variety'.split(' '));

function saysNothing(state: ParserState, token: Token): boolean {
  const before = state.chunks[state.at - 2];
  const behind = state.chunks[state.at];
  const isHead =
    HEADS.has(token.lower) &&
    before?.kind === 'phrase' &&
    before.end === token.index &&
    before.phrase.tables.length > 0;
  const isSort = SORTS.has(token.lower) && behind?.kind === 'word' && behind.token.lower === 'of';
  // "In this shop": where all of it is from.
  const isHere = state.lead.at(-1) === 'this';
  // "25 mph", "in millions of dollars": the unit of a column that holds no other.
  const isUnit = UNITS.includes(token.lower) && (before?.kind === 'number' || state.lead.at(-1) === 'in');
  return isHead || isSort || isHere || isUnit;
}

/** "That can cover", "do not attend": what stands there is what somebody does. */
function isBehindAuxiliary({ lead, negated }: ParserState, token: Token): boolean {
  const before = lead.at(-1);
  return (
    token.kind === 'word' &&
    !token.proper &&
    (before === 'can' || before === 'could' || (negated && before === undefined))
  );
}

export function readUnknown(state: ParserState, token: Token): void {
  state.at += 1;
  const isLiteral =
    state.pending !== undefined &&
    state.said('is', 'are', 'was', 'were', 'of', 'as', 'in') &&
    (token.proper || /\d/.test(token.text));
  if (isLiteral) {
    const words = [token.text];
    for (
      let next = state.chunks[state.at];
      next?.kind === 'unknown' && next.token.proper;
      next = state.chunks[state.at]
    ) {
      words.push(next.token.text);
      state.at += 1;
    }
    state.equals(state.takePending()!, { text: words.join(' '), kind: 'text' });
    return;
  }
  if (saysNothing(state, token) || readComparative(state, token) || readLetters(state, token)) return;
  if (['well', 'together', 'along'].includes(token.lower)) {
    state.lead.push('and');
    return;
  }
  const starts = token.index === 0 || state.said('.');
  if (isRequest(token) && (starts || (state.said('and', ',') && token.lower !== 'state'))) {
    state.head = true;
    return;
  }
  if (isVerb(token) || isBehindAuxiliary(state, token)) {
    state.request.verbs.push(token);
    if (state.hasAsked() && !state.said('and', ',')) state.head = false;
  } else state.request.unknown.push(token);
  state.lead.push(token.lower);
}
