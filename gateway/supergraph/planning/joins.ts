import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parseConstValue,
  parseType,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** What a join__ directive of a supergraph says, by the names of its arguments. */
export type Join = Readonly<Record<string, string | undefined>>;

export type FieldedType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The types of a supergraph document by name. */
export function typesOf(supergraph: DocumentNode): Map<string, TypeDefinitionNode> {
  return new Map(
    supergraph.definitions.filter(isTypeDefinitionNode).map((type) => [type.name.value, type] as const),
  );
}

/** The name that each value of `join__Graph` stands for. */
export function graphNames(types: ReadonlyMap<string, TypeDefinitionNode>): Map<string, string> {
  const graphs = types.get('join__Graph') as EnumTypeDefinitionNode | undefined;
  return new Map(
    (graphs?.values ?? []).map((value) => {
      const [join] = joinsOf(value, 'join__graph');
      return [value.name.value, join?.name ?? value.name.value];
    }),
  );
}

/** The directives of one name, with their arguments as text. */
export function joinsOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): Join[] {
  return (node.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((argument) => [
          argument.name.value,
          'value' in argument.value ? String(argument.value.value) : undefined,
        ]),
      ),
    );
}

/** The graphs that have a type. */
export function graphsOfType(type: TypeDefinitionNode): Set<string> {
  return new Set(joinsOf(type, 'join__type').flatMap(({ graph }) => (graph === undefined ? [] : [graph])));
}

/** The graphs that resolve a field: all that have its type, or those that the field names and that have its value. */
export function resolversOf(type: FieldedType, field: FieldDefinitionNode): Set<string> {
  const joins = joinsOf(field, 'join__field');
  if (joins.length === 0) return graphsOfType(type);
  const resolving = joins.filter(
    ({ external, usedOverridden }) => external !== 'true' && usedOverridden !== 'true',
  );
  return new Set(resolving.flatMap(({ graph }) => (graph === undefined ? [] : [graph])));
}

/** By graph: the name of the type that it gives a field, where that is not the type of the whole. */
export function ownTypesOf(field: FieldDefinitionNode): Map<string, string> {
  const merged = nameOfType(field.type);
  return new Map(
    joinsOf(field, 'join__field').flatMap(({ graph, type }) => {
      const own = type === undefined ? merged : nameOfType(parseType(type, { noLocation: true }));
      return graph === undefined || own === merged ? [] : [[graph, own] as const];
    }),
  );
}

export function isFielded(type: TypeDefinitionNode | undefined): type is FieldedType {
  return type?.kind === Kind.OBJECT_TYPE_DEFINITION || type?.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

export function nameOfType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOfType(type.type);
}

/** Makes a directive; values are written as in SDL. */
export function makeJoin(name: string, values: Readonly<Record<string, string>>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: parseConstValue(value),
    })),
  };
}

/** A supergraph document with other definitions of some of its types. */
export function withTypes(
  supergraph: DocumentNode,
  types: ReadonlyMap<string, TypeDefinitionNode>,
): DocumentNode {
  return {
    ...supergraph,
    definitions: supergraph.definitions.map((definition) =>
      isTypeDefinitionNode(definition) ? (types.get(definition.name.value) ?? definition) : definition,
    ),
  };
}
