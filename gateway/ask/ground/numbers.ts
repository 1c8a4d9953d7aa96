import { absolute, type Decimal, readDecimal, shift } from './decimal.js';
import { NUMBER_WORDS, ORDINALS, RATIO_WORDS, readNumberWords, readOrdinalWord } from './number-words.js';
import { type Groups, take } from './take.js';

/** A figure as a text writes it. */
export interface WrittenNumber {
  readonly at: number;
  readonly text: string;
  readonly value: Decimal;
  /** The last digit that was written stands for 10 to this power. */
  readonly place: number;
  readonly kind: 'plain' | 'percent' | 'ordinal' | 'ratio';
  /** ISO 4217, or a degree sign with its scale, where the text names one. */
  readonly unit: string | undefined;
}

const MAGNITUDES: Readonly<Record<string, number>> = {
  k: 3,
  thousand: 3,
  m: 6,
  mn: 6,
  million: 6,
  b: 9,
  bn: 9,
  billion: 9,
  trillion: 12,
};
const CURRENCIES: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  usd: 'USD',
  dollar: 'USD',
  eur: 'EUR',
  euro: 'EUR',
  gbp: 'GBP',
  pound: 'GBP',
};

const SIGN = '(?<sign>(?<![\\p{L}\\p{N}])[-−]|\\bminus\\s+)?';
const MAGNITUDE = '(?:\\s?(?<magnitude>thousand|million|billion|trillion|bn|mn|[kKmMB])(?![\\p{L}\\p{N}]))?';
const AFTER =
  '(?:\\s?(?<percent>%|percent(?:age points?)?|per cent)|\\s?(?<degrees>°\\s?[CF])|\\s?(?<after>USD|EUR|GBP|€|£|dollars?|euros?|pounds?)(?!\\p{L}))?';
const DIGITS = new RegExp(
  `(?<![\\p{L}\\p{N}_]|\\p{N}[.,])${SIGN}(?<before>USD\\s?|EUR\\s?|GBP\\s?|US\\$|[$€£])?(?<digits>\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)?(?<fraction>\\.\\d+)?(?:(?<ordinal>st|nd|rd|th)(?!\\p{L})|${MAGNITUDE}${AFTER})(?![\\p{L}\\p{N}_]|[.,]\\d)`,
  'gu',
);
const WORDS = new RegExp(
  `(?<![\\p{L}\\p{N}-])${SIGN}(?<words>${NUMBER_WORDS})${AFTER}(?![\\p{L}\\p{N}])`,
  'giu',
);
const PARTS =
  /(?<![\p{L}\p{N}-])(?<count>an?|one|two|three|four)[\s-]+(?<part>thirds?|quarters?|fifths?|tenths?)(?=\s+(?:of|as|more|less|the))/giu;
const RATIOS = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${[...RATIO_WORDS.keys()].join('|')})(?![\\p{L}\\p{N}-])`,
  'giu',
);
const RANKS = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${ORDINALS})(?![\\p{L}\\p{N}-])`, 'giu');
const ABOUT =
  /\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|over|more than|just under|close to|~)\s*$/i;
const PLACES = 6;

/** The figures that a text names, in digits and in words, each of its characters in one at most. */
export function numbersIn(text: string): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  let left = text;
  const read = (
    form: RegExp,
    make: (written: string, groups: Groups, at: number) => WrittenNumber | undefined,
  ) => {
    left = take(left, form, (written, groups, at) => {
      const number = make(written, groups, at);
      if (number === undefined) return 'left';
      found.push(number);
      return 'taken';
    });
  };
  read(DIGITS, (written, groups, at) => ofDigits(written, groups, at, text));
  read(PARTS, (written, groups, at) => ratio(at, written, shareOf(groups)));
  read(WORDS, ofWords);
  read(RATIOS, (written, _, at) => ratio(at, written, RATIO_WORDS.get(written.toLowerCase()) ?? '0'));
  read(RANKS, (written, _, at) => ordinal(at, written, BigInt(readOrdinalWord(written))));
  return found.sort((a, b) => a.at - b.at);
}

function ofDigits(written: string, groups: Groups, at: number, text: string): WrittenNumber | undefined {
  const { digits = '', fraction = '', magnitude = '' } = groups;
  const value = readDecimal(`${digits.replaceAll(',', '')}${fraction}`);
  if (value === undefined) return undefined;
  if (groups.ordinal !== undefined) return ordinal(at, written, value.units);
  const power = MAGNITUDES[magnitude.trim().toLowerCase()] ?? 0;
  const zeros =
    fraction === '' && ABOUT.test(text.slice(0, at))
      ? (/0+$/.exec(digits.replaceAll(',', ''))?.[0].length ?? 0)
      : 0;
  return {
    at,
    text: written.trim(),
    value: signed(shift(value, power), groups.sign),
    place: power + zeros - Math.max(0, fraction.length - 1),
    kind: groups.percent === undefined ? 'plain' : 'percent',
    unit: unitOf(groups),
  };
}

function ofWords(written: string, groups: Groups, at: number): WrittenNumber {
  const value = { units: BigInt(readNumberWords(groups.words ?? '')), scale: 0 };
  const kind = groups.percent === undefined ? 'plain' : 'percent';
  return {
    at,
    text: written.trim(),
    value: signed(value, groups.sign),
    place: 0,
    kind,
    unit: unitOf(groups),
  };
}

function signed(value: Decimal, sign: string | undefined): Decimal {
  return sign === undefined ? value : { ...absolute(value), units: -absolute(value).units };
}

function unitOf({ before, after, degrees }: Groups): string | undefined {
  if (degrees !== undefined) return degrees.replace(/\s/, '');
  const named = (before ?? after)
    ?.trim()
    .toLowerCase()
    .replace(/^us\$$/, '$');
  return named === undefined ? undefined : CURRENCIES[named.replace(/(?<=\p{L}{3})s$/u, '')];
}

function ordinal(at: number, text: string, units: bigint): WrittenNumber {
  return { at, text: text.trim(), value: { units, scale: 0 }, place: 0, kind: 'ordinal', unit: undefined };
}

function ratio(at: number, text: string, value: string): WrittenNumber {
  const decimal = readDecimal(value) ?? { units: 0n, scale: 0 };
  return {
    at,
    text: text.trim(),
    value: decimal,
    place: -Math.max(decimal.scale, 0),
    kind: 'ratio',
    unit: undefined,
  };
}

const SHARES: Readonly<Record<string, number>> = { third: 3, quarter: 4, fifth: 5, tenth: 10 };

function shareOf({ count = 'a', part = 'third' }: Groups): string {
  const many = /^an?$/i.test(count) ? 1 : readNumberWords(count);
  return (many / (SHARES[part.toLowerCase().replace(/s$/, '')] ?? 1)).toFixed(PLACES).replace(/0+$/, '');
}
