import type { Features } from './features.js';

/**
 * How much each feature says for a reading being right, as the log of the odds. Fitted by `bench/ask/calibrate.mjs`
 * (logistic regression, ridge 1) to readings of 3,205 questions over 42 databases that have nothing to do with the demo.
 */
const WEIGHTS: Readonly<Record<keyof Features | 'bias', number>> = {
  bias: 2.86,
  verbs: -0.2,
  weakness: 0.13,
  ties: -1.78,
  hops: -0.5,
  semiJoins: 0.71,
  guesses: -1.01,
  loose: -0.31,
  foreign: -0.81,
  asides: -0.15,
  unseen: -1.67,
  farRoot: 0.49,
  grouped: -0.27,
  groupedByName: -2.35,
  ranked: -0.43,
  having: 0.31,
  negated: 0.79,
  countOverRelated: -0.08,
  listOverRelated: -0.88,
  clauses: 0.04,
  terms: -0.24,
  valuesOnly: -0.49,
  long: -0.44,
  noSubject: -0.34,
  nestedFigure: 1,
  several: -1.7,
  agrees: 1.05,
  disagrees: 0.09,
};

/** How likely a reading is right, 0–1. */
export function confidenceIn(features: Features): number {
  let odds = WEIGHTS.bias;
  for (const [feature, value] of Object.entries(features)) odds += WEIGHTS[feature as keyof Features] * value;
  return 1 / (1 + Math.exp(-odds));
}
