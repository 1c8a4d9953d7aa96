import type { Mask } from '../sql/access.js';

/**
 * What some callers may see of a domain, as data in the domain's own file. Deny by default: nothing is seen that no
 * policy admits, and a table or column that is new in the catalog is admitted by patterns and tags only.
 *
 * Of the policies whose audience a caller is in:
 * - admissions add up. In each row a caller sees what any one of the admissions shows there: rows of either, and a cell
 *   as the most generous of the admissions that admit its row shows it;
 * - restrictions hold whatever admits: all row filters, the strictest mask, the smallest number.
 */
export interface Policy {
  /** For people: why it is there. */
  readonly name: string;
  readonly for: Audience;
  readonly admit?: readonly Admission[];
  readonly restrict?: readonly Restriction[];
  /** `refused`: typed queries only. */
  readonly nativeSql?: 'refused';
  /** A statement gives no more rows than this; lists of related rows no more in total, or they are refused. */
  readonly maximumRows?: number;
  /** How many rows of the domain a language model may read. */
  readonly rowsToModel?: 'none' | number;
}

/** Callers who have one of the roles, and in every claim one of its values. */
export type Audience =
  | 'everyone'
  | {
      readonly roles?: readonly string[];
      readonly claims?: Readonly<Record<string, ClaimValue | readonly ClaimValue[]>>;
    };

export type ClaimValue = string | number | boolean;

/** Names of the catalog; patterns with `*`; or what carries a tag, of a value where one is given. One, or several. */
export type Selector = OneSelector | readonly OneSelector[];
export type OneSelector = string | { readonly tag: string; readonly value?: string };

export interface Admission extends Limits {
  readonly tables: Selector;
  readonly columns: Selector;
}

export interface Restriction extends Limits {
  readonly tables: Selector;
  /** Columns that are not there. */
  readonly hide?: Selector;
}

interface Limits {
  readonly masks?: readonly { readonly columns: Selector; readonly mask: Mask }[];
  /** Which rows. */
  readonly rows?: RowFilter;
  readonly aggregateOnly?: AggregateOnlyRule;
}

/** Columns that are counted, summed and averaged only, over at least so many individuals. */
export interface AggregateOnlyRule {
  readonly columns: Selector;
  /** The column whose values are the individuals: whose salary it is. */
  readonly individual: string;
  readonly minimumGroupSize: number;
}

/**
 * Every entry must hold: a test of a column, a filter on the row that a relation to one leads to, `some` or `none` of
 * the rows of a relation to many, or `and`, `or`, `not`. It is about the data as it is, whatever the caller may see of
 * it. A claim that a caller lacks, or that is not of the column's type, admits no row.
 */
export interface RowFilter {
  readonly [name: string]: RowTest | RowFilter | readonly RowFilter[] | undefined;
}

export interface RowTest {
  readonly eq?: Operand;
  readonly ne?: Operand;
  readonly lt?: Operand;
  readonly lte?: Operand;
  readonly gt?: Operand;
  readonly gte?: Operand;
  /** Values, or a claim that is one or a list of them. */
  readonly in?: readonly ClaimValue[] | ClaimReference;
  readonly isNull?: boolean;
  readonly startsWith?: Operand;
}

export type Operand = ClaimValue | ClaimReference;

export interface ClaimReference {
  readonly claim: string;
}

/** The value of a claim of whoever asks; `sub` is the caller's verified subject. */
export function claim(name: string): ClaimReference {
  return { claim: name };
}
