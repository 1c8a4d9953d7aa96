import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { GraphqlParameters } from './read-request.js';
import { type Refused, refuse } from './refusal.js';

/** Finds the text of what a client asks, which may say only the text's hash. */
export type ResolveQuery = (parameters: GraphqlParameters) => { readonly source: string } | Refused;

export interface PersistedQueryOptions {
  /** How many characters of automatically persisted queries are kept in all. */
  readonly characters: number;
  /** The only documents that are answered, by the SHA-256 of their text in hex; absent: all are. */
  readonly safelist?: ReadonlyMap<string, string>;
}

const MISSING = 'The request has no "query": send one, or the hash of one that is known here.';

/**
 * Automatic persisted queries (APQ), as Apollo's clients speak them: a client sends a hash alone, hears
 * "PersistedQueryNotFound", and then sends hash and text once. With a safelist nothing else is answered, and nothing
 * is learned.
 */
export function createPersistedQueries(options: PersistedQueryOptions): ResolveQuery {
  const { safelist } = options;
  const learned = new LRUCache<string, string>({
    maxSize: options.characters,
    sizeCalculation: (source) => source.length + 1,
  });
  return ({ query, extensions }) => {
    const hash = readHash(extensions?.persistedQuery);
    if (typeof hash === 'object') return hash;
    if (safelist !== undefined) return fromSafelist(safelist, query, hash);
    if (hash === undefined)
      return query === undefined || query === '' ? refuse(400, MISSING) : { source: query };
    if (query === undefined || query === '') {
      const source = learned.get(hash);
      // Said with 200, as Apollo Server says it: to its clients this is no failure.
      return source === undefined ? refuse(200, 'PersistedQueryNotFound') : { source };
    }
    if (sha256(query) !== hash)
      return refuse(400, 'The hash of the persisted query is not that of its text.');
    learned.set(hash, query);
    return { source: query };
  };
}

function fromSafelist(
  safelist: ReadonlyMap<string, string>,
  query: string | undefined,
  hash: string | undefined,
): { readonly source: string } | Refused {
  const key = hash ?? (query === undefined ? undefined : sha256(query));
  if (key === undefined) return refuse(400, MISSING);
  const source = safelist.get(key);
  if (source === undefined || (query !== undefined && query !== source)) {
    return { refusal: { status: 403, code: 'FORBIDDEN', message: 'This operation is not on the safelist.' } };
  }
  return { source };
}

/** The hash that an APQ extension carries; undefined where there is none. */
function readHash(extension: unknown): string | undefined | Refused {
  if (extension === undefined || extension === null) return undefined;
  const { version, sha256Hash } = extension as { readonly version?: unknown; readonly sha256Hash?: unknown };
  if (version !== 1) return refuse(400, 'The version of the persisted query is not supported: it must be 1.');
  const isHash = typeof sha256Hash === 'string' && /^[0-9a-f]{64}$/.test(sha256Hash);
  return isHash ? sha256Hash : refuse(400, 'The hash of the persisted query is not a SHA-256 in hex.');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
