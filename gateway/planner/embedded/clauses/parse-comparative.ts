import type { ComparisonOperator } from '../../../../subgraphs/sql/table-query.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import { readComparison } from './parse-comparison.js';
import type { ParserState } from './parser-state.js';
import { looksLikeTable } from './phrase-kind.js';

const COMPARATIVES: ReadonlyMap<string, ComparisonOperator> = new Map([
  ...'higher larger greater bigger more longer taller heavier older later better'
    .split(' ')
    .map((word) => [word, 'gt'] as const),
  ...'lower smaller less fewer shorter lighter younger earlier worse'
    .split(' ')
    .map((word) => [word, 'lt'] as const),
]);

/** `a higher salary than the average`, `more credits than 3`: what is compared stands inside of the comparison. */
export function readComparative(state: ParserState, token: Token): boolean {
  const operator = COMPARATIVES.get(token.lower);
  const named = operator === undefined || !state.hasAsked() ? undefined : state.ahead(state.at);
  if (operator === undefined || named?.chunk.kind !== 'phrase' || named.words.length > 0) return false;
  const than = state.chunks[named.index + 1];
  if (than?.kind !== 'word' || than.token.lower !== 'than') return false;
  const { phrase } = named.chunk;
  if (phrase.columns.length === 0 || looksLikeTable(phrase)) return false;
  state.flush();
  state.pending = phrase;
  state.pendingLead = [...state.lead];
  state.at = named.index + 1;
  readComparison(state, {
    kind: 'operator',
    operator: { kind: 'comparison', operator },
    start: than.start,
    end: than.end,
  });
  return true;
}
