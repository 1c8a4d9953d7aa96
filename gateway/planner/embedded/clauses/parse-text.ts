import type { OperatorChunk, ParserState } from './parser-state.js';
import type { Phrase } from './request.js';

export function readText(state: ParserState, chunk: OperatorChunk): void {
  if (chunk.operator.kind !== 'text') return;
  let column = state.pending ?? state.request.terms.at(-1)?.phrase;
  let index = state.at + 1;
  for (; index < state.chunks.length; index++) {
    const next = state.chunks[index]!;
    const word = state.tokens[next.start]!.lower;
    if (
      ![
        'the',
        'a',
        'an',
        'word',
        'letter',
        'substring',
        'string',
        'phrase',
        'character',
        'characters',
        'in',
        'it',
        'with',
        'words',
        'letters',
        'them',
        'prefix',
      ].includes(word) ||
      next.kind === 'quoted'
    )
      break;
  }
  const target = state.chunks[index];
  const announced =
    index > state.at + 1 &&
    !['the', 'a', 'an', 'in', 'it', 'them'].includes(state.tokens[state.chunks[index - 1]!.start]!.lower);
  const isText =
    target?.kind === 'quoted' ||
    (target?.kind === 'phrase' && state.tokens[target.start]!.kind === 'quoted') ||
    announced ||
    (target !== undefined && state.tokens[target.start]!.text.length <= 2);
  if (!isText) {
    // "Trips that end in Boston" says nothing of letters.
    state.request.verbs.push(state.tokens[chunk.start]!);
    state.at += 1;
    state.lead.push('in');
    if (state.hasAsked()) state.head = false;
    return;
  }
  if (column === undefined || target === undefined || target.kind === 'mark') {
    state.request.fault = 'what text';
    return;
  }
  const token = state.tokens[target.start]!;
  const place = textPlaceAt(state, index + 1);
  if (place !== undefined) [column, index] = [place.column, place.index];
  state.pending = undefined;
  state.clause({
    kind: 'text',
    column,
    match: chunk.operator.match,
    text: token.text,
    negated: state.takeNegation(),
  });
  state.advance(index + 1);
  state.head = false;
}

/** The column that a text is looked for in, where it is said behind: "the letter M in their first name". */
export function textPlaceAt(state: ParserState, from: number): { column: Phrase; index: number } | undefined {
  const next = state.ahead(from);
  const isIn =
    next?.words.includes('in') === true &&
    next.words.every((word) => ['in', 'its', 'it', 'their', 'the', 'his', 'her'].includes(word));
  return isIn && next.chunk.kind === 'phrase' && next.chunk.phrase.columns.length > 0
    ? { column: next.chunk.phrase, index: next.index }
    : undefined;
}
