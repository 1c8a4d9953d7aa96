import type { AskColumn, AskDomain, AskTable } from '../../../knowledge/domain.js';
import { identifierWords, makeVocabulary, writtenOut } from '../../../knowledge/lexicon/identifier-words.js';
import { stem } from '../../../knowledge/text/tokenize.js';

/** What a table or column can be called by. */
export interface Name {
  /** Stems that say it, each with its weight: "code" in `status_code` says little. */
  readonly core: ReadonlyMap<string, number>;
  /** Stems that may stand beside: the table's own name before its column's. */
  readonly beside: ReadonlySet<string>;
  /** Whether it leads to rows of another table: those have names, it has none. */
  readonly refers: boolean;
}

/** Units of what a column holds: `loss_millions_usd` is the loss. And `yn`, of what is yes or no. */
export const UNITS: readonly string[] = (
  'million millions billion billions thousand thousands usd eur gbp dollars f c fahrenheit celsius inches miles mph kmh km ' +
  'cm mm kg lb lbs pct percent yn'
).split(' ');

/** Words that many names end in and that people leave out. */
const LIGHT: ReadonlyMap<string, number> = new Map(
  (
    [
      ['code', 0.15],
      ['id', 0.5],
      ['details', 0.25],
      ['detail', 0.25],
      ['description', 0.4],
      ['text', 0.25],
      ['value', 0.35],
      ['number', 0.35],
      ['count', 0.35],
      ['name', 0.45],
      ['ref', 0.05],
      ['reference', 0.05],
      ['tbl', 0.05],
      ['date', 0.9],
      ['type', 0.6],
      ['in', 0.05],
      ['of', 0.05],
      ['the', 0.05],
      ['a', 0.05],
      ['to', 0.3],
      ['from', 0.3],
      ['is', 0.05],
      ['all', 0.05],
      ['and', 0.05],
      ['or', 0.05],
      ['by', 0.1],
      ['with', 0.05],
      ['at', 0.05],
      ['for', 0.05],
      ['other', 0.2],
      ...UNITS.map((word) => [word, 0.15] as const),
    ] as const
  ).map(([word, weight]) => [stem(word), weight]),
);

export interface DomainNames {
  table(table: AskTable): Name;
  column(table: AskTable, column: AskColumn): Name;
}

/** The names of a domain's tables and columns, with prefixes that only repeat the table told apart. */
export function makeNames(domain: AskDomain): DomainNames {
  const vocabulary = makeVocabulary([
    ...domain.tables.map((table) => table.name.replace(/[_-]/g, ' ')),
    ...domain.tables.map((table) => table.comment),
  ]);
  const words = (name: string) => identifierWords(name, vocabulary).flatMap(withoutInitial);
  const tableWords = new Map(domain.tables.map((table) => [table.name, words(table.name)]));
  const prefixes = new Map(domain.tables.map((table) => [table.name, prefixesOf(table, words)]));
  return {
    table: (table) => ({ core: weighTable(table, tableWords), beside: new Set(), refers: false }),
    column: (table, column) => {
      const own = tableWords.get(table.name)!;
      const all = words(column.name).flatMap((word) => withoutBeginning(word, own));
      const isOwn = (word: string, index: number) =>
        (column.references === undefined && own.includes(word)) ||
        (column.references === undefined && own.some((other) => stem(other) === stem(word))) ||
        (index === 0 &&
          column.references === undefined &&
          all.length > 1 &&
          (prefixes.get(table.name)!.has(word) ||
            (word.length === 1 && own.some((other) => other.startsWith(word))) ||
            own.some((other) => abbreviates(word, other))));
      const core = all.filter((word, index) => !isOwn(word, index));
      return {
        core: weigh(core.length === 0 ? all : core),
        beside: new Set(own.map(stem)),
        refers: column.references !== undefined,
      };
    },
  };
}

/** Words that end like a key and are none. */
const NOT_IDS = new Set([
  'valid',
  'invalid',
  'solid',
  'liquid',
  'rapid',
  'hybrid',
  'orchid',
  'fluid',
  'covid',
  'humid',
  'prepaid',
  'unpaid',
]);

/** `bname` and `cname` are names: a letter for the table runs together with the commonest of all words; `paperid` is an id. */
function withoutInitial(word: string): string[] {
  const match = /^([a-z])(name|id|title|date|type)$/.exec(word) ?? /^([a-z]{3,5})(id)$/.exec(word);
  return match === null || NOT_IDS.has(word) ? [word] : [match[1]!, match[2]!];
}

/** `invno` of invoices is their number: a few letters of the table run together with the commonest of words. */
function withoutBeginning(word: string, own: readonly string[]): string[] {
  const match = /^([a-z]{2,4})(no|num|nr|id|name|date|type|code)$/.exec(word);
  const table = match === null ? undefined : own.find((other) => other.startsWith(match[1]!));
  if (match === null || table === undefined || NOT_IDS.has(word)) return [word];
  return [table, writtenOut(match[2] === 'no' ? 'num' : match[2]!)];
}

/** Short first words that half of a table's columns share. */
function prefixesOf(table: AskTable, words: (name: string) => string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const column of table.columns) {
    const [first, second] = words(column.name);
    if (first !== undefined && second !== undefined && first.length <= 4)
      counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const half = Math.max(2, table.columns.length / 2);
  return new Set([...counts].filter(([, count]) => count >= half).map(([word]) => word));
}

/** Whether a short word is cut from a longer one: `stu` and `std` from "student". */
function abbreviates(short: string, long: string): boolean {
  if (short.length < 3 || short.length >= long.length || short[0] !== long[0]) return false;
  if (long.startsWith(short)) return true;
  if (/[aeiou]/.test(short.slice(1))) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** `customer_orders` are orders: what a table leads to says little of what it is. */
function weighTable(
  table: AskTable,
  tableWords: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const weights = weigh(tableWords.get(table.name)!);
  const parents = table.columns.flatMap(({ references }) =>
    references === undefined || references.table === table.name
      ? []
      : (tableWords.get(references.table) ?? []),
  );
  // The last word is what the rows are.
  const lent = [...weights.keys()]
    .slice(0, -1)
    .filter((word) => parents.some((parent) => stem(parent) === word));
  for (const word of lent) weights.set(word, Math.min(LENT, weights.get(word)!));
  return weights;
}

const LENT = 0.25;

function weigh(words: readonly string[]): Map<string, number> {
  return new Map(words.map((word) => [stem(word), LIGHT.get(stem(word)) ?? 1]));
}
