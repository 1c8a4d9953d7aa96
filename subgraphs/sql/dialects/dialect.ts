import type { DatePart, Grain, LiteralType, LiteralValue } from '../table-query.js';
import type { JsonRows } from './json-rows.js';
import type { Fence, Masking } from './masking.js';

/** Where nulls stand in an order; `NONE` where the operand has none, and an index may be followed. */
export type NullsPlace = 'FIRST' | 'LAST' | 'NONE';

/** A list of values of one type that is bound as one parameter. */
export interface BoundList {
  /** The condition that an operand is one of the values, whose parameter is at `index` (from 1). */
  isOneOf(operand: string, index: number, type: LiteralType): string;
  /** The parameter. */
  value(values: readonly LiteralValue[]): string;
}

/** How one engine's SQL differs. Everything else that `compile` writes is common to all engines. */
export interface Dialect {
  /** The name under which the guard's parser knows it. */
  readonly name: string;
  quote(identifier: string): string;
  /**
   * `numbered` placeholders say which parameter they stand for. `positional` ones, for engines that know only `?`, are
   * made with `positionalPlaceholder`, and become `?` when the text is complete and the order of the parameters known.
   */
  readonly placeholders: 'numbered' | 'positional';
  /** Where the engine takes placeholders: anywhere, or in `WHERE` only; a checked literal stands in the text elsewhere. */
  readonly placeholdersIn: 'statement' | 'where';
  /**
   * The placeholder of the parameter at `index` (from 1), cast to `type` where the engine would not infer it.
   * The value to be bound decides the digits of a DECIMAL; it is never written into the text.
   */
  placeholder(index: number, type: LiteralType, value?: LiteralValue): string;
  /** How one parameter stands for a list of values. Absent where the engine binds no arrays: each is then its own. */
  readonly list?: BoundList;
  /** A literal in the text, for SQL that is shown to people and read by the guard. */
  literal(value: string | number | boolean | null, type: LiteralType): string;
  grain(grain: Grain, operand: string): string;
  part(part: DatePart, operand: string): string;
  /** Exact numeric division: never integer division, null where the divisor is 0. */
  divide(left: string, right: string): string;
  /** The mean as a floating-point number, whatever the operand's own type would make of it. */
  average(operand: string): string;
  /**
   * A list, map or structure as the text of JSON, where the engine would show it in a notation of its own that can't be
   * read back. Absent where the driver gives it as JSON or as values.
   */
  json?(operand: string): string;
  /** An operand of any numeric type as a floating-point number. */
  double(operand: string): string;
  /**
   * The exact median of floating-point values, nulls passed over. Absent where the engine has no such aggregate, or one
   * that can't stand beside another: the rows are then ranked first.
   */
  median?(operand: string): string;
  /**
   * The value of `of` in the row of the group where `by` is smallest (`first`) or largest (`last`), among the rows that
   * have both. Absent where the engine has no such aggregate: the rows are then ranked first.
   */
  pick?(end: 'first' | 'last', of: string, by: string): string;
  /** The one value of yes or no in a group that else has none; `MAX` where absent. */
  onlyBoolean?(of: string): string;
  /**
   * How an `ORDER BY` item speaks of what is selected: by its `name`, or by the `expression` again where the engine
   * takes no names inside of expressions.
   */
  readonly orderBy: 'name' | 'expression';
  /**
   * How `HAVING` speaks of a group's key: by the same `expression` as `GROUP BY`, or by the `smallest` of its values (which
   * are all alike) where the engine knows nothing there but columns and aggregates.
   */
  readonly havingKeys: 'expression' | 'smallest';
  /** An `ORDER BY` item that puts nulls where it is told. */
  order(operand: string, direction: 'ASC' | 'DESC', nulls: NullsPlace): string;
  /** Lower-cases text for comparisons that ignore case. */
  lower(operand: string): string;
  /** Text for searches in which case counts, where a column's collation might say otherwise. */
  exactText(operand: string): string;
  /** The clauses that keep a page of the rows; the numbers are whole. */
  page(limit: number | undefined, offset: number): string[];
  /**
   * How it is asked whether a row has related rows: by a query that looks at the row (`EXISTS`), or, where an engine takes
   * only some of such queries, by a list of the keys that have any (`IN`).
   */
  readonly relatedRows: 'correlated' | 'listed';
  readonly masking: Masking;
  readonly fence: Fence;
  /** How related rows are gathered into the rows they belong to. Absent where the engine can't: then by batches. */
  readonly jsonRows?: JsonRows;
}
