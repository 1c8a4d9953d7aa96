import type { Features } from './features.js';

/**
 * How much each feature says for a reading being right, as the log of the odds. Fitted by `bench/ask/calibrate.mjs`
 * (logistic regression, ridge 1) to readings of 2,178 questions over 28 databases that have nothing to do with the demo.
 */
const WEIGHTS: Readonly<Record<keyof Features | 'bias', number>> = {
  bias: 3.01,
  verbs: -0.31,
  weakness: -1.09,
  ties: -1.7,
  hops: -0.35,
  semiJoins: 0.96,
  guesses: -0.67,
  loose: -0.5,
  foreign: -0.82,
  unseen: -0.99,
  farRoot: -0.15,
  grouped: -0.04,
  groupedByName: -2.37,
  ranked: -0.89,
  having: 0.76,
  negated: 0.03,
  countOverRelated: -0.25,
  listOverRelated: -1.12,
  clauses: -0.24,
  terms: -0.33,
  valuesOnly: -0.54,
  long: -0.34,
  noSubject: -0.15,
  nestedFigure: 0.78,
  several: -1.19,
  agrees: 0.8,
  disagrees: -0.24,
};

/** How likely a reading is right, 0–1. */
export function confidenceIn(features: Features): number {
  let odds = WEIGHTS.bias;
  for (const [feature, value] of Object.entries(features)) odds += WEIGHTS[feature as keyof Features] * value;
  return 1 / (1 + Math.exp(-odds));
}
