import type {
  AggregateFunction,
  ComparisonOperator,
  TextMatch,
} from '../../../../subgraphs/sql/table-query.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { SuperlativeHint } from '../meaning.js';
import type { Period } from '../recognise/period.js';
import type { ColumnCandidate, TableCandidate, ValueCandidate } from './vocabulary.js';

/** A run of words that names something of the catalog, with all that it may be. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tables: readonly TableCandidate[];
  readonly columns: readonly ColumnCandidate[];
  readonly values: readonly ValueCandidate[];
  /** Whether its last word is a plural. */
  readonly plural: boolean;
  /** Written like a name: quoted, with capitals, or with digits. */
  readonly proper: boolean;
}

/** Something that is asked for, in the order of asking. */
export interface Term {
  readonly function?: AggregateFunction;
  readonly distinct?: true;
  /** Absent where rows are counted. */
  readonly phrase?: Phrase;
  /** Whose it is: "the name of the department". */
  owner?: Phrase;
}

/** A value as the question writes it, where no sampled value is meant. */
export interface Literal {
  readonly text: string;
  readonly kind: 'number' | 'text';
}

export type Clause = { readonly negated: boolean } & (
  | { readonly kind: 'table'; readonly phrase: Phrase }
  | {
      readonly kind: 'value';
      /** Alternatives. */
      readonly values: readonly Phrase[];
      readonly column?: Phrase;
      /** Where the value is one end of a way: "from Boston to Rome". */
      readonly way?: 'from' | 'to';
      /** Each of the values is to hold, by rows of its own. */
      readonly all?: 'both' | 'and';
    }
  | { readonly kind: 'equals'; readonly column: Phrase; readonly literals: readonly Literal[] }
  | {
      readonly kind: 'compare';
      readonly column: Phrase | undefined;
      readonly hint?: 'age';
      readonly operator: ComparisonOperator;
      readonly operand: Operand;
    }
  | { readonly kind: 'between'; readonly column: Phrase; readonly low: string; readonly high: string }
  | { readonly kind: 'text'; readonly column: Phrase; readonly match: TextMatch; readonly text: string }
  | {
      readonly kind: 'period';
      readonly column: Phrase | undefined;
      readonly period: Period;
      readonly year?: string;
    }
);

/** Conditions of which one is enough. */
export interface Either {
  readonly kind: 'either';
  readonly negated: false;
  readonly clauses: readonly Clause[];
}

export type Operand =
  | { readonly kind: 'number'; readonly value: string }
  | {
      readonly kind: 'aggregate';
      readonly function: AggregateFunction;
      readonly column: Phrase | undefined;
      /** Of which rows; of all where there is none. */
      readonly clauses: readonly (Clause | Either)[];
    };

/** A condition on groups: how many rows of a table each has, or an aggregate of a column. */
export interface Having {
  readonly operator: ComparisonOperator;
  readonly value: string;
  readonly of: Measured;
}

export type Measured =
  | { readonly kind: 'count'; readonly phrase?: Phrase; readonly distinct?: true }
  | { readonly kind: 'aggregate'; readonly function: AggregateFunction; readonly phrase: Phrase }
  | { readonly kind: 'column'; readonly phrase: Phrase }
  | { readonly kind: 'hint'; readonly hint: SuperlativeHint };

export interface Rank {
  readonly direction: 'ASC' | 'DESC';
  readonly by: Measured;
  readonly limit: number;
}

/** What a question asks, before any of its words is held to one table or column. */
export interface Request {
  readonly terms: Term[];
  subject: Phrase | undefined;
  readonly clauses: (Clause | Either)[];
  readonly having: Having[];
  readonly groups: Phrase[];
  rank: Rank | undefined;
  readonly order: { readonly by: Measured | undefined; readonly direction: 'ASC' | 'DESC' }[];
  distinct: boolean;
  limit: number | undefined;
  /** The time of the subject is asked for, whatever it is called. */
  when: boolean;
  /** All columns of the subject are asked for. */
  everything: boolean;
  /** Words with content that were passed over. */
  readonly unknown: Token[];
  /** Words that only relate one thing to another: "taught", "belong". */
  readonly verbs: Token[];
  /** Columns that are named and of which nothing is said: "across all schools", where a school is a column. */
  readonly asides: Phrase[];
  /** What could not be understood at all. */
  fault: string | undefined;
}
