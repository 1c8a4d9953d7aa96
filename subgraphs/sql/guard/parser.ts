import type { Dialect as ParserDialect } from '@polyglot-sql/sdk';
import { refuse } from './refusal.js';
import type { Node } from './tree.js';

/** The SQL parser and generator, in one engine's dialect. */
export interface SqlParser {
  /** The statements of a text. Refuses what does not parse. */
  parse(sql: string): Node[];
  /** The text of one statement or expression. */
  generate(node: Node): string;
}

/** Loads the parser (WebAssembly, 0.2 s the first time). `dialect` is the parser's own name of it. */
export async function loadParser(dialect: string): Promise<SqlParser> {
  const sdk = await import('@polyglot-sql/sdk');
  const parserDialect = dialect as ParserDialect;
  return {
    parse(sql) {
      const result = attempt(() => sdk.parse(sql, parserDialect));
      if (!result.success) throw refuse('syntax', 'it could not be read as SQL', result.error);
      return result.ast as unknown as Node[];
    },
    generate(node) {
      const result = attempt(() => sdk.generate([node], parserDialect));
      const [text] = result.sql ?? [];
      if (!result.success || text === undefined) {
        throw refuse('regeneration', 'it could not be written out again', result.error);
      }
      return text;
    },
  };
}

/** Where the parser gives up on a text by throwing, the text is refused like any other that it cannot read. */
function attempt<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw refuse('syntax', 'it could not be read as SQL', error);
  }
}
