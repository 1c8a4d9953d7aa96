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
  type GraphQLSchema,
  type GraphQLType,
  getDirectiveValues,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  valueFromAST,
} from 'graphql';
import { AskgraphError } from './errors.js';
import { parseSdl } from './parse-sdl.js';

type LazyType = GraphQLObjectType | GraphQLInputObjectType | GraphQLEnumType;
type Node = ObjectTypeDefinitionNode | InputObjectTypeDefinitionNode | EnumTypeDefinitionNode;
type Resolver = GraphQLFieldResolver<unknown, unknown>;

export interface LazyTypesOptions {
  /** The SDL of each type, as a domain's printer makes it: object types without interfaces, inputs and enums. */
  readonly definitions: ReadonlyMap<string, string>;
  /** The types that they speak of and that stand elsewhere. */
  readonly others: (name: string) => GraphQLNamedType | undefined;
  readonly resolverOf: (type: string, field: string) => Resolver | undefined;
}

/** Types whose text is parsed when their fields are first asked for. */
export interface LazyTypes {
  /** All of them, without their fields as long as nobody has asked. */
  readonly types: ReadonlyMap<string, LazyType>;
  /** A copy of one type, which goes with who has asked; what it speaks of are the types above. */
  copy(name: string): LazyType | undefined;
}

export function makeLazyTypes(options: LazyTypesOptions): LazyTypes {
  const { definitions, others, resolverOf } = options;
  const types = new Map<string, LazyType>();
  const find = (name: string): GraphQLNamedType => {
    const found = types.get(name) ?? others(name);
    if (found === undefined) throw new AskgraphError('INTERNAL', `The schema has no type ${name}.`);
    return found;
  };
  const make = (name: string, text: string): LazyType => makeType(name, text, find, resolverOf);
  for (const [name, text] of definitions) types.set(name, make(name, text));
  return {
    types,
    copy(name) {
      const text = definitions.get(name);
      return text === undefined ? undefined : make(name, text);
    },
  };
}

const added = new WeakMap<GraphQLSchema, LazyTypes[]>();

/** The types of a schema one by one; those that were added lazily as copies, so that none of them stays read for it. */
export function* eachType(schema: GraphQLSchema): Iterable<GraphQLNamedType> {
  const lazy = added.get(schema) ?? [];
  for (const [name, type] of Object.entries(schema.getTypeMap())) {
    const owner = lazy.find(({ types }) => types.get(name) === type);
    yield owner?.copy(name) ?? type;
  }
}

/**
 * Adds types to a schema that has been built and checked without them. In the types that it has, `placeholder` stands
 * for the one that leads to them: it gets that one's fields.
 */
export function addLazily(schema: GraphQLSchema, lazy: LazyTypes, placeholder: string): void {
  added.set(schema, [...(added.get(schema) ?? []), lazy]);
  const before = schema.getTypeMap.bind(schema);
  let all: ReturnType<typeof before> | undefined;
  schema.getTypeMap = () => {
    if (all === undefined) {
      all = Object.assign(Object.create(null) as ReturnType<typeof before>, before());
      for (const [name, type] of lazy.types) if (name !== placeholder) all[name] = type;
    }
    return all;
  };
  const stands = before()[placeholder];
  const leads = lazy.types.get(placeholder);
  if (stands instanceof GraphQLObjectType && leads instanceof GraphQLObjectType) {
    stands.description = leads.description;
    stands.getFields = () => leads.getFields();
  }
}

function makeType(
  name: string,
  text: string,
  find: (name: string) => GraphQLNamedType,
  resolverOf: LazyTypesOptions['resolverOf'],
): LazyType {
  // The text begins with the description, a line of its own.
  const description = text.startsWith('"') ? JSON.parse(text.slice(0, text.indexOf('\n'))) : undefined;
  const head = text.startsWith('"') ? text.indexOf('\n') + 1 : 0;
  const node = () => parseSdl(text).definitions[0] as Node;
  if (text.startsWith('type ', head)) {
    const fields = () => fieldsOf(node() as ObjectTypeDefinitionNode, find, resolverOf);
    return new GraphQLObjectType({ name, description, fields });
  }
  if (text.startsWith('input ', head)) {
    const fields = () => inputsOf((node() as InputObjectTypeDefinitionNode).fields, find);
    return new GraphQLInputObjectType({ name, description, fields });
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
        },
      ]),
    );
  return new GraphQLEnumType({ name, description, values });
}

function fieldsOf(
  { name, fields = [] }: ObjectTypeDefinitionNode,
  find: (name: string) => GraphQLNamedType,
  resolverOf: LazyTypesOptions['resolverOf'],
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
