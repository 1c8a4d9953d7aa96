import { AskgraphError } from '../../../schema/errors.js';
import type { GuardEngine } from './engines/engine.js';

/** Finds the facts for a dialect: the file of its name in `engines/`. */
export async function loadEngine(dialect: string): Promise<GuardEngine> {
  if (!/^[a-z]+$/.test(dialect)) {
    throw new AskgraphError('INTERNAL', `"${dialect}" is no name of a dialect.`);
  }
  try {
    const module = (await import(/* @vite-ignore */ `./engines/${dialect}.js`)) as { engine: GuardEngine };
    return module.engine;
  } catch (error) {
    throw new AskgraphError('INTERNAL', `The guard does not know the dialect "${dialect}".`, {
      cause: error,
    });
  }
}
