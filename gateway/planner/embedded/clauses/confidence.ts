import type { Features } from './features.js';

/**
 * How much each feature says for a reading being right, as the log of the odds. Fitted by `bench/ask/calibrate.mjs`
 * (logistic regression, ridge 1) to readings of 3,205 questions over 42 databases that have nothing to do with the demo.
 */
const WEIGHTS: Readonly<Record<keyof Features | 'bias', number>> = {
  bias: 2.75,
  verbs: -0.16,
  weakness: 0.04,
  ties: -1.99,
  hops: -0.58,
  semiJoins: 0.86,
  guesses: -0.84,
  loose: -0.38,
  foreign: -0.68,
  unseen: -2.01,
  farRoot: 0.6,
  grouped: -0.16,
  groupedByName: -1.76,
  ranked: -0.41,
  having: 0.4,
  negated: 0.75,
  countOverRelated: -0.13,
  listOverRelated: -0.92,
  clauses: 0.09,
  terms: -0.19,
  valuesOnly: -0.4,
  long: -0.78,
  noSubject: -0.36,
  nestedFigure: 0.96,
  several: -1.97,
  agrees: 1.11,
  disagrees: 0.04,
};

/** How likely a reading is right, 0–1. */
export function confidenceIn(features: Features): number {
  let odds = WEIGHTS.bias;
  for (const [feature, value] of Object.entries(features)) odds += WEIGHTS[feature as keyof Features] * value;
  return 1 / (1 + Math.exp(-odds));
}
