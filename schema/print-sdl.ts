import type { Catalog } from './catalog.js';
import { type DomainModel, makeDomainModel, type TableModel } from './domain-model.js';
import { AskgraphError } from './errors.js';
import { COLUMN_TYPES, type ColumnType } from './hive-type.js';
import { aggregateArguments, aggregateColumnTypes, printAggregateTypes } from './print-aggregates.js';
import { printSharedTypes } from './print-filters.js';
import { listArguments, MAXIMUM_LIMIT, printRowTypes } from './print-rows.js';
import { block, GRAPHQL_TYPE, type Line, line } from './sdl-text.js';

/**
 * A domain's typed schema as a federation subgraph, documented from the catalog's comments. The same catalog gives
 * the same text.
 * @throws CATALOG_INVALID where two names of the catalog become one in GraphQL.
 */
export function printSubgraphSdl(domain: { name: string; description: string }, catalog: Catalog): string {
  const model = makeDomainModel(domain, catalog);
  const definitions = [
    ...printQuery(model),
    ...model.tables.flatMap((table) => [
      ...printRowTypes(model, table),
      ...printAggregateTypes(model, table),
    ]),
    ...printSharedTypes(usedTypes(model)),
  ];
  refuseTwins(domain.name, definitions);
  return `${[printLink(definitions), ...definitions].join('\n\n')}\n`;
}

function printLink(definitions: readonly string[]): string {
  const directives = ['@key', '@shareable'].filter((name) =>
    definitions.some((text) => text.includes(` ${name}`)),
  );
  const imports = directives.map((name) => `"${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [${imports}])`;
}

function printQuery(model: DomainModel): string[] {
  const fields = model.tables.flatMap(tableFields);
  return [
    ...block('type Query', '', [line(`${model.namespaceField}: ${model.namespaceType}`, model.description)]),
    ...block(`type ${model.namespaceType}`, model.description, fields),
  ];
}

function tableFields(model: TableModel): Line[] {
  const { table, typeName } = model;
  const keys = model.keys
    .map((field) => `${field.name}: ${GRAPHQL_TYPE[field.column.columnType]}!`)
    .join(', ');
  return [
    line(
      `${model.listField}(${listArguments(model)}): [${typeName}!]`,
      `${table.comment} At most ${MAXIMUM_LIMIT} rows at a time.`.trim(),
    ),
    ...(model.byKeyField === undefined
      ? []
      : [line(`${model.byKeyField}(${keys}): ${typeName}`, `One row of ${table.name}, by its key.`)]),
    line(
      `${model.aggregateField}(${aggregateArguments(model)}): [${typeName}Aggregate!]`,
      `Figures over the rows of ${table.name}, by group or over all.`,
    ),
  ];
}

/** The column types that the schema speaks of, in their own order, so that the text does not depend on the tables'. */
function usedTypes(model: DomainModel): ReadonlySet<ColumnType> {
  const used = new Set<ColumnType>(['BIGINT']);
  for (const table of model.tables) {
    for (const { column } of table.fields) used.add(column.columnType);
    for (const type of aggregateColumnTypes(table)) used.add(type);
  }
  // The parts of a date are filtered as whole numbers.
  if (used.has('DATE') || used.has('DATETIME')) used.add('INTEGER');
  return new Set(COLUMN_TYPES.filter((type) => used.has(type)));
}

/** A table `query` or `claims_where` would give a type that is there already. */
function refuseTwins(domain: string, definitions: readonly string[]): void {
  const names = definitions.map((text) => /^(?:type|input|enum|scalar) (\w+)/m.exec(text)?.[1]);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined) {
    throw new AskgraphError('CATALOG_INVALID', `Two tables of ${domain} lead to a type "${twin}".`, {
      details: { type: twin },
    });
  }
}
