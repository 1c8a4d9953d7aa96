import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Chunk } from './chunk.js';
import { readBetween, readComparison } from './parse-comparison.js';
import { readAggregate, readCount } from './parse-figure.js';
import { readNumber } from './parse-number.js';
import { readGroup, readOrder } from './parse-order.js';
import { leadsToTable, readPhrase } from './parse-phrase.js';
import { readSuperlative } from './parse-superlative.js';
import { readText } from './parse-text.js';
import { readLiteral, readPeriod, readUnknown, readWord } from './parse-words.js';
import { type OperatorChunk, ParserState } from './parser-state.js';
import type { Request } from './request.js';
import { isRequest } from './verbs.js';

/** Things asked for and conditions, of which nobody says more in one sentence; each is looked for in many tables. */
const MOST_PARTS = 14;

/** Reads chunks from left to right: first what is asked for, then of what, then under which conditions. */
export function parse(chunks: readonly Chunk[], tokens: readonly Token[]): Request {
  const state = new ParserState(chunks, tokens);
  while (state.at < state.chunks.length && state.request.fault === undefined)
    readChunk(state, state.chunks[state.at]!);
  state.flush();
  const { request } = state;
  if (state.measure !== undefined) request.fault ??= 'a figure without use';
  const holdsBoth = request.clauses.some((clause) => clause.kind === 'value' && clause.all === 'both');
  if (state.both && !holdsBoth && request.clauses.length > 1) request.fault ??= 'both of two conditions';
  if (state.negated) request.fault ??= 'a negation without use';
  if (state.where && request.terms.length === 0) request.fault ??= 'asks where';
  const [verb] = request.verbs;
  // "Who made the last order" asks for somebody else than what it names.
  if (tokens[0]?.lower === 'who' && request.terms.length === 0 && verb?.index === 1)
    request.fault ??= 'asks who';
  if (
    request.everything &&
    request.terms.some(
      ({ phrase }) => phrase !== request.subject && phrase !== undefined && phrase.tables.length > 0,
    )
  )
    request.fault ??= 'everything and more';
  if (request.when && (request.terms.length > 0 || request.subject === undefined))
    request.fault ??= 'asks when';
  if (request.terms.length === 0 && !request.when) {
    if (request.subject !== undefined) request.terms.push({ phrase: request.subject });
    else request.fault ??= 'nothing is asked for';
  }
  if (request.clauses.filter((clause) => clause.kind === 'period').length > 1) request.fault ??= 'two times';
  if (request.terms.length + request.clauses.length > MOST_PARTS) request.fault ??= 'too much at once';
  if (!asksAnything(state)) request.fault ??= 'nothing is asked for';
  return request;
}

/** Whether anything is asked of what is named: a name alone is no question. */
function asksAnything({ request, chunks }: ParserState): boolean {
  const isSaid = chunks.some(
    (chunk) => chunk.kind === 'operator' || (chunk.kind === 'unknown' && isRequest(chunk.token)),
  );
  return isSaid || request.clauses.length > 0 || request.terms.length > 1;
}

function readChunk(state: ParserState, chunk: Chunk): void {
  switch (chunk.kind) {
    case 'word':
      state.at += 1;
      readWord(state, chunk.token.lower);
      return;
    case 'mark':
      state.at += 1;
      // Signs of arithmetic and of other languages are no question.
      if (/[*=<>/+]/.test(chunk.token.text)) state.request.fault = `what ${chunk.token.text} is`;
      if (chunk.token.text === ',' || chunk.token.text === ';') state.lead.push(',');
      if (['?', '!', '.'].includes(chunk.token.text) && state.at < state.chunks.length) state.lead.push('.');
      return;
    case 'operator':
      readOperator(state, chunk);
      return;
    case 'number':
      readNumber(state, chunk.value);
      return;
    case 'period':
      readPeriod(state, chunk);
      return;
    case 'quoted':
      readLiteral(state, chunk.text);
      return;
    case 'unknown':
      readUnknown(state, chunk.token);
      return;
    case 'phrase':
      readPhrase(state, chunk.phrase);
      return;
  }
}

/** "When was it opened" asks for a time; "the days when it rained" tells of what was asked for. */
function readWhen(state: ParserState): void {
  if (state.hasAsked()) state.head = false;
  else state.request.when = true;
  state.lead.push('when');
}

/** Words behind which "give" and "get" are what somebody does. */
const VERB_LEADS = ['who', 'that', 'which', 'to', 'do', 'does', 'did', 'can', 'could', 'they'];

function readOperator(state: ParserState, chunk: OperatorChunk): void {
  const { operator } = chunk;
  const said = state.tokens[chunk.start]!.lower;
  switch (operator.kind) {
    case 'ask':
      state.at += 1;
      if (operator.wants === 'time') readWhen(state);
      else if (
        operator.wants === 'rows' &&
        state.hasAsked() &&
        (state.negated || state.said(...VERB_LEADS))
      ) {
        // "Who give lessons" asks for nothing more.
        state.request.verbs.push(state.tokens[chunk.start]!);
        state.head = false;
      } else if (operator.wants === 'rows') {
        if (state.hasAsked()) state.flush();
        state.head = true;
        if (state.hasAsked()) state.lead.push('.');
      } else if (operator.wants === 'any' && state.hasAsked() && state.said('and', ',', '.')) {
        state.flush();
        state.head = true;
        state.lead.push('.');
      } else readWord(state, said);
      return;
    case 'count':
      readCount(state);
      return;
    case 'aggregate':
      if (['in', 'altogether', 'combined'].includes(said)) {
        if (!state.request.terms.some((term) => term.function !== undefined))
          state.request.fault = 'in total';
        state.at += 1;
        return;
      }
      readAggregate(state, operator.function);
      return;
    case 'superlative':
      readSuperlative(state, chunk);
      return;
    case 'comparison':
      readComparison(state, chunk);
      return;
    case 'between':
      readBetween(state);
      return;
    case 'negation':
      state.at += 1;
      if (state.tokens[chunk.end]?.lower === 'only') state.request.fault = 'not only';
      if (said === 'never' && !leadsToTable(state)) state.request.fault = 'never';
      if (['neither', 'except', 'excluding', 'other than', 'except for'].includes(said))
        state.request.fault = said;
      if (state.hasAsked()) state.head = false;
      state.flush(!['not'].includes(said));
      state.negated = true;
      return;
    case 'distinct':
      state.at += 1;
      // "In different departments" is in each of them.
      if (
        state.said('for', 'in', 'of', 'across', 'by') &&
        state.request.terms.some((term) => term.function !== undefined)
      ) {
        state.at -= 1;
        readGroup(state, 'each');
        return;
      }
      state.distinct = true;
      return;
    case 'group':
      readGroup(state, said);
      return;
    case 'order':
      readOrder(state, chunk);
      return;
    case 'text':
      readText(state, chunk);
      return;
    case 'or':
      state.at += 1;
      state.lead.push('or');
      return;
    case 'grain':
      readUnknown(state, state.tokens[chunk.start]!);
      return;
    default:
      state.request.fault = operator.kind;
  }
}
