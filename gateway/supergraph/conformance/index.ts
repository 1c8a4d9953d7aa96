import { readdir } from 'node:fs/promises';
import type { ConformanceCase } from './conformance.js';

const NOT_CASES = ['composed.', 'conformance.', 'index.', 'http-subgraph.', 'test-context.'];

/** Every case of this folder: a file is a case. */
export async function loadCases(): Promise<ConformanceCase[]> {
  const files = (await readdir(new URL('.', import.meta.url))).sort();
  const cases = files.filter(
    (file) => /\.[jt]s$/.test(file) && !NOT_CASES.some((name) => file.startsWith(name)),
  );
  return Promise.all(
    cases.map(async (file) => {
      const module: { default: ConformanceCase } = await import(`./${file}`);
      return module.default;
    }),
  );
}
