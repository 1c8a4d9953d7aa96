import { AskgraphError } from '../../schema/errors.js';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** A name or text without its quotes; a bare word as it stands. */
  readonly text: string;
  /** A bare word in small letters, by which keywords are known; empty of anything else. */
  readonly word: string;
  /** Where it begins, from 1. */
  readonly place: number;
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([A-Za-z_$][\w$]*)|(<=|>=|<>|!=|[-+*/(),.=<>]))/y;

/** The words and signs of an expression. @throws BAD_USER_INPUT for what is neither. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let place = 0;
  while (text.slice(place).trim() !== '') {
    const match = TOKEN.exec(text);
    if (match === null) throw wrong(text, place + 1, 'is no word or sign that an expression has');
    const [all, number, quoted, named, bare, sign] = match;
    const start = place + all.length - all.trimStart().length + 1;
    tokens.push(tokenOf({ number, quoted, named, bare, sign }, start));
    place = TOKEN.lastIndex;
  }
  return [...tokens, { kind: 'end', text: 'the end', word: '', place: text.length + 1 }];
}

interface Parts {
  readonly number: string | undefined;
  readonly quoted: string | undefined;
  readonly named: string | undefined;
  readonly bare: string | undefined;
  readonly sign: string | undefined;
}

function tokenOf({ number, quoted, named, bare, sign }: Parts, place: number): Token {
  if (number !== undefined) return { kind: 'number', text: number, word: '', place };
  if (quoted !== undefined) return { kind: 'text', text: quoted.replaceAll("''", "'"), word: '', place };
  if (named !== undefined) return { kind: 'name', text: named.replaceAll('""', '"'), word: '', place };
  if (bare !== undefined) return { kind: 'name', text: bare, word: bare.toLowerCase(), place };
  return { kind: 'sign', text: sign ?? '', word: '', place };
}

export function wrong(text: string, place: number, what: string): AskgraphError {
  const there = text.slice(place - 1, place + 19).trim();
  return new AskgraphError('BAD_USER_INPUT', `At character ${place}, "${there}" ${what}.`, {
    details: { text, place },
  });
}
