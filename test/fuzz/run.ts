import { parseArgs } from 'node:util';
import { compareWithMonolith, type Difference } from './compare.js';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
const runs = Number(values.runs);
const OPERATIONS = 25;

let compared = 0;
let unplanned = 0;
const differences: Difference[] = [];
for (let seed = first; seed < first + runs; seed++) {
  const result = await compareWithMonolith(seed, OPERATIONS);
  compared += result.compared;
  unplanned += result.unplanned.length;
  differences.push(...result.differences);
}
for (const { seed, query, gateway, monolith } of differences
  .sort((a, b) => a.query.length - b.query.length)
  .slice(0, 10)) {
  process.stdout.write(`seed ${seed}\n${query}\ngateway:  ${gateway}\nmonolith: ${monolith}\n\n`);
}
process.stdout.write(
  `${compared} operations on ${runs} supergraphs: ${differences.length} answered differently, ${unplanned} not planned\n`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
