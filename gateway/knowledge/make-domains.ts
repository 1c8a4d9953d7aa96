import type { Catalog } from '../../schema/catalog.js';
import { relationsOf } from '../../schema/names.js';
import type { Metric } from '../../subgraphs/metrics/metric.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import type { AskDomain, AskMetric, AskTable, DomainRestriction } from './domain.js';
import { identifierLabel, makeVocabulary } from './lexicon/identifier-words.js';
import { operationsOf } from './operations.js';

type Described = Pick<
  OpenSubgraph,
  'name' | 'definition' | 'catalog' | 'schema' | 'engine' | 'metrics' | 'dialect'
>;

/** A subgraph as questions see it. Its tables are made when they are first asked for. */
export function makeDomain(subgraph: Described, restriction?: DomainRestriction): AskDomain {
  const { name, definition, catalog } = subgraph;
  const { description, production, glossary = {}, examples = [] } = definition;
  let tables: readonly AskTable[] | undefined;
  return {
    name,
    description,
    engine: subgraph.engine,
    production,
    get tables() {
      tables ??=
        catalog === undefined
          ? operationsOf(name, subgraph.schema)
          : tablesOf(name, catalog, subgraph.metrics ?? []);
      return tables;
    },
    catalog: catalog ?? { database: name, description, tables: [] },
    // A domain that runs elsewhere may say it later.
    get dialect() {
      return subgraph.dialect;
    },
    glossary,
    examples,
    ...(restriction === undefined ? {} : { restriction }),
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
  // Columns of many tables are often called alike.
  const labels = new Map<string, string>();
  const labelOf = (name: string): string => {
    const label = labels.get(name) ?? identifierLabel(name, vocabulary);
    labels.set(name, label);
    return label;
  };
  return catalog.tables.map((table) => ({
    domain,
    name: table.name,
    label: labelOf(table.name),
    comment: table.comment,
    columns: table.columns.map((column) => ({ ...column, label: labelOf(column.name) })),
    primaryKey: table.primaryKey,
    relations: relationsOf(catalog, table),
    metrics: metrics.filter((metric) => metric.table === table.name).map(askMetric),
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
