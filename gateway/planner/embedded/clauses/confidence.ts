import type { Features } from './features.js';

/**
 * How much each feature says for a reading being right, as the log of the odds. Fitted by `bench/ask/calibrate.mjs`
 * (logistic regression, ridge 1) to readings of 2,178 questions over 28 databases that have nothing to do with the demo.
 */
const WEIGHTS: Readonly<Record<keyof Features | 'bias', number>> = {
  bias: 2.94,
  verbs: -0.29,
  weakness: -0.76,
  ties: -1.9,
  hops: -0.54,
  semiJoins: 0.8,
  guesses: -0.84,
  loose: -0.24,
  foreign: -0.58,
  unseen: -1.89,
  farRoot: 0.5,
  grouped: -0.07,
  groupedByName: -1.89,
  ranked: -0.59,
  having: 0.39,
  negated: 0.65,
  countOverRelated: -0.23,
  listOverRelated: -0.89,
  clauses: -0.01,
  terms: -0.26,
  valuesOnly: -0.79,
  long: -0.86,
  noSubject: -0.25,
  nestedFigure: 1.15,
  several: -1.92,
  agrees: 1.09,
  disagrees: -0.03,
};

/** How likely a reading is right, 0–1. */
export function confidenceIn(features: Features): number {
  let odds = WEIGHTS.bias;
  for (const [feature, value] of Object.entries(features)) odds += WEIGHTS[feature as keyof Features] * value;
  return 1 / (1 + Math.exp(-odds));
}
