import { isContentWord } from '../../../knowledge/text/content-words.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Mention } from '../meaning.js';
import { operatorPhrases } from '../words.js';

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    fifty: 50,
    hundred: 100,
    thousand: 1000,
    dozen: 12,
  }),
);
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    k: 1e3,
    m: 1e6,
    bn: 1e9,
    thousand: 1e3,
    million: 1e6,
    billion: 1e9,
    hundred: 100,
  }),
);

const QUANTITY = new Set(['than', 'least', 'most', 'over', 'above', 'below', 'under', 'exactly', 'top']);

/** The words that act on others: aggregates, comparisons, order, grouping, numbers. */
export function recogniseOperators(tokens: readonly Token[]): Mention[] {
  return tokens.flatMap((token, start) => [
    ...phraseMentions(tokens, token, start),
    ...numberMentions(tokens, token, start),
    ...rankMentions(tokens, token, start),
  ]);
}

function phraseMentions(tokens: readonly Token[], token: Token, start: number): Mention[] {
  if (token.kind === 'quoted') return [];
  return operatorPhrases(token.lower)
    .filter(({ words }) => words.every((word, offset) => tokens[start + offset]?.lower === word))
    .map(({ words, operator }) => ({
      start,
      end: start + words.length,
      meaning: operator,
      score: phraseScore(words),
    }));
}

/** About a point for each word with content, and a little for the others: a whole phrase beats its parts. */
function phraseScore(words: readonly string[]): number {
  return 0.9 * Math.max(1, words.filter(isContentWord).length) + 0.15 * (words.length - 1);
}

function numberMentions(tokens: readonly Token[], token: Token, start: number): Mention[] {
  const value = numberOf(token);
  if (value === undefined) return [];
  const scale = SCALES.get(tokens[start + 1]?.lower ?? '');
  // Four digits that look like a year are one, unless a quantity is announced.
  const isYear = /^(19|20)\d\d$/.test(token.lower) && !QUANTITY.has(tokens[start - 1]?.lower ?? '');
  const mentions: Mention[] = [
    { start, end: start + 1, meaning: { kind: 'number', value }, score: isYear ? 0.4 : 0.9 },
  ];
  if (scale !== undefined) {
    mentions.push({
      start,
      end: start + 2,
      meaning: { kind: 'number', value: plain(Number(value) * scale) },
      score: 1.9,
    });
  }
  return mentions;
}

/** `top 5`, `the 3 highest`, `first ten`: a superlative with its count. */
function rankMentions(tokens: readonly Token[], token: Token, start: number): Mention[] {
  const next = tokens[start + 1];
  if (next === undefined) return [];
  const direction = token.lower === 'top' ? 'DESC' : token.lower === 'bottom' ? 'ASC' : undefined;
  const count = numberOf(next);
  if (direction !== undefined && count !== undefined && next.lower !== 'one') {
    return [
      { start, end: start + 2, meaning: { kind: 'superlative', direction, count: Number(count) }, score: 2 },
    ];
  }
  const leading = numberOf(token);
  if (
    leading === undefined ||
    /^[$€£]/.test(token.text) ||
    !/^\d{1,4}$/.test(leading) ||
    Number(leading) > 1000
  )
    return [];
  return operatorPhrases(next.lower).flatMap(({ words, operator }) =>
    operator.kind === 'superlative' &&
    words.every((word, offset) => tokens[start + 1 + offset]?.lower === word)
      ? [
          {
            start,
            end: start + 1 + words.length,
            meaning: { ...operator, count: Number(leading) },
            score: 1.9 + 0.3 * (words.length - 1),
          },
        ]
      : [],
  );
}

/** The number that a token is, in digits: `$1,000` is 1000, `five` is 5, `20k` is 20000. */
export function numberOf(token: Token): string | undefined {
  if (token.kind === 'word') {
    const word = NUMBER_WORDS.get(token.lower);
    return word === undefined ? undefined : String(word);
  }
  if (token.kind !== 'number') return undefined;
  const match = /^(-?)[$€£]?(\d[\d,]*(?:\.\d+)?|\.\d+)(k|m|bn)?%?$/.exec(token.lower);
  if (match === null) return undefined;
  const [, sign, written, scale] = match;
  const digits = written!.replaceAll(',', '').replace(/^\./, '0.');
  return `${sign}${scale === undefined ? digits : plain(Number(digits) * SCALES.get(scale)!)}`;
}

function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/0+$/, '');
}
