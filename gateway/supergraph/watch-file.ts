import { readFile, stat } from 'node:fs/promises';

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
  // Unknown at first, so that what was written since `known` was read is seen too.
  let state = '';
  let isOver = false;
  const look = async (): Promise<void> => {
    const { ino, size, mtimeMs } = await stat(path);
    const now = `${ino} ${size} ${mtimeMs}`;
    if (now === state) return;
    const text = await readFile(path, 'utf8');
    state = now;
    // A file that is just being written anew is empty for a moment.
    if (text === '' || text === last || isOver) return;
    last = text;
    changed(text);
  };
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    // A file that is gone comes back.
    look()
      .catch(() => {})
      .finally(() => {
        isLooking = false;
      });
  }, intervalMilliseconds);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
