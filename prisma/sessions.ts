import type { PrismaClient } from './client/client.js';
import { reach } from './store-errors.js';

const WHAT = 'sessions';

/** A browser's session. Its document is encrypted by whoever keeps it, and says nothing to the store. */
export interface StoredSession {
  readonly id: string;
  readonly document: string;
  readonly version: number;
  readonly expiresAt: Date;
}

/** Sessions of signed-in browsers. Every method throws STORE_UNAVAILABLE where the database does not answer. */
export interface Sessions {
  /** Sessions that have ended before `at` leave on the way. */
  save(session: StoredSession, at: Date): Promise<void>;
  find(id: string): Promise<StoredSession | undefined>;
  /** Replaces a session of the version before; `stale` where another has replaced it already, or it is gone. */
  replace(session: StoredSession): Promise<'replaced' | 'stale'>;
  remove(id: string): Promise<void>;
}

export function sessionsIn(database: PrismaClient): Sessions {
  return {
    save: (session, at) =>
      reach(WHAT, async () => {
        await database.session.deleteMany({ where: { expiresAt: { lt: at } } });
        await database.session.createMany({ data: [session] });
      }),
    find: (id) =>
      reach(WHAT, async () => (await database.session.findUnique({ where: { id } })) ?? undefined),
    replace: ({ id, document, version, expiresAt }) =>
      reach(WHAT, async () => {
        const { count } = await database.session.updateMany({
          where: { id, version: version - 1 },
          data: { document, version, expiresAt },
        });
        return count === 1 ? 'replaced' : 'stale';
      }),
    remove: (id) =>
      reach(WHAT, async () => {
        await database.session.deleteMany({ where: { id } });
      }),
  };
}
