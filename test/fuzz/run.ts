import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'graphql';
import { composedFile, composedText, sourcesOf } from '../../gateway/supergraph/conformance/composed.js';
import { loadCases } from '../../gateway/supergraph/conformance/index.js';
import { type Compose, compareWithMonolith, type Difference } from './compare.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    /** Another composer, by its file: what it exports as `composeServices` takes and gives what Apollo's does. */
    composer: { type: 'string', default: '' },
    /** Instead of comparing: keep what that composer makes of the conformance cases, for their tests. */
    cases: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const runs = Number(values.runs);
const OPERATIONS = 25;

const compose = values.composer === '' ? undefined : await loadComposer(values.composer);
if (values.cases) {
  await keepComposedCases(compose);
  process.exit();
}
let compared = 0;
const differences: Difference[] = [];
for (let seed = first; seed < first + runs; seed++) {
  const result = await compareWithMonolith(seed, OPERATIONS, compose);
  compared += result.compared;
  differences.push(...result.differences);
}
for (const { seed, query, gateway, monolith } of differences
  .sort((a, b) => a.query.length - b.query.length)
  .slice(0, 10)) {
  process.stdout.write(`seed ${seed}\n${query}\ngateway:  ${gateway}\nmonolith: ${monolith}\n\n`);
}
process.stdout.write(
  `${compared} operations on ${runs} supergraphs: ${differences.length} answered differently\n`,
);
process.exitCode = differences.length === 0 ? 0 : 1;

async function loadComposer(file: string): Promise<Compose> {
  const { composeServices } = createRequire(import.meta.url)(resolve(file)) as {
    composeServices(services: readonly object[]): { errors?: readonly Error[]; supergraphSdl?: string };
  };
  return async (subgraphs) => {
    const services = subgraphs.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) }));
    const { errors, supergraphSdl } = composeServices(services);
    if (supergraphSdl === undefined) throw new Error(`It does not compose: ${errors?.join('; ')}`);
    return supergraphSdl;
  };
}

/** The files stand beside the sources, which this was compiled from. */
async function keepComposedCases(make: Compose | undefined): Promise<void> {
  if (make === undefined) throw new Error('Name the composer: --composer <its file>.');
  const folder = resolve('gateway/supergraph/conformance/composed');
  await mkdir(folder, { recursive: true });
  for (const fixture of await loadCases()) {
    const sdl = await make(sourcesOf(fixture));
    await writeFile(join(folder, composedFile(fixture)), composedText(fixture, sdl));
  }
}
