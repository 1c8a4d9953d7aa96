const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const ADDED: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, index) => [word, index] as const),
  ...TENS.map((word, index) => [word, (index + 2) * 10] as const),
]);
const MULTIPLIED: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);

const WORD = [...ADDED.keys(), ...MULTIPLIED.keys()].join('|');
/** `twenty-nine`, `one hundred and five`, `two thousand`, `a dozen`. */
export const NUMBER_WORDS = `(?:${WORD})(?:(?:[\\s-]+|\\s+and\\s+)(?:${WORD}))*`;

export function readNumberWords(text: string): number {
  let total = 0;
  let group = 0;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const added = ADDED.get(word);
    if (added !== undefined) group += added;
    const factor = MULTIPLIED.get(word);
    if (factor === undefined) continue;
    group = Math.max(group, 1) * factor;
    if (factor < 1_000) continue;
    total += group;
    group = 0;
  }
  return total + group;
}

/** Words that say a ratio of two figures, as the figure that would bear them out. */
export const RATIO_WORDS: ReadonlyMap<string, string> = new Map([
  ['half', '0.5'],
  ['halved', '0.5'],
  ['twice', '2'],
  ['double', '2'],
  ['doubled', '2'],
  ['thrice', '3'],
  ['triple', '3'],
  ['tripled', '3'],
  ['quadruple', '4'],
  ['quadrupled', '4'],
  ['tenfold', '10'],
]);

const ORDINAL_WORDS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

export const ORDINALS = ORDINAL_WORDS.join('|');

export function readOrdinalWord(word: string): number {
  return ORDINAL_WORDS.indexOf(word.toLowerCase()) + 1;
}
