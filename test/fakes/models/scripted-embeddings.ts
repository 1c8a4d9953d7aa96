/** What a fake server was asked to place, in the words that all providers share. */
export interface EmbeddingCall {
  readonly model: string;
  readonly texts: readonly string[];
  /** The request as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A vector for each text; or what goes wrong. */
export type EmbeddingReply = readonly (readonly number[])[] | 'throttled' | 'denied' | 'silent' | 'malformed';

/** Decides, call by call, where texts are placed. */
export type EmbeddingScript = (call: EmbeddingCall, index: number) => EmbeddingReply;

/** What every fake says of a text's tokens. */
export const TOKENS_A_TEXT = 7;

const DIMENSIONS = 512;

/**
 * Places texts by the words that they have in common, those of one of the groups being the same word: enough of a
 * meaning for a fake, and always the same.
 */
export function byWords(...alike: readonly (readonly string[])[]): EmbeddingScript {
  const meant = new Map(alike.flatMap(([first = '', ...others]) => others.map((word) => [word, first])));
  return ({ texts }) =>
    texts.map((text) => {
      const vector = new Array<number>(DIMENSIONS).fill(0);
      for (const [word] of text.toLowerCase().matchAll(/[a-z]{3,}/g)) {
        const single = word.replace(/s$/, '');
        vector[placeOf(meant.get(single) ?? single)]! += 1;
      }
      // Where no word is, something is all the same.
      vector[0]! += 0.01;
      return vector;
    });
}

function placeOf(word: string): number {
  let hash = 7;
  for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash % DIMENSIONS;
}
