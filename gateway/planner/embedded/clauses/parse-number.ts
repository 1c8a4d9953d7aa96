import type { ParserState } from './parser-state.js';
import { looksLikeTable } from './phrase-kind.js';

/** `2 or more`, `at least` said behind the number. */
function orMore(state: ParserState): { operator: 'gte' | 'lte'; end: number } | undefined {
  const [or, more] = [
    state.tokens[state.chunks[state.at]!.end]?.lower,
    state.tokens[state.chunks[state.at]!.end + 1]?.lower,
  ];
  if (or !== 'or' || more === undefined) return undefined;
  const operator = ['more', 'higher', 'above', 'greater', 'over', 'later', 'older'].includes(more)
    ? 'gte'
    : ['less', 'fewer', 'lower', 'below', 'under', 'earlier', 'younger'].includes(more)
      ? 'lte'
      : undefined;
  if (operator === undefined) return undefined;
  const end = state.chunks.findIndex((chunk) => chunk.start >= state.chunks[state.at]!.end + 2);
  return { operator, end: end < 0 ? state.chunks.length : end };
}

export function readNumber(state: ParserState, value: string): void {
  const more = orMore(state);
  const behind = state.ahead(more?.end ?? state.at + 1);
  const table =
    behind?.chunk.kind === 'phrase' &&
    looksLikeTable(behind.chunk.phrase) &&
    behind.words.every((word) => ['different', 'distinct', 'of', 'the'].includes(word))
      ? behind.chunk.phrase
      : undefined;
  if (more !== undefined && state.pending !== undefined) {
    state.at = more.end;
    state.lead = [];
    state.clause({
      kind: 'compare',
      column: state.takePending(),
      operator: more.operator,
      operand: { kind: 'number', value },
      negated: state.takeNegation(),
    });
    return;
  }
  if (
    state.pending === undefined &&
    state.hasAsked() &&
    table !== undefined &&
    !state.isSubject(table) &&
    (more !== undefined ||
      state.said('have', 'has', 'with', 'having', 'had') ||
      (!state.head && state.request.verbs.length > 0 && state.lead.length <= 1))
  ) {
    state.having({
      operator: more?.operator ?? 'eq',
      value,
      of: { kind: 'count', phrase: table },
    });
    state.head = false;
    state.advance(behind!.index + 1);
    return;
  }
  const last = state.request.clauses.at(-1);
  // "District 1 or 2".
  if (
    state.pending === undefined &&
    last?.kind === 'equals' &&
    state.lead.join(' ') === 'or' &&
    !last.negated
  ) {
    state.at += 1;
    state.equals(last.column, { text: value, kind: 'number' });
    return;
  }
  const next = state.ahead(state.at + 1);
  const column = state.pending ?? (state.lead.length === 0 ? state.lastTable : undefined);
  state.at += 1;
  if (column !== undefined) {
    state.pending = undefined;
    state.equals(column, { text: value, kind: 'number' });
  } else if (!state.hasAsked() && next?.chunk.kind === 'phrase' && looksLikeTable(next.chunk.phrase)) {
    state.request.limit = Number(value);
  } else if (next?.chunk.kind === 'operator' && next.chunk.operator.kind === 'superlative') {
    state.request.limit = Number(value);
  } else if (
    state.hasAsked() &&
    next?.chunk.kind === 'phrase' &&
    next.words.length === 0 &&
    next.chunk.phrase.columns.length > 0
  ) {
    state.at = next.index + 1;
    state.equals(next.chunk.phrase, { text: value, kind: 'number' });
  } else state.request.fault = `what ${value} is`;
}
