import { findAskTable } from '../../knowledge/domain.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { tokenize } from '../../knowledge/text/tokenize.js';
import type { EarlierTurn, Plan } from '../planner.js';
import { type Fragment, onlyPeriod, type Period } from './fragment.js';

const BARE_YEAR = /^(?:the\s+year\s+)?((?:19|20)\d{2})$/i;
const GRAIN = /^(?:hour|day|week|month|quarter|year)s?$/i;
const TRAILING_GROUP = /\s(?:by|per|for each|for every)\s+((?:\p{L}[\p{L}\p{N}-]*\s*){1,3})$/iu;

/**
 * An earlier question with one thing or another changed, as a person would have asked it whole; undefined where it is
 * not plain what stands in the place of what.
 */
export function wholeQuestion(
  { time, group, value }: Fragment,
  earlier: EarlierTurn,
  literals: readonly string[],
  knowledge: Knowledge,
): string | undefined {
  let text: string | undefined = earlier.question.trim().replace(/[\s?!.]+$/, '');
  // A grouping ends a question, so what else is said goes in before it.
  const tail = TRAILING_GROUP.exec(text);
  const grouped = tail !== null && isGroup(tail[1]!.trim(), earlier) ? tail : null;
  let ending = grouped === null ? '' : grouped[0];
  if (grouped !== null) text = text.slice(0, grouped.index);
  if (value !== undefined) text = withValue(text, value, earlier, literals, knowledge);
  if (text !== undefined && time !== undefined) text = withTime(text, time);
  if (text === undefined) return undefined;
  if (group !== undefined) {
    // What is ranked has an end that a grouping would move.
    if (earlier.plan.ranking !== undefined) return undefined;
    ending = ` by ${group}`;
  }
  return `${text}${ending}?`;
}

/** "by revenue" is an order; "by department" and "by month" are groups. */
function isGroup(words: string, { plan }: EarlierTurn): boolean {
  return GRAIN.test(words) || plan.restatement.toLowerCase().includes(`by ${words.toLowerCase()}`);
}

function withTime(text: string, time: Period): string | undefined {
  const before = onlyPeriod(text);
  if (before === 'several') return undefined;
  if (before === undefined) return `${text} ${time.preposition ?? 'in'} ${time.text}`;
  // Whether "and in 2007?" after "in March 2008" means March is not said.
  if (BARE_YEAR.test(time.text) && !BARE_YEAR.test(before.period.text)) return undefined;
  const preposition = time.preposition ?? before.period.preposition;
  const put = `${preposition === undefined ? '' : `${preposition} `}${time.text}`;
  return `${text.slice(0, before.index)}${put}${text.slice(before.index + before.length)}`;
}

/** In the place of a value of the same column where the earlier question compared it, else as a further condition. */
function withValue(
  text: string,
  value: NonNullable<Fragment['value']>,
  { plan }: EarlierTurn,
  literals: readonly string[],
  knowledge: Knowledge,
): string | undefined {
  const wanted = wordsOf(value.text);
  const columns = columnsOf(plan, knowledge);
  const compared = literals.filter((literal) =>
    columns.some((values) => values.includes(literal) && values.some((one) => begins(wordsOf(one), wanted))),
  );
  const next = spelledOut(value.text, wanted, columns);
  const [old, ...others] = [...new Set(compared)];
  if (old === undefined) return `${text} ${value.preposition ?? 'in'} ${next}`;
  return others.length > 0 ? undefined : replaceWords(text, old, next);
}

/** The sampled values of each column of the tables that a plan reads. */
function columnsOf({ sources }: Plan, { domains, profile }: Knowledge): (readonly string[])[] {
  return sources.flatMap(({ domain: name, table }) => {
    const domain = domains.find((candidate) => candidate.name === name);
    const columns = domain === undefined ? [] : (findAskTable(domain, table)?.columns ?? []);
    return columns.flatMap((column) => {
      const values = profile.columnFacts(name, table, column.name)?.values;
      return values === undefined ? [] : [values];
    });
  });
}

/** The one value that begins with the words, where none is said by them: "New York" is New York City. */
function spelledOut(said: string, words: readonly string[], columns: readonly (readonly string[])[]): string {
  const alike = new Set(columns.flat().filter((value) => begins(wordsOf(value), words)));
  const isSaid = [...alike].some((value) => wordsOf(value).length === words.length);
  const [only] = alike;
  return alike.size === 1 && !isSaid && only !== undefined ? only : said;
}

/** The longest beginning of a value that stands in the text: people say "New York" for "New York City". */
function replaceWords(text: string, value: string, next: string): string | undefined {
  const words = value.split(/\s+/);
  for (let length = words.length; length > 0; length--) {
    const said = words.slice(0, length).map(escaped).join('\\s+');
    const found = [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${said}(?![\\p{L}\\p{N}])`, 'giu'))];
    if (found.length > 1) return undefined;
    const [only] = found;
    if (only !== undefined)
      return `${text.slice(0, only.index)}${next}${text.slice(only.index + only[0].length)}`;
  }
  return undefined;
}

function wordsOf(text: string): string[] {
  return tokenize(text)
    .filter(({ kind }) => kind !== 'mark')
    .map(({ lower }) => lower);
}

function begins(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.length > 0 && beginning.every((word, index) => words[index] === word);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
