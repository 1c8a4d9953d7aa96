// What the audit trail costs a typed query: npm run bench:audit [-- --queries 2000]
// One process, the demo's hr domain, the same query again and again: one after the other, and twenty at a time. Every
// query is one statement, which is two events. The ways take turns, so that what else the machine does falls on all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../scripts/build.mjs';

const { values } = parseArgs({ options: { queries: { type: 'string', default: '2000' } } });
const QUERIES = Number(values.queries);
const ROUNDS = 5;
const AT_A_TIME = [1, 20];
const WAYS = {
  off: { ASKGRAPH_AUDIT: 'off' },
  'store, synced': { ASKGRAPH_AUDIT: 'store' },
  'store, not synced': { ASKGRAPH_AUDIT: 'store', ASKGRAPH_AUDIT_SYNC: 'never' },
  'file, synced': { ASKGRAPH_AUDIT: 'file' },
  'file, every second': { ASKGRAPH_AUDIT: 'file', ASKGRAPH_AUDIT_SYNC: 'everySecond' },
};

await ensureBuilt();
const dist = new URL('../../dist/', import.meta.url);
const { parse } = await import('graphql');
const { readConfig } = await import(new URL('gateway/config.js', dist));
const { openGateway } = await import(new URL('gateway/open-gateway.js', dist));
const { listSubgraphs } = await import(new URL('subgraphs/list.js', dist));

const document = parse(
  '{ hr { employees(where: {hireDate: {lt: "1990-01-01"}}, limit: 20) { empNo lastName hireDate } } }',
);
const folders = [];
const gateways = {};
for (const [name, environment] of Object.entries(WAYS)) gateways[name] = await open(environment);
const samples = [];
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, gateway] of Object.entries(gateways)) {
    for (const atATime of AT_A_TIME) {
      const sample = await measure(gateway, atATime);
      // The first round warms up.
      if (round > 0) samples.push({ name, atATime, ...sample });
    }
  }
}
for (const atATime of AT_A_TIME) {
  process.stdout.write(`\n${atATime} at a time, median of ${ROUNDS} rounds of ${QUERIES} queries\n`);
  const off = medianOf('off', atATime, 'cpu');
  for (const name of Object.keys(WAYS)) {
    const cpu = medianOf(name, atATime, 'cpu');
    const elapsed = medianOf(name, atATime, 'elapsed');
    const more = name === 'off' ? '' : `  +${(cpu - off).toFixed(3)} ms CPU`;
    process.stdout.write(
      `  ${name.padEnd(20)} ${cpu.toFixed(3)} ms CPU  ${elapsed.toFixed(3)} ms elapsed a query${more}\n`,
    );
  }
}
for (const gateway of Object.values(gateways)) await gateway.close();
for (const folder of folders) rmSync(folder, { recursive: true, force: true });

async function open(environment) {
  const folder = mkdtempSync(path.join(tmpdir(), 'askgraph-bench-'));
  folders.push(folder);
  const config = readConfig({
    ASKGRAPH_HOME: '.askgraph/test',
    DATABASE_URL: `file:${path.join(folder, 'store.db')}`,
    ASKGRAPH_AUDIT_DIRECTORY: path.join(folder, 'audit'),
    ...environment,
  });
  const definitions = (await listSubgraphs()).filter(({ definition }) => definition.name === 'hr');
  const gateway = await openGateway({ config, definitions, report: () => {}, warn: () => {} });
  await gateway.knowledge();
  return gateway;
}

async function measure(gateway, atATime) {
  const caller = { subject: 'bench', roles: [], claims: {} };
  let left = QUERIES;
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const { signal } = new AbortController();
      const context = { requestId: 'bench', caller, signal, asOf: new Date(0) };
      const { errors } = await gateway.supergraph.execute({ document, context });
      if (errors !== undefined) throw errors[0];
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpu: (user + system) / 1000 / QUERIES, elapsed: (performance.now() - begun) / QUERIES };
}

function medianOf(name, atATime, figure) {
  const sorted = samples
    .filter((sample) => sample.name === name && sample.atATime === atATime)
    .map((sample) => sample[figure])
    .sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
