// The benchmark of the gateway beside its peers: npm run bench:gateway [-- --seconds 10 --only bare]
// The peers are installed into bench/gateway/peers the first time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { askOnce, load, start } from './measure.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    output: { type: 'string', default: '' },
  },
});
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const require = createRequire(import.meta.url);
const peers = path.join(here, 'peers');
const built = path.join(root, 'dist.bench', 'bench', 'gateway');
const CONNECTIONS = 50;
const SUBGRAPHS = 4600;
const PORT = 4601;

run(
  'npm',
  ['install', '--no-audit', '--no-fund', '--prefix', peers],
  !existsSync(path.join(peers, 'node_modules')),
);
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
run(process.execPath, [compiler, '-p', root, '--noCheck', '--outDir', path.join(root, 'dist.bench')], true);
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-gateway-'));
const supergraph = path.join(scratch, 'supergraph.graphql');
const recorded = path.join(scratch, 'requests.json');
const answer = path.join(scratch, 'answer.json');
run(process.execPath, [path.join(built, 'compose.js'), String(SUBGRAPHS), supergraph], true);
const { query } = await import(pathToFileURL(path.join(built, 'workload.js')).href);
const body = JSON.stringify({ query });
const own = path.join(built, 'own-gateway.js');

const GATEWAYS = [
  ['askgraph bare, HTTP subgraphs', [own, 'bare', 'http', supergraph, PORT]],
  ['askgraph bare, HTTP, deduplication on', [own, 'bare', 'http', supergraph, PORT, 'on']],
  ['askgraph bare, in-process subgraphs', [own, 'bare', 'local', supergraph, PORT]],
  ['askgraph behind Apollo Server 5, HTTP', [own, 'apollo', 'http', supergraph, PORT]],
  ['askgraph behind Apollo Server 5, in process', [own, 'apollo', 'local', supergraph, PORT]],
  [
    'floor (same fetches, parsed; static answer)',
    [path.join(built, 'floor.js'), recorded, answer, SUBGRAPHS, PORT],
  ],
  ['@apollo/gateway + Apollo Server 5', [path.join(peers, 'apollo-gateway.mjs'), supergraph, PORT]],
  [
    'Hive gateway-runtime, JavaScript',
    [path.join(peers, 'hive-gateway.mjs'), 'javascript', supergraph, PORT],
  ],
  ['Hive gateway-runtime, Rust planner', [path.join(peers, 'hive-gateway.mjs'), 'rust', supergraph, PORT]],
  ['Hive Rust planner + Apollo Server 5', [path.join(peers, 'hive-behind-apollo.mjs'), supergraph, PORT]],
];

const subgraphs = await start(1, [path.join(built, 'subgraph-server.js'), String(SUBGRAPHS)]);
const url = `http://127.0.0.1:${PORT}/graphql`;
let reference;
const results = [];
for (const [name, parameters] of GATEWAYS) {
  if (reference !== undefined && !name.includes(values.only)) continue;
  process.stderr.write(`${name} …\n`);
  results.push({ name, ...(await measure(parameters).catch((error) => ({ failure: error.message }))) });
}
await subgraphs.stop();
rmSync(scratch, { recursive: true });
const table = print(results);
process.stdout.write(table);
if (values.output !== '') writeFileSync(values.output, table);

async function measure(parameters) {
  const gateway = await start(0, parameters.map(String));
  try {
    await forget();
    const first = await askOnce(url, body);
    if (reference === undefined) {
      reference = first.data;
      const log = await (
        await fetch(`http://127.0.0.1:${SUBGRAPHS}/log`, { method: 'POST', body: '' })
      ).json();
      writeFileSync(recorded, JSON.stringify(log));
      writeFileSync(answer, JSON.stringify({ data: reference }));
      process.stderr.write(`the answer has ${first.bytes} bytes, from ${log.length} subgraph requests\n`);
    }
    if (!isDeepStrictEqual(first.data, reference)) throw new Error('It answers differently.');
    const options = {
      pid: gateway.pid,
      url,
      body,
      seconds: Number(values.seconds),
      connections: CONNECTIONS,
    };
    return { firstMilliseconds: first.milliseconds, ...(await load(options)) };
  } finally {
    await gateway.stop();
  }
}

function forget() {
  return fetch(`http://127.0.0.1:${SUBGRAPHS}/forget`, { method: 'POST', body: '' });
}

function print(rows) {
  const apollo = rows.find(({ name }) => name.startsWith('@apollo/gateway'))?.requestsPerCpuSecond;
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model} × ${cpus().length}; ${CONNECTIONS} connections, ${values.seconds} s each`,
    '',
    '| gateway | requests/s | p50 ms | p99 ms | CPU ms/request | requests/CPU s | × @apollo/gateway | memory MB | first request ms |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map((row) =>
      row.failure !== undefined
        ? `| ${row.name} | could not be measured: ${row.failure.split('\n')[0]} | | | | | | | |`
        : `| ${row.name} | ${row.requestsPerSecond.toFixed(0)} | ${row.p50} | ${row.p99} | ${row.cpuMilliseconds.toFixed(2)} | ${row.requestsPerCpuSecond.toFixed(0)} | ${apollo === undefined ? '' : (row.requestsPerCpuSecond / apollo).toFixed(1)} | ${row.megabytes.toFixed(0)} | ${row.firstMilliseconds.toFixed(0)} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function run(command, parameters, isNeeded) {
  if (!isNeeded) return;
  const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(1);
}
