import { AskgraphError } from '../../../schema/errors.js';
import type { Dialect } from './dialect.js';

/** Finds a dialect by its name: the file of that name in this folder. Throws CONFIGURATION_INVALID for an unknown one. */
export async function loadDialect(name: string): Promise<Dialect> {
  try {
    if (!/^[a-z]+$/.test(name)) throw new Error('That is no name of a dialect.');
    const module = (await import(/* @vite-ignore */ `./${name}.js`)) as Readonly<Record<string, unknown>>;
    const dialect = module[`${name}Dialect`] as Dialect | undefined;
    if (dialect?.name !== name) throw new Error('The file holds no dialect of its name.');
    return dialect;
  } catch (cause) {
    throw new AskgraphError('CONFIGURATION_INVALID', `The SQL dialect "${name}" is not known.`, { cause });
  }
}
