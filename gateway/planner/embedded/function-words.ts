/** How an aggregate is called before what it is of. */
export const FUNCTION_WORDS = {
  count: 'number of',
  countDistinct: 'number of',
  sum: 'total',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  first: 'first',
  last: 'last',
  median: 'median',
  stddevSample: 'standard deviation of',
  varianceSample: 'variance of',
} as const;
