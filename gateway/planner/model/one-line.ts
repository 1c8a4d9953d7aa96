import { withoutFences } from './fence.js';

/** What comes out of a catalog can neither end the fence round it nor begin a line of its own. */
export function oneLine(text: string): string {
  return withoutFences(text).replace(/\s+/g, ' ').trim();
}

/** One line of so many characters at most. */
export function shorten(text: string, most: number): string {
  const line = oneLine(text);
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
