import { measuredAt } from './parse-figure.js';
import type { OperatorChunk, ParserState } from './parser-state.js';
import { isBareName, looksLikeTable, looksLikeValue } from './phrase-kind.js';

export function readGroup(state: ParserState, said: string): void {
  const next = state.ahead(state.at + 1);
  const { request } = state;
  const phrase =
    next?.chunk.kind === 'phrase' && !looksLikeValue(next.chunk.phrase, undefined)
      ? next.chunk.phrase
      : undefined;
  const figures = request.terms.some((term) => term.function !== undefined);
  if (said === 'by' && (phrase === undefined || !figures || request.verbs.length > 0)) {
    state.at += 1;
    state.lead.push('by');
    return;
  }
  if (phrase === undefined) {
    const isOne = next?.chunk.kind === 'number' && next.chunk.value === '1';
    if (
      /^(each|for|in|of)$/.test(said) &&
      request.terms.some((term) => term.function === undefined || request.groups.length > 0)
    ) {
      state.advance(isOne ? next!.index + 1 : state.at + 1);
      return;
    }
    request.fault = 'each of what';
    return;
  }
  state.flush();
  state.advance(next!.index + 1);
  const named = request.terms.at(-1);
  if (
    !figures &&
    request.subject === undefined &&
    phrase.tables.length === 0 &&
    named?.phrase !== undefined &&
    isBareName(named.phrase)
  ) {
    request.terms[request.terms.length - 1] = { phrase };
    return;
  }
  if (!figures && state.hasAsked() && looksLikeTable(phrase) && request.subject === undefined)
    request.subject = phrase;
  else if (!figures && state.hasAsked() && state.isSubject(phrase)) return;
  else request.groups.push(phrase);
  state.lastTable = phrase.tables.length > 0 ? phrase : undefined;
  const more = state.ahead(state.at);
  if (
    said !== 'by' &&
    more?.words.join(' ') === 'and' &&
    more.chunk.kind === 'phrase' &&
    figures &&
    !looksLikeTable(more.chunk.phrase)
  ) {
    request.groups.push(more.chunk.phrase);
    state.advance(more.index + 1);
  }
}

export function readOrder(state: ParserState, chunk: OperatorChunk): void {
  if (chunk.operator.kind !== 'order') return;
  state.flush();
  const { request } = state;
  const { direction } = chunk.operator;
  if (state.hasAsked()) state.head = false;
  const last = request.order.at(-1);
  const of = state.chunks[state.at + 1];
  const names =
    direction === undefined ||
    (of?.kind === 'word' && ['of', 'by'].includes(of.token.lower)) ||
    (of?.kind === 'operator' && of.operator.kind === 'group');
  const from = of?.kind === 'operator' && of.operator.kind === 'group' ? state.at + 2 : state.at + 1;
  const by = names || /of$/.test(state.tokens[chunk.end - 1]!.lower) ? orderedBy(state, from) : undefined;
  if (by === undefined && last !== undefined && direction !== undefined) {
    request.order[request.order.length - 1] = { ...last, direction };
    state.advance(state.at + 1);
    readMoreKeys(state);
    return;
  }
  const counted = names && by === undefined ? state.ahead(from) : undefined;
  if (
    counted?.chunk.kind === 'operator' &&
    counted.chunk.operator.kind === 'count' &&
    request.terms.some((term) => term.function === 'count')
  ) {
    request.order.push({ by: undefined, direction: direction ?? 'ASC' });
    state.advance(counted.index + 1);
    return;
  }
  if (by === undefined && direction === undefined) {
    const later = state.ahead(state.at + 1);
    if (!(later?.chunk.kind === 'operator' && later.chunk.operator.kind === 'order'))
      request.fault = 'sorted by what';
    state.advance(state.at + 1);
    return;
  }
  // "In descending order by age": the direction was said before.
  if (direction === undefined && last !== undefined && last.by === undefined && by !== undefined)
    request.order[request.order.length - 1] = { ...last, by: by.measured };
  else request.order.push({ by: by?.measured, direction: direction ?? 'ASC' });
  state.advance(by?.end ?? state.at + 1);
  readMoreKeys(state);
}

/** "Sorted by year and class": a further key, where nothing is said of it but that. */
function readMoreKeys(state: ParserState): void {
  const { request } = state;
  const comma = state.chunks[state.at];
  const from = comma?.kind === 'mark' && comma.token.text === ',' ? state.at + 1 : state.at;
  const next = state.ahead(from);
  const isJoined = from > state.at || next?.words.includes('and') === true;
  if (
    !isJoined ||
    next?.chunk.kind !== 'phrase' ||
    next.chunk.phrase.columns.length === 0 ||
    !next.words.every((word) => ['and', 'then', 'the', 'their', 'by', 'also'].includes(word))
  )
    return;
  const behind = state.ahead(next.index + 1);
  const ends =
    behind === undefined || (behind.chunk.kind === 'operator' && behind.chunk.operator.kind === 'order');
  if (!ends) return;
  request.order.push({ by: { kind: 'column', phrase: next.chunk.phrase }, direction: 'ASC' });
  state.advance(next.index + 1);
  readMoreKeys(state);
}

/** What rows are sorted by; by what the rows of a table are called where a table is named. */
function orderedBy(state: ParserState, from: number): ReturnType<typeof measuredAt> {
  const by = measuredAt(state, from);
  if (by?.bare !== true || by.measured.kind !== 'count' || by.measured.phrase === undefined) return by;
  return { ...by, measured: { kind: 'column', phrase: by.measured.phrase } };
}
