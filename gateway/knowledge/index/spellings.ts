import { stem } from '../text/tokenize.js';

const SHORT = { from: 2, to: 5 } as const;
/** Shorter words are too near to one another to be told apart by a letter. */
const LONG_ENOUGH = 5;

/** The words of all names as they are spelled, by which short forms and slips of the pen are found. */
export class Spellings {
  readonly #stems = new Map<string, string>();
  /** Short words that no vowel follows in, by their first letter: `dpt`, `stdnt`. */
  readonly #consonants = new Map<string, string[]>();
  readonly #alike = new Map<string, string[]>();

  /** Takes a word and gives its stem. */
  add(word: string): string {
    const known = this.#stems.get(word);
    if (known !== undefined) return known;
    const found = stem(word);
    this.#stems.set(word, found);
    push(this.#alike, shapeOf(word, 0), word);
    if (word.length > SHORT.from && word.length <= SHORT.to && !/[aeiou]/.test(word.slice(1)))
      push(this.#consonants, word[0]!, word);
    return found;
  }

  /** Stems of short forms of a word: what it begins with, or its consonants. */
  shortForms(word: string): string[] {
    const found = new Set<string>();
    for (let length = SHORT.from + 1; length <= Math.min(SHORT.to, word.length - 2); length++) {
      const short = this.#stems.get(word.slice(0, length));
      if (short !== undefined) found.add(short);
    }
    if (word.length >= LONG_ENOUGH) {
      for (const short of this.#consonants.get(word[0]!) ?? [])
        if (short.length < word.length && runsThrough(short, word)) found.add(this.#stems.get(short)!);
    }
    return [...found];
  }

  /** Stems of the words that one letter more, less, other or in another place makes of a word. */
  near(word: string): string[] {
    if (word.length < LONG_ENOUGH) return [];
    const alike = [-1, 0, 1].flatMap((more) => this.#alike.get(shapeOf(word, more)) ?? []);
    return [
      ...new Set(alike.filter((other) => isOneOff(word, other)).map((other) => this.#stems.get(other)!)),
    ];
  }
}

function shapeOf(word: string, more: number): string {
  return `${word[0]}${word.length + more}`;
}

/** Whether the letters of a short word stand in a longer one in their order. */
function runsThrough(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

function isOneOff(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right === `${left[1]}${left[0]}`;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
