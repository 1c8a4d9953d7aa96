import { setTimeout } from 'node:timers/promises';
import type { Client } from '@libsql/client';

/** How long a statement waits for another process that holds the file, in milliseconds. */
export const PATIENCE = 5_000;

/** In milliseconds. */
const RETRY_AFTER = 10;

/** One connection to the store's file, for one piece of work after another. */
export interface Connection {
  /** Does what another process that holds the file may keep from being done, again until it can be. */
  run<Result>(work: (client: Client) => Promise<Result>): Promise<Result>;
  close(): void;
}

/**
 * Locks are waited for here and not inside SQLite, which would stop the whole thread. A connection whose statement met
 * a lock is thrown away: the driver leaves the statement begun, and SQLite commits nothing of a connection as long as
 * another of its statements has begun to write, so that it would hold the file from then on.
 */
export async function connect(url: string, setting?: string): Promise<Connection> {
  const { createClient } = await import('@libsql/client');
  const open = async () => {
    const client = createClient({ url, timeout: 0 });
    if (setting !== undefined) await client.execute(setting);
    return client;
  };
  let client = await open();
  let last: Promise<unknown> = Promise.resolve();

  const attempt = async <Result>(work: (client: Client) => Promise<Result>): Promise<Result> => {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await work(client);
      } catch (thrown) {
        if (!isBusy(thrown)) throw thrown;
        client.close();
        client = await open();
        if (performance.now() > deadline) throw thrown;
      }
      await setTimeout(RETRY_AFTER);
    }
  };

  return {
    run(work) {
      const result = last.then(() => attempt(work));
      last = result.catch(() => {});
      return result;
    },
    close: () => client.close(),
  };
}

/** Whether another connection holds the file. */
export function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_BUSY';
}
