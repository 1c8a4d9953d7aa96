import type { AskColumn, AskDomain, AskTable } from '../domain.js';
import { identifierWords, makeVocabulary } from '../lexicon/identifier-words.js';
import { stem } from '../text/tokenize.js';

/** The words of a domain's names, as a question would say them. */
export interface SpokenNames {
  table(table: AskTable): readonly string[];
  /** Without those that only repeat the table: the name of customers is `customer_name`, and `name` as well. */
  column(table: AskTable, column: AskColumn): readonly string[];
  /** Of a choice, or of the domain itself. */
  other(name: string): readonly string[];
}

export function spokenNames(domain: AskDomain): SpokenNames {
  const vocabulary = makeVocabulary([
    domain.description,
    ...domain.tables.flatMap((table) => [
      table.comment,
      table.name.replace(/[_-]/g, ' '),
      ...table.columns.map((column) => column.comment),
    ]),
  ]);
  const other = (name: string) => withoutInitials(identifierWords(name, vocabulary));
  return {
    other,
    table: ({ name }) => other(name),
    column(table, column) {
      const words = other(column.name);
      if (column.references !== undefined) return words;
      const repeated = new Set(other(table.name).map(stem));
      const own = words.filter((word) => !repeated.has(stem(word)));
      return own.length === 0 ? words : own;
    },
  };
}

/** A letter before a name says nothing: `pPos` is a position. */
function withoutInitials(words: readonly string[]): readonly string[] {
  const long = words.filter((word) => word.length > 1);
  return long.length === 0 ? words : long;
}
