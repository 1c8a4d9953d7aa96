import type { TextMatch } from '../../../../subgraphs/sql/table-query.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Chunk } from './chunk.js';
import type { OperatorChunk, ParserState } from './parser-state.js';
import { isBareName } from './phrase-kind.js';
import type { Phrase } from './request.js';

const LETTERS = new Set(
  'word letter substring string phrase character characters words letters prefix'.split(' '),
);
const SMALL = new Set(['the', 'a', 'an', 'in', 'it', 'with', 'them']);

export function readText(state: ParserState, chunk: OperatorChunk): void {
  if (chunk.operator.kind !== 'text') return;
  let column = state.pending ?? state.request.terms.at(-1)?.phrase;
  const index = literalFrom(state, state.at + 1);
  const target = state.chunks[index];
  const announced = index > state.at + 1 && LETTERS.has(state.tokens[state.chunks[index - 1]!.start]!.lower);
  if (target === undefined || !(isLiteral(state, target) || announced)) {
    // "Trips that end in Boston" says nothing of letters.
    state.request.verbs.push(state.tokens[chunk.start]!);
    state.at += 1;
    state.lead.push('in');
    if (state.hasAsked()) state.head = false;
    return;
  }
  const texts = textsAt(state, index);
  const place = textPlaceAt(state, texts.end);
  column = place?.column ?? column;
  if (column === undefined || target.kind === 'mark') {
    state.request.fault = 'what text';
    return;
  }
  state.pending = undefined;
  addTexts(state, column, chunk.operator.match, texts);
  state.advance(place === undefined ? texts.end : place.index + 1);
}

/** `with the letters D or S in their first name`. */
export function readLetters(state: ParserState, token: Token): boolean {
  if (!LETTERS.has(token.lower) || !state.hasAsked()) return false;
  const index = literalFrom(state, state.at);
  const target = state.chunks[index];
  if (target === undefined || !isLiteral(state, target)) return false;
  const texts = textsAt(state, index);
  const place = textPlaceAt(state, texts.end);
  if (place === undefined) return false;
  addTexts(state, place.column, 'contains', texts);
  state.advance(place.index + 1);
  return true;
}

/** Where the next thing stands that may be a text: behind small words and "the letter". */
function literalFrom(state: ParserState, from: number): number {
  let index = from;
  for (; index < state.chunks.length; index++) {
    const chunk = state.chunks[index]!;
    const word = state.tokens[chunk.start]!.lower;
    if (chunk.kind === 'quoted' || !(LETTERS.has(word) || SMALL.has(word)) || isLetter(state, chunk)) break;
  }
  return index;
}

function isLiteral(state: ParserState, chunk: Chunk): boolean {
  return state.tokens[chunk.start]!.kind === 'quoted' || state.tokens[chunk.start]!.text.length <= 2;
}

/** "A" written large is a letter, "a" before a noun is none. */
function isLetter(state: ParserState, chunk: Chunk): boolean {
  return state.tokens[chunk.start]!.text.length === 1 && state.tokens[chunk.start]!.proper;
}

interface Texts {
  readonly texts: readonly string[];
  readonly joined: 'or' | 'and';
  readonly end: number;
}

/** `"North" or the word "South"`: the texts from one on. */
function textsAt(state: ParserState, from: number): Texts {
  const texts = [state.tokens[state.chunks[from]!.start]!.text];
  let joined: Texts['joined'] = 'and';
  let end = from + 1;
  for (;;) {
    const joint = state.chunks[end];
    const word = joint === undefined ? undefined : state.tokens[joint.start]!.lower;
    if (word !== 'or' && word !== 'and') break;
    const index = literalFrom(state, end + 1);
    const next = state.chunks[index];
    if (next === undefined || !isLiteral(state, next) || next.kind === 'mark' || next.kind === 'word') break;
    texts.push(state.tokens[next.start]!.text);
    if (word === 'or') joined = 'or';
    end = index + 1;
  }
  return { texts, joined, end };
}

function addTexts(state: ParserState, column: Phrase, match: TextMatch, { texts, joined }: Texts): void {
  const negated = state.takeNegation();
  for (const [index, text] of texts.entries()) {
    if (index > 0) state.lead = [joined];
    state.clause({ kind: 'text', column, match, text, negated });
  }
  state.head = false;
}

/** The column that a text is looked for in, where it is said behind: "the letter M in their first name". */
export function textPlaceAt(state: ParserState, from: number): { column: Phrase; index: number } | undefined {
  const next = state.ahead(from);
  const isIn =
    next?.words.includes('in') === true &&
    next.words.every((word) => ['in', 'its', 'it', 'their', 'the', 'his', 'her'].includes(word));
  return isIn &&
    next.chunk.kind === 'phrase' &&
    (next.chunk.phrase.columns.length > 0 || isBareName(next.chunk.phrase))
    ? { column: next.chunk.phrase, index: next.index }
    : undefined;
}
