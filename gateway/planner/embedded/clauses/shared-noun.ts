import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Phrase } from './request.js';
import type { Vocabulary } from './vocabulary.js';

/** Small words inside of names. */
export const JOINS = new Set(['of', 'the', 'in', 'and', 'a', 'at', 'for']);

/** `first and last name`, `start, end and order date`: a word whose noun comes later names a column with it. */
export function sharedNoun(
  tokens: readonly Token[],
  start: number,
  vocabulary: Vocabulary,
): Phrase | undefined {
  const first = tokens[start]!;
  if (first.kind !== 'word' || !['and', ',', 'or'].includes(tokens[start + 1]?.lower ?? '')) return undefined;
  for (let at = start + 3; at < Math.min(tokens.length, start + 8); at++) {
    const noun = tokens[at]!;
    if (noun.kind !== 'word') continue;
    if (JOINS.has(noun.lower) && noun.lower !== 'and') return undefined;
    const columns = vocabulary
      .meanings([first.stem, noun.stem])
      .columns.filter(({ quality, column }) => quality >= 0.9 && column !== undefined);
    const own = vocabulary.meanings([first.stem]);
    const alone = [...own.columns, ...own.tables].filter(({ quality }) => quality >= 0.75);
    const nounAlone = vocabulary.meanings([noun.stem]);
    const both = columns.filter(
      ({ column }) => !nounAlone.columns.some((other) => other.column === column && other.quality >= 0.9),
    );
    if (both.length > 0 && alone.length === 0)
      return {
        start,
        end: start + 1,
        text: `${first.text} ${noun.text}`,
        tables: [],
        columns: both,
        values: [],
        plural: false,
        proper: false,
      };
  }
  return undefined;
}
