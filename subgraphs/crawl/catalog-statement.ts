import { AskgraphError } from '../../schema/errors.js';
import { makeStatement, type Statement, type StatementLimits } from '../sql/statement.js';
import type { CrawlEngine } from './engines/engine.js';

/**
 * The crawl's own narrow door to a database, beside `compile` and `guard`: it makes statements of the constants in
 * `engines/` and of nothing else. Who calls it chooses among them, and can put nothing into them.
 */
export function catalogStatement(
  engine: CrawlEngine,
  question: 'tables' | 'columns' | 'keys' | 'references',
  limits: StatementLimits,
): Statement {
  const query = engine[question];
  return makeStatement(typeof query === 'string' ? query : query.text, [], undefined, limits);
}

/** @throws BAD_USER_INPUT for an engine that cannot be crawled. */
export async function loadCrawlEngine(name: string): Promise<CrawlEngine> {
  if (!/^[a-z]+$/.test(name)) throw new AskgraphError('INTERNAL', `"${name}" is no name of an engine.`);
  try {
    const module = (await import(/* @vite-ignore */ `./engines/${name}.js`)) as { engine: CrawlEngine };
    return module.engine;
  } catch (error) {
    throw new AskgraphError('BAD_USER_INPUT', `A source on ${name} can't be crawled.`, { cause: error });
  }
}
