import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { composeSupergraph } from '../supergraph/compose.js';

let directory: string;
let subgraph: Server;
let asked: () => void = () => {};
let gateway: ChildProcess | undefined;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'askgraph-gateway-'));
  subgraph = createServer(async (request, response) => {
    request.resume();
    asked();
    await sleep(300);
    response.end('{"data":{"who":"it"}}');
  });
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/`;
  const sdl = await composeSupergraph([{ name: 'only', sdl: 'type Query { who: String }', url }]);
  writeFileSync(join(directory, 'supergraph.graphql'), sdl);
});

afterEach(async () => {
  gateway?.kill('SIGKILL');
  subgraph.closeAllConnections();
  await new Promise((resolve) => subgraph.close(resolve));
  rmSync(directory, { recursive: true });
});

it('serves a supergraph file with no other configuration, and ends on SIGTERM once the last answer is sent', async () => {
  const env = { PATH: process.env.PATH ?? '', SUPERGRAPH: join(directory, 'supergraph.graphql'), PORT: '0' };
  const child = spawn(process.execPath, ['bin/askgraph.mjs', 'gateway'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  gateway = child;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const found = /http:\S+/.exec(text.toString());
      if (found !== null) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`The gateway ended with ${code}.`)));
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ who }"}',
  });
  await reached;
  child.kill('SIGTERM');
  expect(await (await answer).json()).toEqual({ data: { who: 'it' } });
  expect(await ended).toBe(0);
});

it('says what is missing', async () => {
  const child = spawn(process.execPath, ['bin/askgraph.mjs', 'gateway'], {
    env: { PATH: process.env.PATH ?? '' },
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(1);
  expect(said).toContain('CONFIGURATION_INVALID');
  expect(said).toContain('SUPERGRAPH');
});
