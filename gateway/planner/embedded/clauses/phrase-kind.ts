import type { Phrase } from './request.js';

/** Whether a phrase is likelier a table than a column or value: by how well it names each, plurals being tables. */
export function looksLikeTable(phrase: Phrase): boolean {
  const table = Math.max(0, ...phrase.tables.map(({ quality }) => quality));
  const column = Math.max(0, ...phrase.columns.map(({ quality }) => quality));
  return table > 0 && table + (phrase.plural ? 0.1 : 0.01) >= column;
}

/** Whether a phrase is a value: of the column that waits for one, or because it is nothing else or written as a name. */
export function looksLikeValue(phrase: Phrase, column: Phrase | undefined): boolean {
  if (phrase.values.length === 0) return false;
  const waits = column?.columns.some((candidate) =>
    phrase.values.some((value) => value.column === candidate.column),
  );
  if (waits === true) return true;
  const named = Math.max(0, ...[...phrase.tables, ...phrase.columns].map(({ quality }) => quality));
  if (named === 0) return true;
  return phrase.proper && phrase.start > 0 && named < 0.95;
}

/** "Name" alone is the name of what is asked about, whatever its column is called. */
export function isBareName(phrase: Phrase): boolean {
  return /^(full )?(names?|titles?)$/i.test(phrase.text);
}
