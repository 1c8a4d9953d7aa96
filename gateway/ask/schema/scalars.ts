import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/**
 * Leaves as ISO 8601 text in UTC. Input passes through as it came and is checked by `check-input.ts`: what a scalar
 * throws while coercing loses its code in some executors, and a client switches on the code.
 */
export const DateTime = new GraphQLScalarType<unknown, string>({
  name: 'DateTime',
  description:
    'An instant in RFC 3339 form with an offset, such as `2023-05-15T12:00:00Z`. Output is in UTC.',
  serialize(value) {
    const instant = value instanceof Date ? value : new Date(String(value));
    if (Number.isNaN(instant.getTime()))
      throw new GraphQLError(`DateTime cannot show ${JSON.stringify(value)}.`);
    return instant.toISOString();
  },
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

export const Json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value. A cell of type DECIMAL or BIGINT is a string, so that no digit is lost.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
