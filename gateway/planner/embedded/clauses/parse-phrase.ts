import type { Chunk } from './chunk.js';
import { isNamingValue, readValue } from './parse-value.js';
import { OF, type ParserState } from './parser-state.js';
import { CALLED } from './phrase-at.js';
import { isBareName, looksLikeTable, looksLikeValue } from './phrase-kind.js';
import type { Phrase, Request } from './request.js';

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
  const before = request.terms.at(-1)?.phrase;
  if (
    lead.length === 0 &&
    before?.end === phrase.start &&
    request.terms.at(-1)?.function === undefined &&
    phrase.values.length === 0 &&
    Math.min(bestColumn(before), bestColumn(phrase)) < 0.75
  ) {
    request.fault = `what ${before.text} ${phrase.text} is`;
    return;
  }
  const isPart =
    lead.length === 0 &&
    request.subject?.end === phrase.start &&
    phrase.values.length === 0 &&
    !/(ed|ing)$/.test(phrase.text) &&
    bestColumn(phrase) < 0.6 &&
    phrase.columns.some(({ loosely }) => loosely === undefined);
  if (isPart) {
    request.fault = `what ${request.subject!.text} ${phrase.text} is`;
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
  // "Employees hired before 2002": what is said of them, not asked for.
  const isSaid = lead.length === 0 && phrase.tables.length === 0 && /^\w+(ed|ing)$/.test(phrase.text);
  // "Which order's tracking number is 3452": told, not asked.
  const isTold =
    phrase.tables.length === 0 &&
    next?.words.some((word) => ['is', 'are', 'was', 'were'].includes(word)) === true &&
    (next.chunk.kind === 'number' || next.chunk.kind === 'quoted') &&
    request.subject !== undefined;
  if ((isTold || isSaid || CALLED.has(phrase.text.toLowerCase())) && state.hasAsked()) state.head = false;
  if (!state.head) {
    readInBody(state, phrase, next);
  } else if (!state.hasAsked()) {
    if (looksLikeTable(phrase)) {
      request.subject = phrase;
      if (state.distinct) request.distinct = true;
      state.distinct = false;
    } else state.term({ phrase });
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
function readBehindOf(state: ParserState, phrase: Phrase): void {
  const { request } = state;
  const named = request.terms.at(-1);
  // "The name of every city", where a city is a column: its values.
  if (
    phrase.tables.length === 0 &&
    state.said('of') &&
    named?.function === undefined &&
    named?.phrase !== undefined &&
    request.subject === undefined &&
    isBareName(named.phrase)
  ) {
    request.terms[request.terms.length - 1] = { ...named, phrase };
    return;
  }
  if (
    phrase.tables.length > 0 &&
    (phrase.columns.length === 0 || looksLikeTable(phrase) || state.said('of'))
  ) {
    const last = request.terms.at(-1);
    if (request.subject === undefined || (state.said('of') && isColumnOf(request, phrase))) {
      request.subject = phrase;
      // "The names of all distinct products": each name once.
      if (state.distinct && request.terms.every((term) => term.function === undefined))
        request.distinct = true;
      state.distinct = false;
    } else if (state.said('of') && last !== undefined && last.owner === undefined && request.terms.length > 1)
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

/** "The author, title and year of the books": the first is a column of the last, though a table is called so too. */
function isColumnOf({ subject, terms, clauses }: Request, table: Phrase): boolean {
  return (
    subject !== undefined &&
    terms.length > 1 &&
    clauses.length === 0 &&
    terms[0]!.phrase === subject &&
    terms[0]!.function === undefined &&
    table.tables.some(
      (candidate) =>
        candidate.quality >= WHOLE &&
        subject.columns.some((own) => own.table === candidate.table && own.quality >= WHOLE),
    )
  );
}

/** "How many express parcels": what is counted stands behind a value of it. */
function isCounted({ request, lead }: ParserState, phrase: Phrase): boolean {
  const [clause, ...others] = request.clauses;
  return (
    lead.length === 0 &&
    others.length === 0 &&
    clause?.kind === 'value' &&
    clause.values.at(-1)!.end === phrase.start &&
    request.terms.length === 1 &&
    request.terms[0]!.function === 'count' &&
    request.terms[0]!.phrase === undefined
  );
}

/** A name of which hardly a word is left out. */
const WHOLE = 0.75;

function readInBody(
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
    // "Ranks of captains that have no captain …": none of the rows behind a rank.
    if (state.negated) state.clause({ kind: 'table', phrase, negated: state.takeNegation() });
    state.lastTable = phrase;
  } else if (isTable) {
    state.flush();
    if (
      request.subject === undefined &&
      request.terms.length > 0 &&
      (state.said('of') || isCounted(state, phrase))
    )
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

function bestColumn(phrase: Phrase): number {
  return Math.max(
    0,
    ...phrase.columns.map(({ quality }) => quality),
    ...phrase.tables.map(({ quality }) => quality),
  );
}
