import { expect, it } from 'vitest';
import { compareWithMonolith } from './compare.js';

/** Fixed, so that a failure is everybody's; more of them by `node test/fuzz/run.mjs --runs 1000 --seed 1`. */
const SEEDS = Array.from({ length: 32 }, (_, index) => 1000 + index);
const OPERATIONS = 20;

it('answers random operations on random supergraphs as a monolith does', async () => {
  let compared = 0;
  for (const seed of SEEDS) {
    const result = await compareWithMonolith(seed, OPERATIONS);
    expect(result.differences).toEqual([]);
    compared += result.compared;
  }
  expect(compared).toBeGreaterThan(300);
}, 120_000);
