import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

type Values = Readonly<Record<string, unknown>>;

const NONE: Values = {};
const MAXIMUM_ERRORS = 50;

/** Coerces a request's variables by the public schema; errors carry BAD_USER_INPUT. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  inputs: Values | undefined,
): { readonly values: Values } | { readonly errors: readonly GraphQLError[] } {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return { values: NONE };
  const result = getVariableValues(schema, definitions, inputs ?? NONE, { maxErrors: MAXIMUM_ERRORS });
  if (result.errors === undefined) return { values: result.coerced };
  return {
    errors: result.errors.map(
      (error) =>
        new GraphQLError(error.message, {
          ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
          ...(error.originalError === undefined ? {} : { originalError: error.originalError }),
          extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
        }),
    ),
  };
}

/** The variables that one fetch uses; undefined where it uses none. */
export function pickVariables(values: Values, names: readonly string[] | undefined): Values | undefined {
  if (names === undefined || names.length === 0) return undefined;
  const picked: Record<string, unknown> = {};
  for (const name of names) if (name in values) picked[name] = values[name];
  return picked;
}
