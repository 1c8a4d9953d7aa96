import { stat } from 'node:fs/promises';

/** The file of an open database: a driver goes on reading one that was deleted. */
export interface DatabaseFile {
  /** Throws where the file is no longer the one that was opened. */
  check(): Promise<void>;
}

/**
 * Remembers which file it is. It is never opened here: closing it would take from SQLite the locks that this process
 * holds on it. Throws where there is none.
 */
export async function watchDatabaseFile(path: string): Promise<DatabaseFile> {
  const { ino, dev } = await stat(path);
  return {
    async check() {
      const now = await stat(path);
      if (now.ino !== ino || now.dev !== dev) throw new Error(`${path} is another file than was opened.`);
    },
  };
}
