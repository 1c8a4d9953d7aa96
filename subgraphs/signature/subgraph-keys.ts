import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AskgraphError } from '../../schema/errors.js';
import { isLoopback } from '../../schema/loopback.js';
import type { Environment } from '../define-subgraph.js';

export interface KeyPlace {
  /** The subgraph's name. */
  readonly name: string;
  readonly environment: Environment;
  /** The folder in which gateway and subgraph of one machine find the key that one of them has made. */
  readonly home: string;
  /** Where the subgraph listens. */
  readonly host: string;
  readonly randomBytes: (length: number) => Buffer;
}

const SHORTEST_KEY = 32;
const MOST_KEYS = 2;

/**
 * The keys that gateway and subgraph share; the first signs. They are `SUBGRAPH_<NAME>_KEY`, two of them with a comma
 * while one takes the place of the other. A subgraph that only its own machine reaches needs none: a file in the home
 * folder holds one.
 * @throws CONFIGURATION_INVALID where a key is missing or too short
 */
export function subgraphKeys(place: KeyPlace): readonly [string, ...string[]] {
  const setting = keySetting(place.name);
  const [first, ...rest] = (place.environment[setting] ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (first === undefined) {
    if (isLoopback(place.host)) return [keyOfThisMachine(place)];
    throw invalid(
      `${setting}: is needed, since others can reach ${place.host}; gateway and subgraph share it. One is made by "openssl rand -hex 32".`,
    );
  }
  if (rest.length >= MOST_KEYS) throw invalid(`${setting}: must hold one key, or two with a comma`);
  if ([first, ...rest].some((key) => key.length < SHORTEST_KEY))
    throw invalid(`${setting}: a key must have at least ${SHORTEST_KEY} characters`);
  return [first, ...rest];
}

export function keySetting(name: string): string {
  return `SUBGRAPH_${name.toUpperCase()}_KEY`;
}

/** Gateway and subgraph may start at once: the file is put in place whole, by whoever comes first. */
function keyOfThisMachine({ home, name, randomBytes }: KeyPlace): string {
  const file = join(home, 'keys', `${name}.key`);
  const mine = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(join(home, 'keys'), { recursive: true, mode: 0o700 });
    writeFileSync(mine, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    try {
      linkSync(mine, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(mine);
    }
    const key = readFileSync(file, 'utf8').trim();
    if (key.length >= SHORTEST_KEY) return key;
  } catch (cause) {
    throw invalid(`The key file ${file} can be neither made nor read.`, cause);
  }
  throw invalid(`The key file ${file} holds no key. Remove it, and a new one is made.`);
}

function invalid(problem: string, cause?: unknown): AskgraphError {
  return new AskgraphError('CONFIGURATION_INVALID', `The configuration is not valid. ${problem}`, {
    ...(cause === undefined ? {} : { cause }),
  });
}
