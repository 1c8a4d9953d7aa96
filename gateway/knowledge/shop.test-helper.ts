import { relationsOf } from '../../schema/names.js';
import { duckdbDialect } from '../../subgraphs/sql/dialects/duckdb.js';
import { shopCatalog } from '../../test/fixtures/shop.js';
import type { AskDomain, Profile } from './domain.js';
import { identifierLabel, makeVocabulary } from './lexicon/identifier-words.js';

/** The tests' shop as questions see it. */
export function shopDomain(more: Partial<AskDomain> = {}): AskDomain {
  const vocabulary = makeVocabulary(shopCatalog.tables.map((table) => table.comment));
  return {
    name: 'shop',
    description: 'A little shop.',
    engine: 'duckdb',
    production: 'none',
    catalog: shopCatalog,
    dialect: duckdbDialect,
    glossary: {},
    examples: [],
    tables: shopCatalog.tables.map((table) => ({
      domain: 'shop',
      name: table.name,
      label: identifierLabel(table.name, vocabulary),
      comment: table.comment,
      columns: table.columns.map((column) => ({
        ...column,
        label: identifierLabel(column.name, vocabulary),
      })),
      primaryKey: table.primaryKey,
      relations: relationsOf(shopCatalog, table),
      metrics: [],
      operation: undefined,
    })),
    ...more,
  };
}

/** A profile that knows the values of some columns, by `table.column`. */
export function profileOf(values: Readonly<Record<string, readonly string[]>>): Profile {
  return {
    tableFacts: () => undefined,
    columnFacts: (_domain, table, column) => {
      const known = values[`${table}.${column}`];
      return known === undefined ? undefined : { values: known };
    },
  };
}
