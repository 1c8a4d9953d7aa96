import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isDay } from './calendar.js';

function readDay(value: unknown): string {
  if (typeof value === 'string' && isDay(value)) return value;
  throw new GraphQLError(`${JSON.stringify(value)} is not a date; write it as "2013-05-31".`);
}

/** A calendar date that stays the text it is, so that no time zone can move it. */
export const dateScalar = new GraphQLScalarType({
  name: 'Date',
  description: 'A calendar date, such as "2013-05-31".',
  serialize: readDay,
  parseValue: readDay,
  parseLiteral: (node) => readDay(node.kind === Kind.STRING ? node.value : undefined),
});
