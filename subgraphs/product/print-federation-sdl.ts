import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
} from 'graphql';

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])`;

/** Prints a schema with the directives of its classes, which graphql-js leaves out, as a federation 2 subgraph. */
export function printFederationSdl(schema: GraphQLSchema): string {
  const { definitions } = parse(printSchema(schema));
  const complete = definitions.map(
    (definition): DefinitionNode =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ? addDirectives(definition, schema) : definition,
  );
  return `${[LINK, ...complete.map(print)].join('\n\n')}\n`;
}

function addDirectives(
  definition: ObjectTypeDefinitionNode,
  schema: GraphQLSchema,
): ObjectTypeDefinitionNode {
  const type = schema.getType(definition.name.value);
  if (!isObjectType(type)) return definition;
  const fields = (definition.fields ?? []).map((field) => ({
    ...field,
    directives: [...(field.directives ?? []), ...directivesOf(type.getFields()[field.name.value])],
  }));
  return { ...definition, fields, directives: directivesOf(type) };
}

interface Element {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
}

function directivesOf(element: Element | undefined): readonly ConstDirectiveNode[] {
  return element?.astNode?.directives ?? [];
}
