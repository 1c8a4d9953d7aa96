import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * Tells the text of a file whenever it has become another, also where the file is replaced by a rename, behind a link
 * or on a network's disk: its state is asked for, every `intervalMilliseconds`. Returns what ends that.
 */
export function watchText(
  path: string,
  known: string,
  intervalMilliseconds: number,
  changed: (text: string) => void,
): () => void {
  let last = known;
  let reading = Promise.resolve();
  const look = async (): Promise<void> => {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    // A file that is gone, or is just being written anew and empty, comes back.
    if (text === undefined || text === '' || text === last) return;
    last = text;
    changed(text);
  };
  const listener = (): void => {
    reading = reading.then(look);
  };
  watchFile(path, { interval: intervalMilliseconds }, listener);
  return () => unwatchFile(path, listener);
}
