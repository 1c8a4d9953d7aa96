import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { AskgraphError } from '../../schema/errors.js';
import { type HttpClientOptions, type HttpGet, httpClient } from './http.js';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    answer(request, response, seen.length);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function makeClient(baseUrl: string, changes: Partial<HttpClientOptions> = {}) {
  return httpClient({
    domain: 'product',
    name: 'The test API',
    baseUrl,
    timeout: 5_000,
    maximumResponseBytes: 10_000,
    maximumCacheBytes: 10_000,
    maximumConcurrent: 4,
    retryDelay: () => 1,
    now: () => 0,
    ...changes,
  });
}

function request(changes: Partial<HttpGet> = {}): HttpGet {
  return { path: '/v1/thing', query: {}, signal: new AbortController().signal, cacheFor: 0, ...changes };
}

async function errorOf(promise: Promise<unknown>): Promise<AskgraphError> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (thrown: unknown) => thrown as AskgraphError,
  );
}

describe('an HTTP client', () => {
  it('sends the query without its absent parameters, and keeps the path of the base URL', async () => {
    const { url, seen } = await serve((_, response) => response.end('{"value":[1,"ä"]}'));
    const answer = await makeClient(`${url}/proxy/`).get(
      request({ query: { name: 'São Paulo & co', apikey: undefined } }),
    );
    expect(answer).toEqual({ value: [1, 'ä'] });
    expect(seen).toEqual(['/proxy/v1/thing?name=S%C3%A3o+Paulo+%26+co']);
  });

  it('tries once more after a broken connection', async () => {
    const { url, seen } = await serve((incoming, response, count) =>
      count === 1 ? incoming.socket.destroy() : response.end('true'),
    );
    expect(await makeClient(url).get(request())).toBe(true);
    expect(seen).toHaveLength(2);
  });

  it('gives up after the second broken connection', async () => {
    const { url, seen } = await serve((incoming) => incoming.socket.destroy());
    const error = await errorOf(makeClient(url).get(request()));
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', domain: 'product', retryable: true });
    expect(seen).toHaveLength(2);
  });

  it('says that an API is unavailable where nothing listens', async () => {
    const { url } = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect((await errorOf(makeClient(url).get(request()))).code).toBe('SOURCE_UNAVAILABLE');
  });

  it.each([
    [400, 'QUERY_FAILED'],
    [401, 'QUERY_FAILED'],
    [429, 'SOURCE_UNAVAILABLE'],
    [500, 'SOURCE_UNAVAILABLE'],
    [503, 'SOURCE_UNAVAILABLE'],
  ])(
    'takes HTTP %i for %s, without another try, and keeps what the API said for operators',
    async (status, code) => {
      const { url, seen } = await serve((_, response) =>
        response.writeHead(status).end('{"reason":"because"}'),
      );
      const error = await errorOf(makeClient(url).get(request({ query: { apikey: 'secret' } })));
      expect(error.code).toBe(code);
      expect(error.message).toContain(`HTTP ${status}`);
      expect(error.message).not.toMatch(/secret|because/);
      expect((error.cause as Error).message).toContain('because');
      expect(seen).toHaveLength(1);
    },
  );

  it('refuses a response that is not JSON', async () => {
    const { url } = await serve((_, response) => response.end('<html>'));
    expect(await errorOf(makeClient(url).get(request()))).toMatchObject({ code: 'QUERY_FAILED' });
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { url } = await serve((_, response) => response.end('1'));
    const before = timers();
    await makeClient(url).get(request());
    // One of the runtime's own may have ended meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('stops reading a response that is too large, though it says no length and never ends', async () => {
    let written = 0;
    const { url } = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(1_000))) written += 1_000;
      };
      response.on('drain', more);
      more();
    });
    const error = await errorOf(makeClient(url).get(request()));
    expect(error.code).toBe('QUERY_FAILED');
    expect(error.message).toContain('10000 bytes');
    await sleep(50);
    const before = written;
    await sleep(50);
    expect(written).toBe(before);
  });

  it('does not wait longer than its timeout, for the head or for the body', async () => {
    const { url } = await serve((incoming, response) => {
      if (incoming.url === '/v1/body') response.write('[1,');
    });
    for (const path of ['/v1/head', '/v1/body']) {
      const error = await errorOf(makeClient(url, { timeout: 60 }).get(request({ path })));
      expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      expect(error.message).toContain('60 ms');
    }
  });

  it("ends at the caller's deadline", async () => {
    const { url } = await serve(() => {});
    const started = performance.now();
    const error = await errorOf(makeClient(url).get(request({ signal: AbortSignal.timeout(60) })));
    expect(error.code).toBe('DEADLINE_EXCEEDED');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('closes the connection when the caller goes away', async () => {
    const caller = new AbortController();
    const closed: boolean[] = [];
    const { url } = await serve((_, response) => {
      response.on('close', () => closed.push(response.writableEnded));
      caller.abort();
    });
    expect((await errorOf(makeClient(url).get(request({ signal: caller.signal })))).code).toBe('CANCELLED');
    await expect.poll(() => closed).toEqual([false]);
  });

  it('sends nothing for a caller who is gone already', async () => {
    const { url, seen } = await serve((_, response) => response.end('1'));
    expect((await errorOf(makeClient(url).get(request({ signal: AbortSignal.abort() })))).code).toBe(
      'CANCELLED',
    );
    expect(seen).toHaveLength(0);
  });

  it('gives an answer again for as long as it may, and asks again then', async () => {
    const { url, seen } = await serve((_, response, count) => response.end(String(count)));
    let now = 0;
    const client = makeClient(url, { now: () => now });
    const ask = (query: HttpGet['query']) => client.get(request({ query, cacheFor: 100 }));
    expect([await ask({ a: '1' }), await ask({ a: '1' }), await ask({ a: '2' })]).toEqual([1, 1, 2]);
    now = 99;
    expect(await ask({ a: '1' })).toBe(1);
    now = 100;
    expect(await ask({ a: '1' })).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it('never remembers a failure', async () => {
    const { url } = await serve((_, response, count) =>
      response.writeHead(count === 1 ? 503 : 200).end('"ok"'),
    );
    const client = makeClient(url);
    await errorOf(client.get(request({ cacheFor: 1_000 })));
    expect(await client.get(request({ cacheFor: 1_000 }))).toBe('ok');
  });

  it('forgets what was used longest ago when its memory is full', async () => {
    const { url, seen } = await serve((_, response) => response.end(`"${'x'.repeat(398)}"`));
    const client = makeClient(url, { maximumCacheBytes: 1_000 });
    const ask = (path: string) => client.get(request({ path, cacheFor: 1_000 }));
    for (const path of ['/a', '/b', '/a', '/c', '/a', '/b']) await ask(path);
    expect(seen).toEqual(['/a', '/b', '/c', '/b']);
  });

  it('keeps to its number of requests at once, and a waiting caller can leave', async () => {
    let open = 0;
    let most = 0;
    const { url, seen } = await serve(async (_, response) => {
      most = Math.max(most, ++open);
      await sleep(20);
      open -= 1;
      response.end('1');
    });
    const client = makeClient(url, { maximumConcurrent: 2 });
    const leaving = new AbortController();
    const asked = Array.from({ length: 6 }, (_, index) => client.get(request({ path: `/${index}` })));
    const left = errorOf(client.get(request({ path: '/left', signal: leaving.signal })));
    leaving.abort();
    expect((await left).code).toBe('CANCELLED');
    await Promise.all(asked);
    expect(most).toBe(2);
    expect(seen).toHaveLength(6);
    expect(await client.get(request({ path: '/after' }))).toBe(1);
  });
});
