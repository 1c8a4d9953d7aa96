import { stemmer } from 'stemmer';
import { isContentWord } from './content-words.js';

export interface Token {
  readonly index: number;
  /** As it stands in the question. */
  readonly text: string;
  readonly lower: string;
  /** Porter stem of a word; the text itself of anything else. */
  readonly stem: string;
  readonly kind: 'word' | 'number' | 'quoted' | 'mark';
  /** Capital first letter, and not merely because it starts the question. */
  readonly proper: boolean;
}

const QUOTED = String.raw`"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])'([^']+)'(?!\p{L})`;
const DAY = String.raw`(?<![\p{L}\p{N}])(\d{4}-\d{2}-\d{2})(?![\p{L}\p{N}])`;
const NUMBER = String.raw`(?<![\p{L}\p{N}])((?:(?<=^|\s)-)?[$€£]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:st|nd|rd|th|s|k|m|bn)?%?)(?![\p{L}\p{N}])`;
const WORD = String.raw`([\p{L}\p{N}][\p{L}\p{N}_&]*(?:[-.'’][\p{L}\p{N}]+)*)`;
const MARK = '(>=|<=|!=|<>|[,;:?!()<>=/+*-])';
const PATTERN = new RegExp([QUOTED, DAY, NUMBER, WORD, MARK].join('|'), 'giu');

/** Splits a question into words, numbers, quoted text and marks. A possessive 's is dropped. */
export function tokenize(question: string): Token[] {
  const tokens: Token[] = [];
  for (const match of question.matchAll(PATTERN)) {
    const quoted = match[1] ?? match[2] ?? match[3];
    const number = match[4] ?? match[5];
    const word = match[6];
    const text = quoted ?? number ?? word?.replace(/['’]s$/u, '') ?? match[0];
    const lower = text.toLowerCase();
    const kind =
      quoted !== undefined
        ? 'quoted'
        : number !== undefined
          ? 'number'
          : word !== undefined
            ? 'word'
            : 'mark';
    tokens.push({
      index: tokens.length,
      text,
      lower,
      stem: kind === 'word' ? stem(lower) : lower,
      kind,
      proper: kind === 'word' && /^\p{Lu}/u.test(text) && tokens.length > 0,
    });
  }
  return tokens;
}

/** Words that carry no content, but change what is asked: leaving them out would answer another question. */
const MUST_BE_PLACED = new Set(['many', 'per', 'each', 'every']);

/** Whether a token says something that an answer must account for: "may" does not, the month of May does. */
export function isContent(token: Token): boolean {
  if (token.kind === 'mark') return false;
  return (
    isContentWord(token.lower) || MUST_BE_PLACED.has(token.lower) || (token.lower === 'may' && token.proper)
  );
}

/** Forms that the stemmer does not bring together. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sold: 'sell',
    bought: 'buy',
    paid: 'pay',
    spent: 'spend',
    made: 'make',
    held: 'hold',
    born: 'birth',
    birthday: 'birth',
    birthdays: 'birth',
    people: 'person',
    children: 'child',
    men: 'man',
    women: 'woman',
    won: 'win',
    wrote: 'write',
    written: 'write',
    took: 'take',
    taken: 'take',
    left: 'leave',
    quantities: 'quantity',
  }),
);

const STEMS = new Map<string, string>();

export function stem(word: string): string {
  const lower = word.toLowerCase();
  let found = STEMS.get(lower);
  if (found === undefined) {
    found = stemmer(IRREGULAR.get(lower) ?? lower);
    if (STEMS.size < 100_000) STEMS.set(lower, found);
  }
  return found;
}
