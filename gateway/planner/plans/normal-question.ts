import { type Token, tokenize } from '../../knowledge/text/tokenize.js';

const POLITE = /\b(?:please|kindly)\b[\s,]*/gi;

/** A question without what says nothing: spaces, the mark at its end, politeness, the first letter's case. */
export function normalQuestion(question: string): string {
  const text = question
    .normalize('NFKC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(POLITE, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s?!.,]+$/, '')
    .trim();
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The words, numbers and quoted texts of a question, in its order. */
export function questionWords(question: string): Token[] {
  return tokenize(normalQuestion(question)).filter(({ kind }) => kind !== 'mark');
}

/** A text as its words are compared: "New  York" is "new york". */
export function wordKey(text: string): string {
  return tokenize(text)
    .filter(({ kind }) => kind !== 'mark')
    .map(({ lower }) => lower)
    .join(' ');
}
