import type { AskDomain, AskTable } from '../domain.js';
import type { Knowledge } from '../knowledge.js';
import { lexiconOf } from '../lexicon/lexicon.js';

/** A domain of more tables is read as the part of it that a question may be about: reading tries each of them. */
export const READ_WHOLE = 300;

/** A domain as though it had some tables only, and nothing that leads out of them. */
export function cutDomain(domain: AskDomain, tables: readonly AskTable[]): AskDomain {
  const kept = new Set(tables.map(({ name }) => name));
  return {
    ...domain,
    tables: tables.map((table) => ({
      ...table,
      relations: table.relations.filter(({ toTable }) => kept.has(toTable)),
      columns: table.columns.map((column) =>
        column.references === undefined || kept.has(column.references.table)
          ? column
          : { ...column, references: undefined },
      ),
    })),
  };
}

/** What is known, with the words of the domains that were cut made of what is left of them. */
export function knowledgeOfParts(knowledge: Knowledge, parts: readonly AskDomain[]): Knowledge {
  if (parts.length === 0) return knowledge;
  const names = new Set(parts.map(({ name }) => name));
  const own = lexiconOf(parts, knowledge.profile);
  const lexiconFor = (domain: string) => (names.has(domain) ? own : knowledge.lexicon);
  return {
    ...knowledge,
    lexicon: {
      lookUp: (domain, stem) => lexiconFor(domain).lookUp(domain, stem),
      phrasesFrom: (domain, word) => lexiconFor(domain).phrasesFrom(domain, word),
      describes: (domain, stem) => lexiconFor(domain).describes(domain, stem),
    },
  };
}
