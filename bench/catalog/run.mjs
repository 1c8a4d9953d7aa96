// How a large catalog is served: npm run bench:catalog [-- --tables 1000 --columns 20]
// A DuckDB file of so many tables is served by `askgraph serve --data`: the first start imports it, the second is measured.
// Figures are of the serving process: time until it answers, CPU, resident memory, introspection through HTTP.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { getIntrospectionQuery } from 'graphql';

const { values } = parseArgs({
  options: { tables: { type: 'string', default: '1000' }, columns: { type: 'string', default: '20' } },
});
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [tables, columns] = [Number(values.tables), Number(values.columns)];
const folder = mkdtempSync(path.join(tmpdir(), 'askgraph-bench-catalog-'));
const TYPES = ['INTEGER', 'BIGINT', 'VARCHAR', 'DATE', 'TIMESTAMP', 'DECIMAL(12,2)', 'DOUBLE', 'BOOLEAN'];

try {
  await makeDatabase();
  const first = await serve();
  await first.stop();
  const { url, pid, milliseconds, stop } = await serve();
  const ready = { milliseconds, ...usage(pid) };
  const introspections = [await introspect(url), await introspect(url), await introspect(url)];
  await until(async () => (await fetch(`${url}/health/ready`)).status === 200);
  const learnt = usage(pid);
  const row = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ big { table7Aggregate { count } } }' }),
  });
  const answer = await row.text();
  const after = usage(pid);
  await stop();
  process.stdout.write(
    `${JSON.stringify(
      {
        tables,
        columns,
        machine: cpus()[0]?.model,
        cores: cpus().length,
        load: loadavg()[0],
        node: process.version,
        ready,
        introspections,
        learnt,
        after,
        answer,
      },
      null,
      2,
    )}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Every table has a key, and a reference to the one before. */
async function makeDatabase() {
  mkdirSync(path.join(folder, 'data', 'big'), { recursive: true });
  const instance = await DuckDBInstance.create(path.join(folder, 'data', 'big', 'big.duckdb'));
  const connection = await instance.connect();
  for (let table = 0; table < tables; table++) {
    const others = Array.from({ length: columns - 2 }, (_, i) => `column_${i} ${TYPES[i % TYPES.length]}`);
    const reference = table === 0 ? 'parent INTEGER' : `parent INTEGER REFERENCES table_${table - 1} (id)`;
    await connection.run(
      `CREATE TABLE table_${table} (id INTEGER PRIMARY KEY, ${[reference, ...others].join(', ')})`,
    );
    await connection.run(`INSERT INTO table_${table} (id) SELECT range FROM range(3)`);
  }
  connection.closeSync();
  instance.closeSync();
}

function serve() {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [path.join(root, 'bin', 'askgraph.mjs'), 'serve', '--port', '0', '--data', path.join(folder, 'data')],
    {
      cwd: root,
      env: { PATH: process.env.PATH, ASKGRAPH_HOME: path.join(folder, 'home'), LOG_LEVEL: 'warn' },
    },
  );
  child.stderr.pipe(process.stderr);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return new Promise((resolve, reject) => {
    let output = '';
    ended.then((code) => reject(new Error(`It ended with ${code}.`)));
    child.stdout.on('data', (text) => {
      output += text;
      const url = /Ask page\s+(http:\S+)\/\s/.exec(output)?.[1];
      if (url === undefined) return;
      const milliseconds = Math.round(performance.now() - started);
      const stop = () => {
        child.kill('SIGTERM');
        return ended;
      };
      resolve({ url, pid: child.pid, milliseconds, stop });
    });
  });
}

/** CPU since the start in milliseconds, resident memory now and at its highest in MB (Linux only). */
function usage(pid) {
  const times = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024);
  return {
    cpu: (Number(times[11]) + Number(times[12])) * 10,
    memory: megabytes('VmRSS'),
    peak: megabytes('VmHWM'),
  };
}

async function introspect(url) {
  const started = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const text = await response.text();
  const { errors } = JSON.parse(text);
  if (errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 500));
  return { milliseconds: Math.round(performance.now() - started), bytes: text.length };
}

async function until(check) {
  for (const end = Date.now() + 600_000; Date.now() < end; ) {
    if (await check().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('It is not ready after ten minutes.');
}
