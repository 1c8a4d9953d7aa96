import { COMMON_WORDS } from './common-words.js';
import type { Evidence } from './evidence.js';
import { take } from './take.js';
import { isAmong, type WrittenWord, writtenWords } from './words.js';

/** Words that stand together as a name, of which all have to be found in one place. */
export interface WrittenName {
  readonly at: number;
  readonly text: string;
  readonly words: readonly string[];
}

const QUOTED = /[“"](?<inner>[^”"]+)[”"]/g;
/** Of a sentence, or of what follows a colon. */
const BEGINNING = /(?:^|[.!?:;–—(])\s*$/u;
const NAMELIKE = /\p{Lu}|\p{L}\p{N}|\p{N}\p{L}|@|\p{L}{2}\.\p{L}{2}|\//u;

export type KnownWords = Pick<Evidence, 'vocabulary' | 'openers'>;

/**
 * The proper names of a sentence: words with a capital letter, but for one that only begins the sentence, words that
 * are half a number or an address, and what stands in quotation marks.
 */
export function namesIn(sentence: string, known: KnownWords): WrittenName[] {
  const names: WrittenName[] = [];
  const left = take(sentence, QUOTED, (_, { inner = '' }, at) => {
    const words = writtenWords(inner).map(({ text }) => text);
    if (words.length > 0) names.push({ at, text: inner, words });
    return 'taken';
  });
  let open: WrittenWord[] = [];
  const close = () => {
    const [first] = open;
    const last = open.at(-1);
    if (first !== undefined && last !== undefined)
      names.push({
        at: first.at,
        text: left.slice(first.at, last.at + last.text.length),
        words: open.map(({ text }) => text),
      });
    open = [];
  };
  for (const word of writtenWords(left)) {
    const before = open.at(-1);
    if (before !== undefined && left.slice(before.at + before.text.length, word.at) !== ' ') close();
    if (isName(word, left, known)) open.push(word);
    else close();
  }
  close();
  return names;
}

function isName({ at, text }: WrittenWord, sentence: string, { vocabulary, openers }: KnownWords): boolean {
  if (!NAMELIKE.test(text) || isAmong(text, vocabulary)) return false;
  const isCapitalised = /^\p{Lu}[\p{Ll}'’-]*$/u.test(text);
  if (!isCapitalised || !BEGINNING.test(sentence.slice(0, at))) return true;
  return !text
    .toLowerCase()
    .split('-')
    .every((part) => COMMON_WORDS.has(part) || isAmong(part, openers));
}
