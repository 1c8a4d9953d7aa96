import { type Catalog, findTable } from '../../schema/catalog.js';
import { relationsOf } from '../../schema/names.js';
import type { Metric } from '../../subgraphs/metrics/metric.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import type { AskDomain, AskMetric, AskTable } from './domain.js';
import { identifierLabel, makeVocabulary } from './lexicon/identifier-words.js';
import { operationsOf } from './operations.js';

/** A subgraph as questions see it. */
export function makeDomain(subgraph: OpenSubgraph): AskDomain {
  const { definition, catalog } = subgraph;
  return {
    name: definition.name,
    description: definition.description,
    engine: subgraph.engine,
    production: definition.production,
    tables:
      catalog === undefined
        ? operationsOf(definition.name, subgraph.schema)
        : tablesOf(definition.name, catalog, subgraph.metrics ?? []),
    catalog: catalog ?? { database: definition.name, description: definition.description, tables: [] },
    // A domain that runs elsewhere may say it later.
    get dialect() {
      return subgraph.dialect;
    },
    glossary: definition.glossary ?? {},
    examples: definition.examples ?? [],
  };
}

function tablesOf(domain: string, catalog: Catalog, metrics: readonly Metric[]): AskTable[] {
  const vocabulary = makeVocabulary([
    catalog.description,
    ...catalog.tables.flatMap((table) => [
      table.comment,
      table.name.replace(/[_-]/g, ' '),
      ...table.columns.map((column) => column.comment),
    ]),
  ]);
  return catalog.tables.map(({ name, comment, columns, primaryKey }) => ({
    domain,
    name,
    label: identifierLabel(name, vocabulary),
    comment,
    columns: columns.map((column) => ({ ...column, label: identifierLabel(column.name, vocabulary) })),
    primaryKey,
    relations: relationsOf(catalog, findTable(catalog, name)),
    metrics: metrics.filter((metric) => metric.table === name).map(askMetric),
    operation: undefined,
  }));
}

function askMetric({ name, type, expression, definition }: Metric): AskMetric {
  const { unit, owner, description, filter, synonyms = [] } = definition;
  return {
    name,
    label: identifierLabel(name, makeVocabulary([])),
    synonyms,
    unit,
    owner,
    description,
    formula: filter === undefined ? definition.expression : `${definition.expression}, where ${filter}`,
    expression,
    type,
  };
}
