import type { ParserState } from './parser-state.js';
import { looksLikeTable, looksLikeValue } from './phrase-kind.js';
import type { Phrase } from './request.js';

/** `the city of Seattle`, `Biology department`: a name beside its value says nothing more. */
export function isNamingValue(state: ParserState, phrase: Phrase): boolean {
  const last = state.request.clauses.at(-1);
  if (last?.kind !== 'value') return false;
  const value = last.values.at(-1)!;
  // "Cash as payment method", "in the Statistics department".
  const isBeside = value.end === phrase.start && state.lead.length === 0;
  const isAs =
    value.end + state.lead.length === phrase.start &&
    ['as', 'for'].includes(state.lead[0] ?? '') &&
    state.lead.every((word) => ['as', 'for', 'a', 'the', 'their', 'its'].includes(word));
  if (!isBeside && !isAs) return false;
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
    (column === undefined || looksLikeTable(phrase))
  )
    return false;
  if (column === undefined && table === undefined) return false;
  if (state.request.subject === undefined && state.request.terms.length === 0) return false;
  state.request.clauses[state.request.clauses.length - 1] = { ...last, column: phrase };
  return true;
}

/** Adds a value to an earlier one of the same column, where both are to hold. */
function joinsBoth(state: ParserState, phrase: Phrase): boolean {
  if (!state.both || state.negated || state.pending !== undefined) return false;
  const { clauses } = state.request;
  const index = clauses.findLastIndex(
    (clause) =>
      clause.kind === 'value' &&
      !clause.negated &&
      clause.values.some((other) =>
        other.values.some((left) => phrase.values.some((right) => left.column === right.column)),
      ),
  );
  const earlier = clauses[index];
  if (earlier?.kind !== 'value') return false;
  clauses[index] = { ...earlier, values: [...earlier.values, phrase], all: 'both' };
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
    if (last.values.some((other) => other.text.toLowerCase() === phrase.text.toLowerCase()))
      request.fault = `${phrase.text} twice`;
    const all = state.both ? 'both' : state.said('and') && !state.said('or') ? 'and' : undefined;
    request.clauses[request.clauses.length - 1] = {
      ...last,
      values: [...last.values, phrase],
      ...(all === undefined ? {} : { all }),
    };
  } else if (joinsBoth(state, phrase)) {
    // "Both a film of this director and a film of that one."
  } else {
    const column = state.takePending();
    const named = column === undefined || looksLikeValue(phrase, column) ? column : undefined;
    const way = (['from', 'to'] as const).find((word) => state.lead.at(-1) === word);
    state.clause({
      kind: 'value',
      values: [phrase],
      negated: state.takeNegation(),
      ...(way === undefined ? {} : { way }),
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
