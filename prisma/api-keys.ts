import { AskgraphError } from '../schema/errors.js';
import type { PrismaClient } from './client/client.js';
import { reach } from './store-errors.js';

const WHAT = 'API keys';

/** An API key as it is kept: by the hash of its secret, from which nobody gets back to the key. */
export interface StoredApiKey {
  readonly id: string;
  readonly hash: string;
  readonly subject: string;
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The keys that programs present. Every method throws STORE_UNAVAILABLE where the database does not answer. */
export interface ApiKeys {
  save(key: StoredApiKey): Promise<void>;
  find(id: string): Promise<StoredApiKey | undefined>;
  /** Newest first, with those that are good no more. */
  list(): Promise<StoredApiKey[]>;
  /** Throws NOT_FOUND. A key that was revoked before stays so since then. */
  revoke(id: string, at: Date): Promise<void>;
}

export function apiKeysIn(database: PrismaClient): ApiKeys {
  return {
    save: (key) =>
      reach(WHAT, async () => {
        await database.apiKey.createMany({ data: [{ ...key, roles: JSON.stringify(key.roles) }] });
      }),
    find: (id) =>
      reach(WHAT, async () => {
        const row = await database.apiKey.findUnique({ where: { id } });
        return row === null ? undefined : keyOf(row);
      }),
    list: () =>
      reach(WHAT, async () => {
        const rows = await database.apiKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
        return rows.map(keyOf);
      }),
    revoke: (id, at) =>
      reach(WHAT, async () => {
        const { count } = await database.apiKey.updateMany({
          where: { id, revokedAt: null },
          data: { revokedAt: at },
        });
        if (count === 0 && (await database.apiKey.count({ where: { id } })) === 0)
          throw new AskgraphError('NOT_FOUND', `There is no API key "${id}".`, { details: { id } });
      }),
  };
}

function keyOf(row: Omit<StoredApiKey, 'roles'> & { readonly roles: string }): StoredApiKey {
  return { ...row, roles: JSON.parse(row.roles) as string[] };
}
