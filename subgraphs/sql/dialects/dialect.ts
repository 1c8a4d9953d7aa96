import type { DatePart, Grain, LiteralType, LiteralValue } from '../table-query.js';

/** Where nulls stand in an order; `NONE` where the operand has none, and an index may be followed. */
export type NullsPlace = 'FIRST' | 'LAST' | 'NONE';

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
  /**
   * The placeholder of the parameter at `index` (from 1), cast to `type` where the engine would not infer it.
   * The value to be bound decides the digits of a DECIMAL; it is never written into the text.
   */
  placeholder(index: number, type: LiteralType, value?: LiteralValue): string;
  /** A literal in the text, for SQL that is shown to people and read by the guard. */
  literal(value: string | number | boolean | null, type: LiteralType): string;
  grain(grain: Grain, operand: string): string;
  part(part: DatePart, operand: string): string;
  /** Exact numeric division: never integer division, null where the divisor is 0. */
  divide(left: string, right: string): string;
  /** The mean as a floating-point number, whatever the operand's own type would make of it. */
  average(operand: string): string;
  /**
   * The value of `of` in the row of the group where `by` is smallest (`first`) or largest (`last`), among the rows that
   * have both. Absent where the engine has no such aggregate: the rows are then ranked first.
   */
  pick?(end: 'first' | 'last', of: string, by: string): string;
  /**
   * How an `ORDER BY` item speaks of what is selected: by its `name`, or by the `expression` again where the engine
   * takes no names inside of expressions.
   */
  readonly orderBy: 'name' | 'expression';
  /** An `ORDER BY` item that puts nulls where it is told. */
  order(operand: string, direction: 'ASC' | 'DESC', nulls: NullsPlace): string;
  /** Lower-cases text for comparisons that ignore case. */
  lower(operand: string): string;
  /** Text for searches in which case counts, where a column's collation might say otherwise. */
  exactText(operand: string): string;
  /** The clauses that keep a page of the rows; the numbers are whole. */
  page(limit: number | undefined, offset: number): string[];
}
