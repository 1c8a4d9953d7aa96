import type {
  AggregateFunction,
  ComparisonOperator,
  Grain,
  TextMatch,
} from '../../../subgraphs/sql/table-query.js';
import type { Element } from '../../knowledge/lexicon/element.js';
import type { Period } from './recognise/period.js';

/** What a word or phrase does in a question, whatever the domain. */
export type Operator =
  | { readonly kind: 'count' }
  | { readonly kind: 'aggregate'; readonly function: AggregateFunction }
  | {
      readonly kind: 'superlative';
      readonly direction: 'ASC' | 'DESC';
      readonly hint?: SuperlativeHint;
      readonly count?: number;
    }
  | { readonly kind: 'group' }
  | { readonly kind: 'order'; readonly direction?: 'ASC' | 'DESC' }
  | { readonly kind: 'comparison'; readonly operator: ComparisonOperator }
  | { readonly kind: 'between' }
  | { readonly kind: 'negation' }
  | { readonly kind: 'distinct' }
  | { readonly kind: 'performance' }
  /** `what percentage of`: of the rows that are named next, those of which the rest of the question holds. */
  | { readonly kind: 'share' }
  | { readonly kind: 'ask'; readonly wants: 'entity' | 'rows' | 'any' | 'time' }
  | { readonly kind: 'text'; readonly match: TextMatch }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'period'; readonly period: Period }
  | { readonly kind: 'grain'; readonly grain: Grain }
  | { readonly kind: 'argument'; readonly text: string }
  | { readonly kind: 'or' };

/**
 * What a superlative is about where no column is named: the oldest, the latest, the dearest, the best paid, the best performing;
 * `rows` where it counts what it stands before ("the most employees"), `count` where it counts its own kind ("the most
 * common name").
 */
export type SuperlativeHint =
  | 'age'
  | 'youth'
  | 'time'
  | 'money'
  | 'pay'
  | 'rating'
  | 'size'
  | 'quality'
  | 'count'
  | 'rows';

export type Meaning = Element | Operator;

/** A stretch of tokens with one meaning: `[start, end)`. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
  /** About one point for every word that it accounts for well. */
  readonly score: number;
}
