import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, serveLocally } from '../../test/fakes/http-server.js';
import { isRedisInstalled, makeRedisProcess } from '../../test/fakes/redis-process.js';
import { startGatewayServer } from '../gateway-server.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { readGatewayConfig } from '../supergraph/gateway-config.js';
import { openPlainGateway } from '../supergraph/plain-gateway.js';
import { openAddressLimits, readAddressLimits } from './address-limits.js';

let folder: string;
let subgraph: LocalServer;
/** The subgraph answers once it is told to. */
let answerNow: Promise<void> = Promise.resolve();
let asked = 0;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-address-'));
  subgraph = await serveLocally(async (_request, _body, response) => {
    asked += 1;
    await answerNow;
    response.setHeader('content-type', 'application/json').end('{"data":{"who":"it"}}');
  });
  const sdl = await composeSupergraph([
    { name: 'only', sdl: 'type Query { who: String }', url: subgraph.url },
  ]);
  writeFileSync(join(folder, 'supergraph.graphql'), sdl);
});
afterEach(async () => {
  answerNow = Promise.resolve();
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await subgraph.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A plain gateway with these limits, and what asks it. */
async function start(environment: Record<string, string>) {
  const limits = await openAddressLimits(readAddressLimits(environment), 30_000, () => {});
  const gateway = await openPlainGateway({
    config: readGatewayConfig({ SUPERGRAPH: join(folder, 'supergraph.graphql') }),
    admit: limits.enter,
    report: () => {},
    now: () => new Date('2026-03-01'),
    newHex: (bytes) => '0'.repeat(bytes * 2),
  });
  const server = await startGatewayServer({ host: '127.0.0.1', port: 0, graphql: gateway.graphql });
  closing.push(async () => {
    await server.close();
    await gateway.close();
    limits.close();
  });
  return (forwardedFor?: string) =>
    fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
      },
      body: '{"query":"{ who }"}',
    });
}

type Ask = Awaited<ReturnType<typeof start>>;

async function statuses(ask: Ask, ...addresses: (string | undefined)[]): Promise<number[]> {
  const found: number[] = [];
  for (const address of addresses) found.push((await ask(address)).status);
  return found;
}

describe('the limits of a plain gateway', () => {
  it('are none unless they are set', async () => {
    const ask = await start({});
    expect(await statuses(ask, ...Array<undefined>(30).fill(undefined))).toEqual(Array(30).fill(200));
  });

  it('let in so many requests of an address, and tell the next when to come again', async () => {
    const ask = await start({ RATE_LIMIT_POINTS: '2', RATE_LIMIT_SECONDS: '40' });
    expect(await statuses(ask, undefined, undefined)).toEqual([200, 200]);
    const before = asked;
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect(asked).toBe(before);
  });

  it('let in so many requests at a time, and another once one has ended', async () => {
    const ask = await start({ CONCURRENT_REQUESTS: '2' });
    let answerAll = () => {};
    answerNow = new Promise((resolve) => {
      answerAll = resolve;
    });
    const before = asked;
    const waiting = [ask(), ask()];
    await expect.poll(() => asked).toBe(before + 2);
    expect((await ask()).status).toBe(429);
    answerAll();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await ask()).status).toBe(200);
  });

  it('believe no header about where a request comes from', async () => {
    const ask = await start({ RATE_LIMIT_POINTS: '1' });
    expect(await statuses(ask, '10.0.0.1', '10.0.0.2')).toEqual([200, 429]);
  });

  it('believe what trusted proxies say, as far as the first that is not one', async () => {
    const ask = await start({ RATE_LIMIT_POINTS: '1', TRUSTED_PROXIES: '127.0.0.1, 10.1.0.0/16' });
    expect(await statuses(ask, '10.0.0.1', '10.0.0.2')).toEqual([200, 200]);
    // What the client wrote itself stands before the address that the first trusted proxy saw.
    expect(await statuses(ask, '9.9.9.9, 10.0.0.1, 10.1.2.3', 'nonsense, 10.0.0.2')).toEqual([429, 429]);
    expect(await statuses(ask, 'nonsense', 'other nonsense')).toEqual([200, 429]);
  });

  it.skipIf(!isRedisInstalled())('are shared by gateways with one Redis', async () => {
    const redis = await makeRedisProcess();
    await redis.start();
    closing.push(() => redis.stop());
    const settings = { RATE_LIMIT_POINTS: '3', REDIS_URL: redis.url };
    const [one, other] = [await start(settings), await start(settings)];
    expect(await statuses(one, undefined, undefined)).toEqual([200, 200]);
    expect(await statuses(other, undefined, undefined)).toEqual([200, 429]);
  });

  it('are refused where a setting is none, by its name', () => {
    const wrong = { RATE_LIMIT_POINTS: 'many', TRUSTED_PROXIES: 'proxy.internal' };
    expect(() => readAddressLimits(wrong)).toThrow(/RATE_LIMIT_POINTS: .*; TRUSTED_PROXIES: /);
  });
});
