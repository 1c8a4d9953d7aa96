import type { GuardEngine } from './engines/engine.js';
import { refuse } from './refusal.js';

const MAX_CHARACTERS = 20_000;
const MAX_BRACKETS = 100;

/** What must hold of the text before a parser sees it. */
export function checkText(sql: string): void {
  if (sql.length > MAX_CHARACTERS) {
    throw refuse('size', `it is longer than ${MAX_CHARACTERS} characters`);
  }
  // Comments never reach an engine, but engines act on these two, so whoever writes them is up to something.
  if (sql.includes('/*!') || sql.includes('/*+')) {
    throw refuse('text', 'it holds a comment that an engine could act on');
  }
  if (hasUnseenCharacter(sql)) {
    throw refuse('text', 'it holds control characters or characters that cannot be seen');
  }
  checkBrackets(sql);
}

/** What must hold of the text for one engine. */
export function checkEngineText(sql: string, { refusedText, allowedText }: GuardEngine): void {
  if (allowedText?.test(sql) === false)
    throw refuse('text', 'it holds an escape that could be read in two ways');
  const bare = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '');
  if (refusedText?.test(bare)) throw refuse('text', 'it holds an operator that could be read in two ways');
}

/** Control characters, zero-width and direction characters, separators that look like spaces, unpaired surrogates. */
function hasUnseenCharacter(sql: string): boolean {
  return /(?![\t\n\r ])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\p{Cs}\p{Co}]/u.test(sql);
}

/** Brackets inside text literals are counted too: a hundred of them, one in another, is no query. */
function checkBrackets(sql: string): void {
  let depth = 0;
  for (const character of sql) {
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth > MAX_BRACKETS) throw refuse('size', 'its brackets are nested too deeply');
  }
}
