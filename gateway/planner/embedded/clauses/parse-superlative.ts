import type { AskColumn } from '../../../knowledge/domain.js';
import { isTime, isYear } from '../read/table-facts.js';
import { measuredAt, readAggregate } from './parse-figure.js';
import { OF, type OperatorChunk, type ParserState } from './parser-state.js';
import { looksLikeTable } from './phrase-kind.js';
import type { Measured, Phrase } from './request.js';

export function readSuperlative(state: ParserState, chunk: OperatorChunk): void {
  if (chunk.operator.kind !== 'superlative') return;
  const { request } = state;
  // "The top 3", and "the 3 oldest", whose number was read already.
  const numbered = state.chunks[state.at + 1];
  const count = numbered?.kind === 'number' ? Number(numbered.value) : state.takeLimit();
  if (numbered?.kind === 'number') state.at += 1;
  // "The top three lowest distances", "the top 3 most expensive".
  const behind = state.chunks[state.at + 1];
  if (
    chunk.operator.hint === 'rows' &&
    count !== undefined &&
    behind?.kind === 'operator' &&
    behind.operator.kind === 'superlative'
  ) {
    request.limit = count;
    state.at += 1;
    return;
  }
  const measured = measuredAt(state, state.at + 1);
  const { direction, hint } = sayingOf(chunk.operator, measured?.measured.kind === 'column');
  const next = state.ahead(state.at + 1);
  // "The top 5 students with the highest grade": how many, and of what; by what is said later.
  const isNumbered = chunk.operator.hint === 'rows' && count !== undefined && measured?.bare === true;
  if (isNumbered && measured.measured.kind === 'count' && isRankedLater(state, measured.end)) {
    request.limit = count;
    if (request.subject === undefined) request.subject = measured.measured.phrase;
    state.advance(measured.end);
    return;
  }
  const listed = state.chunks[state.at + 1]?.kind === 'mark' ? state.ahead(state.at + 2) : undefined;
  const isListed =
    listed?.chunk.kind === 'operator' &&
    ['aggregate', 'superlative'].includes(listed.chunk.operator.kind) &&
    state.chunks[state.at + 1]!.end === state.chunks[listed.index]!.start - listed.words.length;
  const isPlain = hint === undefined || hint === 'size';
  if (isPlain && state.head && isListed) {
    readAggregate(state, direction === 'DESC' ? 'max' : 'min');
    return;
  }
  const isFollowed =
    next?.chunk.kind === 'operator' &&
    next.words.join(' ') === 'and' &&
    (next.chunk.operator.kind === 'aggregate' || next.chunk.operator.kind === 'superlative');
  if (isPlain && state.head && isFollowed) {
    readAggregate(state, direction === 'DESC' ? 'max' : 'min');
    return;
  }
  const leadsTo = next?.chunk.kind === 'phrase' ? next.chunk.phrase : undefined;
  if (request.rank !== undefined) {
    request.fault = 'two superlatives';
    return;
  }
  if (state.said('in') && hint === 'time') state.lead = [];
  const limit = count ?? 1;
  const isFirstTerm = state.head && count === undefined && !state.said('with', 'has', 'have');
  if (hint === 'count') {
    if (leadsTo !== undefined && !state.hasAsked()) {
      state.at = next!.index;
      state.advance(state.at + 1);
      if (looksLikeTable(leadsTo)) request.subject = leadsTo;
      else state.term({ phrase: leadsTo });
    } else if (leadsTo !== undefined && !looksLikeTable(leadsTo) && leadsTo.columns.length > 0) {
      state.advance(next!.index + 1);
      if (state.head) state.term({ phrase: leadsTo });
      else {
        request.fault = 'the most common of a condition';
        return;
      }
    } else state.advance(state.at + 1);
    request.rank = { direction, by: { kind: 'count' }, limit };
    return;
  }
  if (
    isFirstTerm &&
    hint === undefined &&
    measured?.measured.kind === 'column' &&
    (!state.hasAsked() ||
      (request.terms.every((term) => term.function !== undefined) && state.said('and', ',')))
  ) {
    request.terms.push({
      function: direction === 'DESC' ? 'max' : 'min',
      phrase: measured.measured.phrase,
    });
    state.advance(measured.end);
    return;
  }
  if (hint === 'rows' || hint === undefined || hint === 'size') {
    const usable =
      measured !== undefined &&
      !(hint === 'size' && measured.measured.kind === 'count' && measured.bare) &&
      !(hint !== 'rows' && measured.measured.kind === 'count' && measured.bare && state.head);
    if (usable) {
      request.rank = { direction, by: measured.measured, limit };
      // "Earns the lowest salary": a verb that says what its object says.
      if (sharesColumn(state.pending, measured.measured)) state.takePending();
      state.flush();
      state.head = false;
      state.advance(measured.end);
      return;
    }
  }
  if (hint === undefined || hint === 'rows') {
    // "The highest paid", "earns the most": the column stands before.
    const column = state.takePending();
    if (column !== undefined) {
      request.rank = { direction, by: { kind: 'column', phrase: column }, limit };
      state.advance(state.at + 1);
      return;
    }
    const thing = leadsTo !== undefined && looksLikeTable(leadsTo) ? leadsTo : undefined;
    const behind = thing === undefined ? undefined : byBehind(state, next!.index + 1);
    const later = thing === undefined ? undefined : state.ahead(next!.index + 1);
    if (
      count !== undefined &&
      later?.chunk.kind === 'operator' &&
      later.chunk.operator.kind === 'superlative'
    ) {
      if (request.subject === undefined) request.subject = thing;
      request.limit = count;
      state.advance(next!.index + 1);
      return;
    }
    if (thing !== undefined && behind !== undefined && !state.hasAsked()) {
      request.subject = thing;
      request.rank = { direction, by: behind.measured, limit };
      state.advance(behind.end);
      return;
    }
    request.fault = 'the most of what';
    return;
  }
  // "Founded the earliest", "opened most recently": the column stands before.
  if (hint === 'time' && state.pending?.columns.some(({ column }) => tellsTime(column)) === true) {
    request.rank = { direction, by: { kind: 'column', phrase: state.takePending()! }, limit };
    state.advance(state.at + 1);
    return;
  }
  state.at += 1;
  if (
    hint === 'time' &&
    measured?.measured.kind === 'column' &&
    measured.measured.phrase.columns.some(({ column }) => tellsTime(column))
  ) {
    if (isFirstTerm && !state.hasAsked()) {
      request.terms.push({
        function: direction === 'DESC' ? 'max' : 'min',
        phrase: measured.measured.phrase,
      });
      state.advance(measured.end);
      return;
    }
    request.rank = { direction, by: measured.measured, limit };
    state.advance(measured.end);
    return;
  }
  request.rank = { direction, by: { kind: 'hint', hint }, limit };
  state.lead = state.lead.filter((word) => OF.has(word));
}

function isRankedLater({ chunks }: ParserState, from: number): boolean {
  return chunks
    .slice(from)
    .some((chunk) => chunk.kind === 'operator' && chunk.operator.kind === 'superlative');
}

type Superlative = Pick<OperatorChunk['operator'] & { kind: 'superlative' }, 'direction' | 'hint'>;

/** "The cheapest base price" is the lowest, "the oldest age" the highest: what it is of needs no guess. */
function sayingOf({ direction, hint }: Superlative, namesColumn: boolean): Superlative {
  if (!namesColumn || hint === undefined || !['age', 'youth', 'money', 'quality'].includes(hint))
    return hint === undefined ? { direction } : { direction, hint };
  return { direction: hint === 'youth' ? (direction === 'DESC' ? 'ASC' : 'DESC') : direction };
}

function sharesColumn(pending: Phrase | undefined, measured: Measured): boolean {
  return (
    measured.kind === 'column' &&
    pending !== undefined &&
    pending.columns.some(({ column }) => measured.phrase.columns.some((other) => other.column === column))
  );
}

function tellsTime(column: AskColumn): boolean {
  return isTime(column) || isYear(column) || /year|date|time/i.test(column.name);
}

/** `the top 5 events by revenue`. */
function byBehind(state: ParserState, from: number): { measured: Measured; end: number } | undefined {
  const chunk = state.chunks[from];
  const isBy =
    chunk?.kind === 'operator' &&
    chunk.operator.kind === 'group' &&
    state.tokens[chunk.start]!.lower === 'by';
  const inTerms = chunk?.kind === 'word' && ['in', 'with', 'for'].includes(chunk.token.lower);
  return isBy || inTerms ? measuredAt(state, from + 1) : undefined;
}
