import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import type { Catalog } from '../schema/catalog.js';
import { typeName } from '../schema/names.js';
import { printSubgraphSdl } from '../schema/print-sdl.js';
import { announcedCatalog } from '../schema/removed.js';
import { visibleMetrics } from '../subgraphs/metrics/visible-metrics.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { DomainAccess } from '../subgraphs/policy/permissions.js';
import type { CallerAccess } from './caller-access.js';

/** Types of a table that give figures which single rows cannot be read from. */
const FIGURE_TYPES = ['Sum', 'SumHaving', 'SumOrderBy', 'Avg', 'AvgHaving', 'AvgOrderBy'];
const FIGURES = ['sum', 'avg'];
const FIGURE_PLACES = ['Aggregate', 'Having', 'AggregateOrderBy'];

/**
 * The schema as a caller sees it: of the whole, what some subgraph has in the part of it that the caller may see.
 * Names that are left out are in no message of validation either.
 */
export function visibleSchema(
  whole: GraphQLSchema,
  subgraphs: readonly OpenSubgraph[],
  /** The SDL of subgraphs that everybody sees. */
  common: readonly string[],
  access: CallerAccess,
): GraphQLSchema {
  const seen = new Set<string>();
  for (const sdl of common) addCoordinates(parse(sdl), seen);
  for (const subgraph of subgraphs) {
    const own = access.domains.get(subgraph.name);
    if (own?.domain !== 'visible') continue;
    for (const coordinate of domainCoordinates(subgraph, own)) seen.add(coordinate);
  }
  return cut(parse(printSchema(whole)), seen);
}

function domainCoordinates(subgraph: OpenSubgraph, access: DomainAccess): Set<string> {
  const { name, catalog, permissions, sdl, metrics = [] } = subgraph;
  const found = new Set<string>();
  if (catalog === undefined || permissions.kind === 'open') return addCoordinates(parse(sdl), found);
  const print = (part: Catalog) =>
    parse(
      printSubgraphSdl(
        { name, description: catalog.description, metrics: visibleMetrics(metrics, access.catalog) },
        part,
      ),
    );
  addCoordinates(print(rowByRow(access)), found);
  for (const [table, { aggregateOnly }] of access.tables) {
    if (aggregateOnly === undefined) continue;
    const type = typeName(name, table);
    const figures = new Set([
      ...FIGURE_TYPES.map((suffix) => `${type}${suffix}`),
      ...FIGURE_PLACES.flatMap((place) => FIGURES.map((figure) => `${type}${place}.${figure}`)),
    ]);
    for (const coordinate of addCoordinates(print(access.catalog), new Set())) {
      if (figures.has(coordinate) || figures.has(coordinate.split('.')[0] ?? '')) found.add(coordinate);
    }
  }
  return found;
}

/** Without the columns that are seen in aggregates only. */
function rowByRow({ catalog, tables }: DomainAccess): Catalog {
  const announced = announcedCatalog(catalog);
  return {
    ...announced,
    tables: announced.tables.map((table) => {
      const hidden = tables.get(table.name)?.aggregateOnly?.columns;
      return hidden === undefined
        ? table
        : { ...table, columns: table.columns.filter(({ name }) => !hidden.has(name)) };
    }),
  };
}

/** `Type`, `Type.field`, `Type.field(argument)`, `Enum.VALUE`. */
function addCoordinates(document: DocumentNode, found: Set<string>): Set<string> {
  for (const node of document.definitions) {
    if (!('name' in node) || node.name === undefined) continue;
    const type = node.name.value;
    if (node.kind === Kind.DIRECTIVE_DEFINITION) continue;
    found.add(type);
    const members = [
      ...('fields' in node ? (node.fields ?? []) : []),
      ...('values' in node ? (node.values ?? []) : []),
    ];
    for (const member of members) {
      found.add(`${type}.${member.name.value}`);
      const args = 'arguments' in member ? (member.arguments ?? []) : [];
      for (const argument of args) found.add(`${type}.${member.name.value}(${argument.name.value})`);
    }
  }
  return found;
}

/** Takes out what is not in `seen`, then what would be left empty or without its type, until nothing is. */
function cut(document: DocumentNode, seen: ReadonlySet<string>): GraphQLSchema {
  let current = document;
  let isKept = (coordinate: string, _types: readonly TypeNode[]) => seen.has(coordinate);
  for (;;) {
    const before = current;
    current = withoutHidden(current, isKept);
    const types = new Set(
      current.definitions.flatMap((node) => (isTypeDefinitionNode(node) ? [node.name.value] : [])),
    );
    const known = (type: TypeNode): boolean =>
      type.kind === Kind.NAMED_TYPE
        ? types.has(type.name.value) || BUILT_IN.has(type.name.value)
        : known(type.type);
    isKept = (_, wanted) => wanted.every(known);
    if (current.definitions.length === before.definitions.length && isStable(current, known)) break;
  }
  return buildASTSchema(current, { assumeValidSDL: true });
}

const BUILT_IN: ReadonlySet<string> = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

function isStable(document: DocumentNode, known: (type: TypeNode) => boolean): boolean {
  let stable = true;
  visit(document, {
    NamedType: (node) => {
      if (!known(node)) stable = false;
    },
  });
  return stable;
}

function withoutHidden(
  document: DocumentNode,
  isKept: (coordinate: string, types: readonly TypeNode[]) => boolean,
): DocumentNode {
  const definitions = document.definitions.flatMap((node): readonly DefinitionNode[] => {
    if (!isTypeDefinitionNode(node)) return [node];
    const type = node.name.value;
    if (!isKept(type, [])) return [];
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const fields = (node.fields ?? [])
          .filter((field) => isKept(`${type}.${field.name.value}`, [field.type]))
          .map((field) => ({
            ...field,
            arguments: (field.arguments ?? []).filter((argument) =>
              isKept(`${type}.${field.name.value}(${argument.name.value})`, [argument.type]),
            ),
          }));
        const interfaces = (node.interfaces ?? []).filter((one) => isKept(one.name.value, [one]));
        return fields.length === 0 ? [] : [{ ...node, fields, interfaces }];
      }
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        const fields = (node.fields ?? []).filter((field) =>
          isKept(`${type}.${field.name.value}`, [field.type]),
        );
        return fields.length === 0 ? [] : [{ ...node, fields }];
      }
      case Kind.ENUM_TYPE_DEFINITION: {
        const values = (node.values ?? []).filter((value) => isKept(`${type}.${value.name.value}`, []));
        return values.length === 0 ? [] : [{ ...node, values }];
      }
      case Kind.UNION_TYPE_DEFINITION: {
        const types = (node.types ?? []).filter((member) => isKept(member.name.value, [member]));
        return types.length === 0 ? [] : [{ ...node, types }];
      }
      default:
        return [node];
    }
  });
  return { ...document, definitions };
}
