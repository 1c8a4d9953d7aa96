import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { isCalendarDay, isDateTime } from '../sql/check-literal.js';

const WHOLE = /^-?\d{1,38}$/;
const NUMBER = /^-?\d{1,38}(\.\d{1,37})?$/;

/** The scalars that GraphQL itself lacks. They are exact: a DECIMAL or BIGINT is text and never passes through a float. */
export const SCALARS = {
  BigInt: exactScalar('BigInt', 'a whole number', (text) => (WHOLE.test(text) ? text : undefined)),
  Decimal: exactScalar('Decimal', 'a number without an exponent', (text) =>
    NUMBER.test(text) ? text : undefined,
  ),
  Date: exactScalar('Date', 'a day of the calendar, such as 2008-01-31', (text) =>
    isCalendarDay(text) ? text : undefined,
  ),
  DateTime: exactScalar('DateTime', 'a time without a zone, such as 2008-01-31T12:00:00', readDateTime),
  JSON: new GraphQLScalarType({ name: 'JSON' }),
} as const;

function readDateTime(text: string): string | undefined {
  if (isCalendarDay(text)) return `${text}T00:00:00`;
  return text[10] === 'T' && isDateTime(text) ? text : undefined;
}

/** A scalar that is text inside; a number is taken by its shortest text, which is what the asker wrote. */
function exactScalar(
  name: string,
  wanted: string,
  read: (text: string) => string | undefined,
): GraphQLScalarType {
  const parse = (value: unknown): string => {
    const text =
      typeof value === 'string' || (typeof value === 'number' && isExact(value))
        ? read(String(value))
        : undefined;
    if (text === undefined) throw new GraphQLError(`${JSON.stringify(value)} is not ${wanted}.`);
    return text;
  };
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => {
      const isText = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT;
      return parse(isText ? node.value : valueFromASTUntyped(node));
    },
  });
}

/** Past 15 digits, a JavaScript number may not be the one that was written. */
function isExact(value: number): boolean {
  return Number.isInteger(value)
    ? Number.isSafeInteger(value)
    : String(value).replace(/\D/g, '').length <= 15;
}
