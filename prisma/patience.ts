import { setTimeout } from 'node:timers/promises';
import { asAskgraphError } from '../schema/errors.js';
import { PATIENCE } from './prepare-tables.js';

const RETRY_AFTER = 10;

/**
 * Does what another process that holds the file may keep from being done, again until it can be: locks are waited for
 * here and not inside SQLite, which would stop the whole thread. Throws STORE_UNAVAILABLE.
 */
export async function patiently<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (performance.now() > deadline) {
          `${process.pid} ${process.argv[2]} ${what} ${JSON.stringify(thrown)} ${String(thrown)} ${String((thrown as Error).cause)}\n`,
        );
      }
      if (!isBusy(thrown) || performance.now() > deadline) {
        throw asAskgraphError(thrown, 'STORE_UNAVAILABLE', `The store of ${what} does not answer.`);
      }
    }
    await setTimeout(RETRY_AFTER);
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_BUSY';
}
