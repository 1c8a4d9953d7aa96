import { AskgraphError } from '../schema/errors.js';

/** Where the store is kept, as its URL says. */
export type StorePlace = SqlitePlace | PostgresPlace;

export interface SqlitePlace {
  readonly engine: 'sqlite';
  readonly url: string;
  readonly file: string;
}

export interface PostgresPlace {
  readonly engine: 'postgres';
  readonly url: URL;
}

/** @throws CONFIGURATION_INVALID for what names neither a file nor a database of PostgreSQL. */
export function placeOf(url: string): StorePlace {
  if (!/^postgres(ql)?:/.test(url)) return { engine: 'sqlite', url, file: fileOf(url) };
  if (!URL.canParse(url) || !url.includes('://')) {
    // Not repeated: it may hold a password.
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      'The store\'s URL cannot be read; write "postgresql://user:password@host:5432/database", and %40 for an @ in a password.',
    );
  }
  return { engine: 'postgres', url: new URL(url) };
}

/** What people are told of the store: never a password, which is written before the host or as a parameter. */
export function nameOfPlace(place: StorePlace): string {
  return place.engine === 'sqlite' ? place.url : `postgresql://${place.url.host}${place.url.pathname}`;
}

/**
 * The path in a `file:` URL. A database in memory is refused: every connection would have one of its own.
 * @throws CONFIGURATION_INVALID for any other URL.
 */
function fileOf(url: string): string {
  const file = /^file:(?:\/\/(?:localhost)?(?=\/))?([^?#]+)$/.exec(url)?.[1];
  if (file === undefined || file === ':memory:') {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The store's URL is "${url}"; write "file:" and a path, or "postgresql://" and a database.`,
    );
  }
  return decodeURIComponent(file);
}
