import { AskgraphError } from '../../../schema/errors.js';

/** The guard's rules, by the names that refusals carry in `details.rule`. */
export type Rule =
  /** Too long, too deep, or grown too large. */
  | 'size'
  /** Characters or comments that have no place in a query. */
  | 'text'
  /** Not SQL that the parser reads in the engine's dialect. */
  | 'syntax'
  | 'one-statement'
  /** Something other than a query. */
  | 'root'
  /** A kind of expression or clause that is not allowed. */
  | 'node'
  | 'function'
  | 'type'
  | 'literal'
  | 'identifier'
  /** Something in FROM that is not a table, a query or a join of these. */
  | 'source'
  /** A schema or database that is not the catalog's own. */
  | 'qualifier'
  | 'shadowing'
  | 'ambiguous'
  | 'star'
  | 'limit'
  /** Something that could raise an error, over rows that are filtered for the caller. */
  | 'raising'
  /** Something that the engine's own parser reads otherwise. */
  | 'second-parser'
  /** The regenerated text does not say what the checked tree says. */
  | 'regeneration';

/** The error for a statement that a rule forbids. `what` completes "The statement is refused: …". */
export function refuse(rule: Rule, what: string, cause?: unknown): AskgraphError {
  return new AskgraphError('STATEMENT_REFUSED', `The statement is refused: ${what}.`, {
    details: { rule, what },
    ...(cause === undefined ? {} : { cause }),
  });
}
