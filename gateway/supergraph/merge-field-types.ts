import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type NamedTypeNode,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
  visit,
} from 'graphql';
import {
  type FieldedType,
  graphNames,
  isFielded,
  joinsOf,
  makeJoin,
  nameOfType,
  typesOf,
} from './planning/joins.js';
import { readTypeConditions } from './type-conditions.js';

interface ParsedSubgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/**
 * Mends a composed supergraph where a field is of different types in different subgraphs, one of which takes in the
 * others (a union and one of its members): the field is of the wider type, as each subgraph's value is one of it. The
 * composer (0.27.0) takes the first, and does not say who has a narrower one. A supergraph without such fields stays
 * as it is.
 */
export function mergeFieldTypes(sdl: string, subgraphs: readonly ParsedSubgraph[]): string {
  const given = readFieldTypes(subgraphs);
  if (given.size === 0) return sdl;
  const supergraph = parse(sdl, { noLocation: true });
  const graphs = graphNames(typesOf(supergraph));
  const { satisfying } = readTypeConditions(supergraph);
  let isMended = false;
  const mendField = (type: FieldedType, field: FieldDefinitionNode): FieldDefinitionNode => {
    const types = given.get(`${type.name.value}.${field.name.value}`);
    const names = [...new Set([...(types?.values() ?? [])].map(nameOfType))];
    const widest = names.find((name) => names.every((other) => satisfying([name]).has(other)));
    if (types === undefined || widest === undefined) return field;
    isMended = true;
    const merged = withName(field.type, widest);
    const directives = withOwnTypes(type, field, types, graphs, print(merged));
    return { ...field, type: merged, directives };
  };
  const mend = <Type extends FieldedType>(type: Type): Type => ({
    ...type,
    fields: (type.fields ?? []).map((field) => mendField(type, field)),
  });
  const mended = visit(supergraph, {
    [Kind.OBJECT_TYPE_DEFINITION]: { enter: mend },
    [Kind.INTERFACE_TYPE_DEFINITION]: { enter: mend },
  });
  return isMended ? print(mended) : sdl;
}

/** `Type.field` → what type it is of, by subgraph; only of fields whose subgraphs name different types. */
function readFieldTypes(subgraphs: readonly ParsedSubgraph[]): Map<string, ReadonlyMap<string, TypeNode>> {
  const found = new Map<string, Map<string, TypeNode>>();
  for (const { name, typeDefs } of subgraphs) {
    for (const type of typeDefs.definitions) {
      if (!hasFields(type)) continue;
      for (const field of type.fields ?? []) {
        const place = `${type.name.value}.${field.name.value}`;
        const types = found.get(place) ?? new Map<string, TypeNode>();
        found.set(place, types.set(name, field.type));
      }
    }
  }
  return new Map([...found].filter(([, types]) => new Set([...types.values()].map(nameOfType)).size > 1));
}

/** A subgraph whose field is not just of the merged type says of which. */
function withOwnTypes(
  type: FieldedType,
  field: FieldDefinitionNode,
  types: ReadonlyMap<string, TypeNode>,
  graphs: ReadonlyMap<string, string>,
  merged: string,
): ConstDirectiveNode[] {
  const joins = (field.directives ?? []).filter(({ name }) => name.value === 'join__field');
  const others = (field.directives ?? []).filter(({ name }) => name.value !== 'join__field');
  const implied = joinsOf(type, 'join__type').map(({ graph }) =>
    makeJoin('join__field', { graph: graph ?? '' }),
  );
  return [
    ...others,
    ...(joins.length === 0 ? implied : joins).map((join) => {
      const graph = join.arguments?.find(({ name }) => name.value === 'graph')?.value;
      const own = types.get(graph?.kind === Kind.ENUM ? (graphs.get(graph.value) ?? '') : '');
      const rest = (join.arguments ?? []).filter(({ name }) => name.value !== 'type');
      if (own === undefined || print(own) === merged) return { ...join, arguments: rest };
      const { arguments: said = [] } = makeJoin('join__field', { type: JSON.stringify(print(own)) });
      return { ...join, arguments: [...rest, ...said] };
    }),
  ];
}

function withName(type: TypeNode, name: string): TypeNode {
  const named: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } };
  if (type.kind === Kind.NAMED_TYPE) return named;
  const inner = withName(type.type, name);
  if (type.kind === Kind.LIST_TYPE) return { ...type, type: inner };
  return inner.kind === Kind.NON_NULL_TYPE ? inner : { ...type, type: inner };
}

function hasFields(node: DocumentNode['definitions'][number]): node is FieldedType {
  const type = node as TypeDefinitionNode | TypeExtensionNode;
  return (
    isFielded(type as TypeDefinitionNode) ||
    type.kind === Kind.OBJECT_TYPE_EXTENSION ||
    type.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}
