const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’&._@/-]*/gu;

export interface WrittenWord {
  readonly at: number;
  readonly text: string;
}

/** The words of a text as they are written, without the marks that end them. */
export function writtenWords(text: string): WrittenWord[] {
  return [...text.matchAll(WORD)].map(({ index, 0: word }) => ({
    at: index,
    text: word.replace(/(?:['’]s)?['’&._@/-]*$/u, ''),
  }));
}

/** The words of a text as they are compared: in lower case, parts of joined ones too. */
export function wordsOf(text: string): string[] {
  return writtenWords(text).flatMap(({ text: word }) => {
    const lower = word.toLowerCase();
    const parts = lower.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
    return parts.length > 1 ? [lower, ...parts] : [lower];
  });
}

/** Whether a word is among others, in one number or the other. */
export function isAmong(word: string, words: ReadonlySet<string>): boolean {
  const lower = word.toLowerCase();
  return words.has(lower) || words.has(`${lower}s`) || (lower.endsWith('s') && words.has(lower.slice(0, -1)));
}
