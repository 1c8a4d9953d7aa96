import type { AskColumn, AskTable, Profile } from '../../../knowledge/domain.js';
import { identifierWords, makeVocabulary } from '../../../knowledge/lexicon/identifier-words.js';
import { stem } from '../../../knowledge/text/tokenize.js';

/** What a planner can tell of a table from its names, comments and profile alone. */

const VOCABULARY = makeVocabulary([]);

export function nameStems(name: string, more: readonly string[] = []): string[] {
  return identifierWords(name, more.length === 0 ? VOCABULARY : new Set([...VOCABULARY, ...more])).map(stem);
}

export function isNumeric(column: AskColumn): boolean {
  return ['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT'].includes(column.columnType) && !isKey(column);
}

export function isTime(column: AskColumn): boolean {
  return column.columnType === 'DATE' || column.columnType === 'DATETIME';
}

const YEAR = /(^|[_ ])year$|year_?(built|opened|founded|started)$|^(founded|opened|established|built)$/i;

/** Whether a column's numbers are years, by its name. */
export function isYear(column: AskColumn): boolean {
  return YEAR.test(column.name) && isNumeric(column);
}

/** Whether a column identifies rather than measures: adding identifiers up means nothing. */
export function isKey(column: AskColumn): boolean {
  return (
    column.references !== undefined ||
    /(^|_)(id|key|uuid)$|[a-z]Id$/.test(column.name) ||
    /^identifier\b/i.test(column.comment)
  );
}

/**
 * The columns by which people tell the table's rows apart: its names or titles; where it has no key, its first text.
 * Empty where the rows have nothing but numbers and keys.
 */
export function labelColumns(table: AskTable): AskColumn[] {
  const texts = table.columns.filter(
    (column) => column.columnType === 'STRING' && column.references === undefined,
  );
  const says = (column: AskColumn, words: readonly string[]) => {
    const said = new Set([...nameStems(column.name), ...firstWords(column.comment)]);
    return words.some((word) => said.has(stem(word)));
  };
  const first = texts.find(
    (column) => says(column, ['first', 'given', 'forename']) && says(column, ['name', 'forename']),
  );
  const last = texts.find(
    (column) => says(column, ['last', 'family', 'surname']) && says(column, ['name', 'surname']),
  );
  if (first !== undefined && last !== undefined) return [first, last];
  const named =
    texts.find(
      (column) =>
        nameStems(column.name, [table.name]).join(' ') === [...nameStems(table.name), stem('name')].join(' '),
    ) ??
    texts.find((column) =>
      ['name', 'title', 'label'].some((word) => nameStems(column.name).includes(stem(word))),
    ) ??
    texts.find((column) => /^(full |short |display )?(name|title)\b/i.test(column.comment)) ??
    (table.primaryKey.length > 0
      ? undefined
      : texts.find(
          (column) => !/desc|comment|note|email|phone|code|url/i.test(column.name) && !isKey(column),
        ));
  return named === undefined ? [] : [named];
}

/** The time at which a row's event happened; best first. Birth dates and the ends of validity are not such times. */
export function timeColumns(table: AskTable): AskColumn[] {
  return table.columns
    .filter((column) => isTime(column) && !isBirth(column) && !isEnd(column))
    .map((column, index) => ({
      column,
      rank:
        index +
        (nameStems(column.name, [table.name]).includes(stem(table.name)) ? -2 : 0) +
        (column.columnType === 'DATETIME' ? -0.5 : 0),
    }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ column }) => column);
}

export function isBirth(column: AskColumn): boolean {
  return (
    isTime(column) &&
    /\b(birth|born|birthday|dob)\b/i.test(`${column.name.replace(/_/g, ' ')} ${column.comment}`)
  );
}

/** Whether a date is by its name the end of something, not the time at which it happened. */
function isEnd(column: AskColumn): boolean {
  return /^(to|end|until|thru|valid_?(to|until|thru)|expir)/i.test(column.name);
}

/**
 * The two dates between which each row of a table holds, where the table keeps history: the end of what still holds is
 * set far in the future, whatever the columns are called.
 */
export function validityColumns(
  scope: ProfiledDomain,
  table: AskTable,
): { from: AskColumn; to: AskColumn } | undefined {
  const dates = table.columns.filter(isTime);
  const end = dates.findIndex(
    (column) =>
      (scope.profile.columnFacts(scope.domain.name, table.name, column.name)?.range?.to ?? '') >= '2900',
  );
  const [from, to] = [dates[end - 1], dates[end]];
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}

interface ProfiledDomain {
  readonly domain: { readonly name: string };
  readonly profile: Profile;
}

/** A sum of it is meaningful: amounts and counts add up, prices, rates and salaries do not. */
export function addsUp(column: AskColumn): boolean {
  const words = nameStems(column.name);
  const ratio = [
    'price',
    'rate',
    'rating',
    'average',
    'percent',
    'ratio',
    'score',
    'age',
    'salary',
    'temperature',
    'open',
    'close',
    'high',
    'low',
    'year',
  ];
  return (
    isNumeric(column) &&
    !ratio
      .map(stem)
      .some((word) => words.includes(word) && !words.includes(stem('paid')) && !words.includes(stem('total')))
  );
}

/** The price of a series of prices: the closing one where there are several. */
export function priceColumn(table: AskTable): AskColumn | undefined {
  const numbers = table.columns.filter(isNumeric);
  const says = (pattern: RegExp) =>
    numbers.find(
      (column) =>
        pattern.test(column.name.replace(/_/g, ' ')) || pattern.test(column.comment.split(/[.;:]/)[0] ?? ''),
    );
  return says(/\b(adj\w* )?clos(e|ing)\b/i) ?? says(/\b(price|rate|value|index|level|balance)\b/i);
}

function firstWords(comment: string): string[] {
  return (comment.split(/[.;:(]/)[0] ?? '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .slice(0, 3)
    .map(stem);
}
