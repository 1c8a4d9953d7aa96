// The benchmark of the typed API beside its peers: npm run bench:typed [-- --seconds 8 --only askgraph --case nested]
// Needs a PostgreSQL (BENCH_POSTGRES, by default postgres@127.0.0.1:5432), where it makes a database of its own. The
// peers are installed into bench/typed/peers the first time.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { askOnce, cannon, cpuSeconds, start } from '../gateway/measure.mjs';
import { makeData } from './data.mjs';
import { CASES, CONTESTANTS, comparable, KEYS } from './workload.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    case: { type: 'string', default: '' },
    output: { type: 'string', default: '' },
  },
});
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const require = createRequire(import.meta.url);
const peers = path.join(here, 'peers');
const built = path.join(root, 'dist.bench');
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const PORT = 4611;
const CONNECTIONS = 10;
const ROUNDS = 5;

run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', peers], 'node_modules');
// Prisma's CLI would download an engine that `generate` never runs: any executable stands in for it.
const environment = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };
run('npx', ['prisma', 'generate', '--schema', 'schema.prisma'], 'client', environment);
run(
  process.execPath,
  [
    compiler,
    '--ignoreConfig',
    '--noCheck',
    '--target',
    'es2023',
    '--module',
    'nodenext',
    '--skipLibCheck',
    '--outDir',
    'built',
    'client/client.ts',
    'client/pothos-types.ts',
  ],
  'built',
);
const ran = spawnSync(process.execPath, [compiler, '-p', root, '--noCheck', '--outDir', built], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (ran.status !== 0) process.exit(1);

const url = await makeData();
const PROGRAMS = {
  floor: [path.join(here, 'floor.mjs'), url, PORT],
  askgraph: [path.join(built, 'bench', 'typed', 'own.js'), url, PORT + 1, JSON.stringify(KEYS)],
  postgraphile: [path.join(peers, 'postgraphile.mjs'), url, PORT + 2],
  pothos: [path.join(peers, 'pothos.mjs'), url, PORT + 3],
};
const servers = [];
const results = [];
try {
  for (const [name, parameters] of Object.entries(PROGRAMS)) {
    if (name !== 'floor' && !name.includes(values.only)) continue;
    const program = await start(0, parameters.map(String));
    servers.push({ name, program, address: `http://127.0.0.1:${parameters[2]}/graphql` });
  }
  for (const question of CASES.filter((one) => one.includes(values.case))) {
    process.stderr.write(`${question} …\n`);
    results.push(...(await measure(question)));
  }
} finally {
  for (const { program } of servers) await program.stop();
}
const table = print();
process.stdout.write(table);
if (values.output !== '') writeFileSync(values.output, table);

/** The servers take turns, so that other work on the machine weighs on all alike. */
async function measure(question) {
  const running = [];
  const rows = [];
  let wanted;
  for (const { name, program, address } of servers) {
    const [query, unwrap] = CONTESTANTS[name][question];
    const body = JSON.stringify({ query });
    try {
      const answer = comparable(unwrap((await askOnce(address, body)).data));
      wanted ??= answer;
      if (!isDeepStrictEqual(answer, wanted)) throw new Error('It answers differently.');
      await cannon(address, body, 3, CONNECTIONS);
      const turn = {
        name,
        question,
        pid: program.pid,
        address,
        body,
        cpu: 0,
        requests: 0,
        seconds: 0,
        p50: [],
        p99: [],
      };
      running.push(turn);
      rows.push(turn);
    } catch (error) {
      rows.push({ name, question, failure: error.message });
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const turn of running) {
      const before = cpuSeconds(turn.pid);
      const { requests, duration, latency, non2xx, errors } = await cannon(
        turn.address,
        turn.body,
        Number(values.seconds) / ROUNDS,
        CONNECTIONS,
      );
      if (non2xx > 0 || errors > 0) turn.failure = 'Some of the requests failed.';
      turn.cpu += cpuSeconds(turn.pid) - before;
      turn.requests += requests.total;
      turn.seconds += duration;
      turn.p50.push(latency.p50);
      turn.p99.push(latency.p99);
    }
  }
  return rows.map((row) => ({
    ...row,
    requestsPerSecond: row.requests / row.seconds,
    cpuMilliseconds: (row.cpu * 1000) / row.requests,
    p50: median(row.p50 ?? []),
    p99: median(row.p99 ?? []),
  }));
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function print() {
  const floor = (question) =>
    results.find((row) => row.name === 'floor' && row.question === question)?.cpuMilliseconds;
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model} × ${cpus().length}, load ${loadavg()[0].toFixed(1)}; ${CONNECTIONS} connections, ${values.seconds} s each, in turns`,
    '',
    '| question | server | requests/s | p50 ms | p99 ms | CPU ms/request | × floor |',
    '|---|---|---|---|---|---|---|',
    ...CASES.flatMap((question) =>
      results.filter((row) => row.question === question).map((row) => line(row, floor(question))),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function line(row, floor) {
  if (row.failure !== undefined)
    return `| ${row.question} | ${row.name} | could not be measured: ${row.failure.split('\n').slice(0, 8).join(' ').slice(0, 400)} | | | | |`;
  return `| ${row.question} | ${row.name} | ${row.requestsPerSecond.toFixed(0)} | ${row.p50} | ${row.p99} | ${row.cpuMilliseconds.toFixed(2)} | ${(row.cpuMilliseconds / floor).toFixed(2)} |`;
}

function run(command, parameters, makes, more = {}) {
  if (existsSync(path.join(peers, makes))) return;
  const { status } = spawnSync(command, parameters, {
    cwd: peers,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...more },
  });
  if (status !== 0) process.exit(1);
}
