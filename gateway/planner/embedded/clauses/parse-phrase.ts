import type { Chunk } from './chunk.js';
import { OF, type ParserState } from './parser-state.js';
import { looksLikeTable, looksLikeValue } from './phrase-kind.js';
import type { Phrase } from './request.js';

/** Whether the next thing that is named is a table: "never made an order". */
export function leadsToTable(state: ParserState): boolean {
  for (let index = state.at; index < Math.min(state.chunks.length, state.at + 5); index++) {
    const chunk = state.chunks[index]!;
    if (chunk.kind === 'phrase') return looksLikeTable(chunk.phrase) && !state.isSubject(chunk.phrase);
  }
  return false;
}

export function readPhrase(state: ParserState, phrase: Phrase): void {
  state.at += 1;
  const { request, lead } = state;
  const next = state.ahead(state.at);
  const compound =
    lead.length === 0 &&
    request.terms.at(-1)?.function === 'count' &&
    request.terms.at(-1)?.phrase?.end === phrase.start;
  if (compound && !looksLikeValue(phrase, undefined)) {
    request.fault = `what ${phrase.text} is counted`;
    return;
  }
  if (looksLikeValue(phrase, state.pending)) {
    readValue(state, phrase);
    return;
  }
  if (isNamingValue(state, phrase)) {
    state.lead = [];
    return;
  }
  if (!state.head) {
    readInBody(state, phrase, next);
  } else if (!state.hasAsked()) {
    if (looksLikeTable(phrase)) request.subject = phrase;
    else state.term({ phrase });
    state.lastTable = phrase.tables.length > 0 ? phrase : undefined;
  } else if (lead.some((word) => OF.has(word))) readBehindOf(state, phrase);
  else if (state.said('and', ',', '.', 'along', 'together', 'as', 'plus') || phrase.columns.length > 0) {
    if (
      request.terms.length === 0 &&
      request.subject !== undefined &&
      state.said('and', ',') &&
      !state.said('.')
    )
      request.terms.push({ phrase: request.subject });
    state.term({ phrase });
  } else if (request.subject === undefined) request.subject = phrase;
  else state.clause({ kind: 'table', phrase, negated: state.takeNegation() });
  state.lead = [];
}

/** `names of students`, `students in departments`: what follows owns, or narrows down, what went before. */
export function readBehindOf(state: ParserState, phrase: Phrase): void {
  const { request } = state;
  if (
    phrase.tables.length > 0 &&
    (phrase.columns.length === 0 || looksLikeTable(phrase) || state.said('of'))
  ) {
    const last = request.terms.at(-1);
    if (request.subject === undefined) request.subject = phrase;
    else if (state.said('of') && last !== undefined && last.owner === undefined && request.terms.length > 1)
      last.owner = phrase;
    else state.clause({ kind: 'table', phrase, negated: state.takeNegation() });
    state.lastTable = phrase;
    return;
  }
  if (state.said('by') && request.terms.some((term) => term.function !== undefined)) {
    request.groups.push(phrase);
    return;
  }
  state.head = false;
  readInBody(state, phrase, state.ahead(state.at));
}

export function readInBody(
  state: ParserState,
  phrase: Phrase,
  next: { chunk: Chunk; words: string[] } | undefined,
): void {
  const { request } = state;
  const compares =
    next !== undefined &&
    (next.chunk.kind === 'number' ||
      next.chunk.kind === 'quoted' ||
      next.words.some((word) => ['is', 'are', 'was', 'were', 'as'].includes(word)) ||
      (next.chunk.kind === 'operator' &&
        ['comparison', 'between', 'text'].includes(next.chunk.operator.kind)));
  const isTable =
    phrase.tables.length > 0 && (phrase.columns.length === 0 || (looksLikeTable(phrase) && !compares));
  if (isTable && state.isSubject(phrase)) {
    state.lastTable = phrase;
  } else if (isTable) {
    state.flush();
    if (request.subject === undefined && request.terms.length > 0 && state.said('of'))
      request.subject = phrase;
    else state.clause({ kind: 'table', phrase, negated: state.takeNegation() });
    state.lastTable = phrase;
  } else {
    state.flush();
    state.pending = phrase;
    state.pendingLead = [...state.lead];
    state.lastTable = undefined;
  }
  state.lead = [];
}

/** `the city of Seattle`, `Biology department`: a name beside its value says nothing more. */
export function isNamingValue(state: ParserState, phrase: Phrase): boolean {
  const last = state.request.clauses.at(-1);
  if (last?.kind !== 'value' || state.lead.length > 0 || state.chunks[state.at - 2]?.end !== phrase.start)
    return false;
  const value = last.values.at(-1)!;
  if (value.end !== phrase.start) return false;
  const column = phrase.columns.find((candidate) =>
    value.values.some(
      (other) => other.column === candidate.column || other.table.name === candidate.column.references?.table,
    ),
  );
  const table = phrase.tables.find((candidate) =>
    value.values.some((other) => other.table === candidate.table),
  );
  if (
    table !== undefined &&
    state.request.subject === undefined &&
    state.request.terms.length > 0 &&
    column === undefined
  )
    return false;
  if (column === undefined && table === undefined) return false;
  if (state.request.subject === undefined && state.request.terms.length === 0) return false;
  state.request.clauses[state.request.clauses.length - 1] = { ...last, column: phrase };
  return true;
}

export function readValue(state: ParserState, phrase: Phrase): void {
  const { request } = state;
  const last = request.clauses.at(-1);
  const shares = (other: Phrase) =>
    other.values.some((left) => phrase.values.some((right) => left.column === right.column));
  if (
    last?.kind === 'value' &&
    state.pending === undefined &&
    state.said('or', 'and', ',') &&
    shares(last.values.at(-1)!)
  ) {
    const all = state.both || (state.said('and') && !state.said('or'));
    request.clauses[request.clauses.length - 1] = {
      ...last,
      values: [...last.values, phrase],
      ...(all ? { all: true as const } : {}),
    };
  } else {
    const column = state.takePending();
    const named = column === undefined || looksLikeValue(phrase, column) ? column : undefined;
    state.clause({
      kind: 'value',
      values: [phrase],
      negated: state.takeNegation(),
      ...(named === undefined
        ? state.lastTable === undefined
          ? {}
          : { column: state.lastTable }
        : { column: named }),
    });
  }
  if (state.hasAsked()) state.head = state.head && !state.hasAsked();
  state.lead = [];
}
