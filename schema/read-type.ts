import {
  type ConstValueNode,
  type EnumTypeDefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  GraphQLDeprecatedDirective,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  type GraphQLInputFieldConfig,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  type GraphQLNullableType,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLType,
  getDirectiveValues,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  valueFromAST,
} from 'graphql';
import { parseSdl } from './parse-sdl.js';
import { type Definition, printDefinition } from './sdl-text.js';

export type ReadType = GraphQLObjectType | GraphQLInputObjectType | GraphQLEnumType;
type Node = ObjectTypeDefinitionNode | InputObjectTypeDefinitionNode | EnumTypeDefinitionNode;

/** What a type is made with, beside its own definition. */
export interface TypeSurroundings {
  /** The types that it speaks of. */
  readonly find: (name: string) => GraphQLNamedType;
  readonly resolverOf: (type: string, field: string) => GraphQLFieldResolver<unknown, unknown> | undefined;
}

/** One for all: graphql-js would make each type and field an object without a prototype, of 240 bytes. */
const NO_EXTENSIONS: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null));

/** A type made of its definition, which is read when its fields or values are first asked for. */
export function readType(definition: Definition, { find, resolverOf }: TypeSurroundings): ReadType {
  const common = {
    name: definition.name,
    description: definition.description === '' ? undefined : definition.description,
    extensions: NO_EXTENSIONS,
  };
  const node = () => parseSdl(printDefinition(definition)).definitions[0] as Node;
  if (definition.kind === 'type') {
    const fields = () => fieldsOf(node() as ObjectTypeDefinitionNode, find, resolverOf);
    return new GraphQLObjectType({ ...common, fields });
  }
  if (definition.kind === 'input') {
    const fields = () => inputsOf((node() as InputObjectTypeDefinitionNode).fields, find);
    return new GraphQLInputObjectType({ ...common, fields });
  }
  const values = () =>
    Object.fromEntries(
      ((node() as EnumTypeDefinitionNode).values ?? []).map((value) => [
        value.name.value,
        {
          value: value.name.value,
          description: value.description?.value,
          ...deprecation(value),
          astNode: value,
          extensions: NO_EXTENSIONS,
        },
      ]),
    );
  return new GraphQLEnumType({ ...common, values });
}

function fieldsOf(
  { name, fields = [] }: ObjectTypeDefinitionNode,
  find: (name: string) => GraphQLNamedType,
  resolverOf: TypeSurroundings['resolverOf'],
): Record<string, GraphQLFieldConfig<unknown, unknown>> {
  return Object.fromEntries(
    fields.map((field: FieldDefinitionNode) => {
      const resolve = resolverOf(name.value, field.name.value);
      return [
        field.name.value,
        {
          type: typeOf(field.type, find) as GraphQLOutputType,
          description: field.description?.value,
          ...deprecation(field),
          args: inputsOf(field.arguments, find),
          astNode: field,
          extensions: NO_EXTENSIONS,
          ...(resolve === undefined ? {} : { resolve }),
        },
      ];
    }),
  );
}

function inputsOf(
  nodes: readonly InputValueDefinitionNode[] = [],
  find: (name: string) => GraphQLNamedType,
): Record<string, GraphQLInputFieldConfig> {
  return Object.fromEntries(
    nodes.map((node) => {
      const type = typeOf(node.type, find) as GraphQLInputType;
      return [
        node.name.value,
        {
          type,
          description: node.description?.value,
          ...deprecation(node),
          defaultValue: valueFromAST(node.defaultValue as ConstValueNode | undefined, type),
          astNode: node,
          extensions: NO_EXTENSIONS,
        },
      ];
    }),
  );
}

type Deprecable = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

function deprecation(node: Deprecable): { readonly deprecationReason?: string } {
  const given = getDirectiveValues(GraphQLDeprecatedDirective, node);
  return given === undefined ? {} : { deprecationReason: String(given.reason) };
}

function typeOf(node: TypeNode, find: (name: string) => GraphQLNamedType): GraphQLType {
  switch (node.kind) {
    case Kind.NAMED_TYPE:
      return find(node.name.value);
    case Kind.LIST_TYPE:
      return new GraphQLList(typeOf(node.type, find));
    case Kind.NON_NULL_TYPE:
      return new GraphQLNonNull(typeOf(node.type, find) as GraphQLNullableType);
  }
}
