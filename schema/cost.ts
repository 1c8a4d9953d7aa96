/**
 * What fields cost, in the words of the GraphQL cost specification. The schema's printer writes these figures as
 * directives; whoever limits operations reads them there, and the defaults of `limit` beside them.
 */

/** Figures read all the rows that they are about, however few groups they give; a row of a list weighs 1. */
const AGGREGATE_WEIGHT = 10;

/** A list that gives as many rows as its `limit` says, which has a default. */
export function listSize(assumedSize: number): string {
  return `@listSize(assumedSize: ${assumedSize}, slicingArguments: ["limit"], requireOneSlicingArgument: false)`;
}

/** A connection, whose edges are as many as `first` or `last` says. */
export function connectionSize(assumedSize: number): string {
  const edges =
    'slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false';
  return `@listSize(assumedSize: ${assumedSize}, ${edges})`;
}

export function aggregateCost(): string {
  return `@cost(weight: ${AGGREGATE_WEIGHT})`;
}
