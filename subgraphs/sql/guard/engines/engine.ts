import type { Shape } from '../shapes.js';
import type { Node } from '../tree.js';

/** What the guard must know of one engine; each is a file here, named as its dialect. */
export interface GuardEngine {
  /** The parser's name of the dialect. */
  readonly parserDialect: string;
  /**
   * Function kinds of the parser, rewritten to plain calls before anything is checked, so that the generator has no
   * say in them: the engine's name of the function, then the kind's fields that are its arguments. A kind that is not
   * here, not among the aggregates, and no part of the query language, is refused.
   */
  readonly calls: Readonly<Record<string, readonly [name: string, ...argumentFields: string[]]>>;
  /** Aggregate kinds of the parser; they may carry DISTINCT, FILTER and ORDER BY. */
  readonly aggregates: ReadonlySet<string>;
  /** Every function that may be called, in lower case: harmless, bounded, and about its arguments only. */
  readonly functions: ReadonlySet<string>;
  /** Names of the same function, and the one to which the generator turns them. */
  readonly functionSynonyms: Readonly<Record<string, string>>;
  /** The parser's names of types that are one type to the engine, whatever length is given to them. */
  readonly typeSynonyms: Readonly<Record<string, string>>;
  /** The parser's names of the types that a value may be cast to. */
  readonly types: ReadonlySet<string>;
  /**
   * A call that is allowed as a whole, of which neither the function nor the type inside is allowed alone: its operand,
   * which is checked like any other. Undefined for all other nodes.
   */
  readonly wholeCall?: (node: Node) => Node | undefined;
  /** Kinds of the query language that only this engine has, or has in a form of its own. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** Gives a node the form that the generator writes and the parser reads back, before anything else is done to it. */
  readonly normalise?: (node: Node) => void;
  /** What the text of a literal must be like, where engine and parser might disagree on where it ends. */
  readonly literalText?: RegExp;
  /** What must not stand in the text outside of quotes, because the parser reads it otherwise than the engine. */
  readonly refusedText?: RegExp;
  /** What the whole text must be like, quotes included. */
  readonly allowedText?: RegExp;
}
