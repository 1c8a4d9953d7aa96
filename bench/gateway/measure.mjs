import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const AUTOCANNON = require.resolve('autocannon');
const HEADERS = { 'content-type': 'application/json' };
const TICKS_PER_SECOND = 100;
// The slowest peers need over autocannon's own 10 s when fifty connections wait on one core.
const REQUEST_TIMEOUT_SECONDS = 120;

/** Starts a Node program on one core; resolves when it says that it is ready. */
export async function start(core, parameters) {
  const begun = performance.now();
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
      if (out.includes('ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`${parameters[0]} ended:\n${said.slice(0, 2000)}`)));
  });
  return {
    pid: child.pid,
    startMilliseconds: performance.now() - begun,
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks once; resolves with the answer's data and how long it took. */
export async function askOnce(url, body) {
  const begun = performance.now();
  const response = await fetch(url, { method: 'POST', headers: HEADERS, body });
  const text = await response.text();
  const milliseconds = performance.now() - begun;
  const { data, errors } = JSON.parse(text);
  if (errors !== undefined)
    throw new Error(`It answers with errors: ${JSON.stringify(errors).slice(0, 500)}`);
  return { data, bytes: Buffer.byteLength(text), milliseconds };
}

/** Loads a gateway from another core and reads what it cost, after a warm-up that is not counted. */
export async function load({ pid, url, body, seconds, connections }) {
  await cannon(url, body, Math.max(2, Math.ceil(seconds / 2)), connections);
  const before = cpuSeconds(pid);
  const result = await cannon(url, body, seconds, connections);
  const cpu = cpuSeconds(pid) - before;
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`Of the requests to ${url} some failed.`);
  const requests = result.requests.total;
  return {
    requestsPerSecond: requests / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMilliseconds: (cpu * 1000) / requests,
    requestsPerCpuSecond: requests / cpu,
    megabytes: memory(pid),
  };
}

/** Asks over so many connections for so long; what autocannon found. */
export function cannon(url, body, seconds, connections) {
  const parameters = [
    '-c',
    '1',
    process.execPath,
    AUTOCANNON,
    '-c',
    String(connections),
    '-d',
    String(seconds),
    '-t',
    String(REQUEST_TIMEOUT_SECONDS),
  ];
  parameters.push('-m', 'POST', '-H', 'content-type=application/json', '-b', body, '-j', '-n', url);
  return new Promise((resolve, reject) => {
    const child = spawn('taskset', parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('exit', () => {
      try {
        resolve(JSON.parse(text));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** CPU time of a process so far, all threads of it. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

export function memory(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}
