import type { Catalog } from './catalog.js';
import { aggregateCost, connectionSize, listSize } from './cost.js';
import {
  type DomainDescription,
  type DomainModel,
  isSameDomain,
  makeAnnouncedModel,
  type TableModel,
} from './domain-model.js';
import { AskgraphError } from './errors.js';
import { findTwin } from './find-twin.js';
import { COLUMN_TYPES, type ColumnType } from './hive-type.js';
import { aggregateArguments, aggregateColumnTypes, printAggregateTypes } from './print-aggregates.js';
import { connectionArguments, printConnectionTypes, printPageInfo } from './print-connections.js';
import { printSharedTypes } from './print-filters.js';
import { atMost, defaultGroups, defaultLimit, listArguments, printRowTypes } from './print-rows.js';
import { deprecation } from './removed.js';
import {
  block,
  type Definition,
  GRAPHQL_TYPE,
  type Line,
  line,
  ofSome,
  printDefinition,
} from './sdl-text.js';

/** A domain's typed schema, type by type, so that a large one needs never be parsed or composed as a whole. */
export interface DomainSdl {
  readonly namespaceField: string;
  readonly namespaceType: string;
  /** What federation's directives are called. */
  readonly link: string;
  readonly query: string;
  /** The types that are made of the domain's tables, the namespace's first, by their names. */
  readonly own: ReadonlyMap<string, Definition>;
  /** The scalars, filters and the like that every domain has in the same form. */
  readonly shared: readonly string[];
  /** The names of the row types that have keys. */
  readonly entities: readonly string[];
}

/**
 * Prints a domain's typed schema, documented from the catalog's comments. The same catalog gives the same text.
 * @throws CATALOG_INVALID where two names of the catalog become one in GraphQL.
 */
export function printDomainSdl(domain: DomainDescription, catalog: Catalog): DomainSdl {
  const before = printed.get(catalog);
  if (before !== undefined && isSameDomain(before.domain, domain)) return before.sdl;
  const sdl = print(domain, catalog);
  printed.set(catalog, { domain, sdl });
  return sdl;
}

/** A large catalog takes a second to print, and whoever opens a domain wants it more than once. */
const printed = new WeakMap<Catalog, { readonly domain: DomainDescription; readonly sdl: DomainSdl }>();

function print(domain: DomainDescription, catalog: Catalog): DomainSdl {
  const model = makeAnnouncedModel(domain, catalog);
  const query = printQuery(model);
  const namespace = printNamespace(model);
  const own = [
    ...namespace,
    ...model.tables.flatMap((table) => [
      ...printRowTypes(model, table),
      ...printConnectionTypes(table),
      ...printAggregateTypes(model, table),
    ]),
  ];
  const common = [...printPageInfo(model), ...printSharedTypes(usedTypes(model))];
  refuseTwins(
    domain.name,
    [query, ...own, ...common].map(({ name }) => name),
  );
  const shared = common.map(printDefinition);
  const entities = model.tables.filter(({ keys }) => keys.length > 0).map(({ typeName }) => typeName);
  return {
    namespaceField: model.namespaceField,
    namespaceType: model.namespaceType,
    link: printLink(entities, [...namespace.map(printDefinition), ...shared]),
    query: printDefinition(query),
    own: new Map(own.map((definition) => [definition.name, definition])),
    shared,
    entities,
  };
}

/** The whole of it as a federation subgraph. */
export function joinDomainSdl({ link, query, own, shared }: DomainSdl): string {
  const types = [...own.values()].map(printDefinition);
  return `${[link, query, ...types, ...shared].join('\n\n')}\n`;
}

/** A domain's typed schema as a federation subgraph: see `printDomainSdl`. */
export function printSubgraphSdl(domain: DomainDescription, catalog: Catalog): string {
  return joinDomainSdl(printDomainSdl(domain, catalog));
}

/** Of the domain's own types, all but the keys stand on the namespace too. */
function printLink(entities: readonly string[], definitions: readonly string[]): string {
  const stands = (name: string) => definitions.some((text) => text.includes(` ${name}`));
  const directives = [
    ...(entities.length === 0 ? [] : ['@key']),
    ...['@shareable', '@cost', '@listSize'].filter(stands),
  ];
  const imports = directives.map((name) => `"${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;
}

function printQuery(model: DomainModel): Definition {
  return block('type', 'Query', '', () => [
    line(`${model.namespaceField}: ${model.namespaceType}`, model.description),
  ]);
}

function printNamespace(model: DomainModel): readonly Definition[] {
  return ofSome(model.tables, (tables) => [
    block('type', model.namespaceType, model.description, () =>
      tables.flatMap((table) => tableFields(model, table)),
    ),
  ]);
}

function tableFields(domain: DomainModel, model: TableModel): Line[] {
  const end = deprecation(model.table.removed);
  const { table, typeName } = model;
  const keys = model.keys
    .map((field) => `${field.name}: ${GRAPHQL_TYPE[field.column.columnType]}!`)
    .join(', ');
  return [
    line(
      `${model.listField}(${listArguments(domain, model)}): [${typeName}!] ${listSize(defaultLimit(domain))}${end}`,
      `${table.comment} ${atMost(domain, 'rows')}`.trim(),
    ),
    ...(model.byKeyField === undefined
      ? []
      : [line(`${model.byKeyField}(${keys}): ${typeName}${end}`, `One row of ${table.name}, by its key.`)]),
    ...(model.connectionField === undefined
      ? []
      : [
          line(
            `${model.connectionField}(${connectionArguments(model)}): ${typeName}Connection ${connectionSize(defaultLimit(domain))}${end}`,
            `${table.comment} In pages, whose cursors stay right while rows come and go. ${atMost(domain, 'rows')}`.trim(),
          ),
        ]),
    line(
      `${model.aggregateField}(${aggregateArguments(domain, model)}): [${typeName}Aggregate!] ${aggregateCost()} ${listSize(defaultGroups(domain))}${end}`,
      `Figures over the rows of ${table.name}, by group or over all. ${atMost(domain, 'groups')}`,
    ),
  ];
}

/** The column types that the schema speaks of, in their own order, so that the text does not depend on the tables'. */
function usedTypes(model: DomainModel): ReadonlySet<ColumnType> {
  const used = new Set<ColumnType>(['BIGINT']);
  for (const table of model.tables) {
    for (const { column } of table.fields) used.add(column.columnType);
    for (const type of aggregateColumnTypes(table)) used.add(type);
    for (const { type } of table.metrics) used.add(type);
  }
  // The parts of a date are filtered as whole numbers.
  if (used.has('DATE') || used.has('DATETIME')) used.add('INTEGER');
  return new Set(COLUMN_TYPES.filter((type) => used.has(type)));
}

/** A table `query` or `claims_where` would give a type that is there already. */
function refuseTwins(domain: string, names: readonly string[]): void {
  const twin = findTwin(names);
  if (twin !== undefined) {
    throw new AskgraphError('CATALOG_INVALID', `Two tables of ${domain} lead to a type "${twin}".`, {
      details: { type: twin },
    });
  }
}
