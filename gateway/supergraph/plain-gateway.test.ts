import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayServer, startGatewayServer } from '../gateway-server.js';
import { composeSupergraph } from './compose.js';
import { readGatewayConfig } from './gateway-config.js';
import { openPlainGateway, type PlainGateway } from './plain-gateway.js';

/** A subgraph that answers by name: what is asked is looked for in the query's text. */
interface Subgraph {
  readonly url: string;
  readonly seen: { headers: IncomingHttpHeaders; body: { query: string } }[];
  cacheControl: string | undefined;
  release(): void;
  close(): Promise<void>;
}

async function serveAnswers(version: string): Promise<Subgraph> {
  const seen: Subgraph['seen'] = [];
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
    seen.push({ headers: request.headers, body });
    if (body.query.includes('slow')) await released;
    const data = body.query.includes('mutation')
      ? { change: 1 }
      : body.query.includes('slow')
        ? { slow: version }
        : body.query.includes('echo')
          ? Object.fromEntries([
              [/(\w+): ?echo/.exec(body.query)?.[1] ?? 'echo', Object.values(body.variables)[0] ?? 7],
            ])
          : { who: version };
    if (subgraph.cacheControl !== undefined) response.setHeader('cache-control', subgraph.cacheControl);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const subgraph: Subgraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    seen,
    cacheControl: undefined,
    release,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return subgraph;
}

const SDL = 'type Query { who: String slow: String echo(n: Int): Int } type Mutation { change: Int }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let directory: string;
let first: Subgraph;
let second: Subgraph;
let gateway: PlainGateway;
let server: GatewayServer;
const events: string[] = [];

async function supergraphOf({ url }: Subgraph): Promise<string> {
  return composeSupergraph([{ name: 'only', sdl: SDL, url }]);
}

async function start(environment: Record<string, string> = {}, supergraph?: string): Promise<void> {
  const file = join(directory, 'supergraph.graphql');
  writeFileSync(file, supergraph ?? (await supergraphOf(first)));
  const config = readGatewayConfig({ SUPERGRAPH: file, REQUEST_LIMIT_BYTES: '2000', ...environment });
  let made = 0;
  gateway = await openPlainGateway({
    config,
    report: ({ message }) => events.push(message),
    now: () => new Date('2020-01-01T00:00:00Z'),
    newHex: (bytes) => {
      made += 1;
      return String(made).padStart(bytes * 2, '0');
    },
  });
  server = await startGatewayServer({ host: '127.0.0.1', port: 0, graphql: gateway.graphql });
}

async function stop(): Promise<void> {
  await server.close();
  await gateway.close();
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: { code: string } }[];
  };
}

async function send(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(server.url.replace('/graphql', path), init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Reply['body'],
  };
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const MODERN = { accept: 'application/graphql-response+json' };
const GET = { headers: { 'apollo-require-preflight': '1' } };

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plain-gateway-'));
  events.length = 0;
  [first, second] = await Promise.all([serveAnswers('first'), serveAnswers('second')]);
});

afterEach(async () => {
  await Promise.all([first.close(), second.close()]);
  rmSync(directory, { recursive: true });
});

describe('a plain gateway over HTTP', () => {
  beforeEach(() => start());
  afterEach(stop);

  it('answers in the media type that the client takes', async () => {
    const plain = await post({ query: '{ who }' }, { accept: '*/*' });
    expect(plain).toMatchObject({ status: 200, body: { data: { who: 'first' } } });
    expect(plain.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const modern = await post(
      { query: '{ who }' },
      { accept: `text/html, application/json;q=0.5, ${MODERN.accept}` },
    );
    expect(modern.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await post({ query: '{ who }' }, { accept: 'text/html' })).toMatchObject({ status: 406 });
    expect(await post({ query: '{ who }' }, { accept: 'application/json;q=0' })).toMatchObject({
      status: 406,
    });
  });

  it('says with its status, in the modern media type, that a document is not valid', async () => {
    for (const query of ['{ who ', '{ nobody }', 'query ($n: Int!) { echo(n: $n) }']) {
      const modern = await post({ query }, MODERN);
      expect(modern.status).toBe(400);
      expect(modern.body).not.toHaveProperty('data');
      expect(modern.body.errors?.[0]?.extensions.code).toMatch(/^BAD_/);
      expect(await post({ query }, { accept: 'application/json' })).toMatchObject({
        status: 200,
        body: { errors: modern.body.errors },
      });
    }
  });

  it.each([
    ['no JSON', '{', 400],
    ['a batch', '[{"query":"{ who }"}]', 400],
    ['no object', '"{ who }"', 400],
    ['no query', '{}', 400],
    ['a query that is no text', '{"query":1}', 400],
    ['variables that are no object', '{"query":"{ who }","variables":[1]}', 400],
    ['a name that is no text', '{"query":"{ who }","operationName":1}', 400],
    ['an operation that is not there', '{"query":"{ who }","operationName":"Other"}', 400],
    ['several operations and no name', '{"query":"query A { who } query B { who }"}', 400],
    ['too much', `{"query":"{ who } #${'x'.repeat(3000)}"}`, 413],
  ])('refuses %s', async (_, body, status) => {
    const reply = await post(body, { accept: 'application/json' });
    expect(reply.status).toBe(status);
    expect(reply.body.errors).toHaveLength(1);
    expect(first.seen).toEqual([]);
  });

  it('answers queries by GET, never mutations', async () => {
    const query = `query Q($n: Int) { echo(n: $n) }`;
    const search = new URLSearchParams({ query, variables: '{"n":3}', operationName: 'Q' });
    expect(await send(`/graphql?${search}`, GET)).toMatchObject({ status: 200, body: { data: { echo: 3 } } });
    const mutation = await send(`/graphql?query=${encodeURIComponent('mutation { change }')}`, GET);
    expect(mutation.status).toBe(405);
    expect(mutation.headers.get('allow')).toBe('POST');
    expect(await send('/graphql?query={who}&query={slow}', GET)).toMatchObject({ status: 400 });
    expect(await send('/graphql?query={who}&variables={', GET)).toMatchObject({ status: 400 });
    expect(first.seen).toHaveLength(1);
    const other = await send('/graphql', { method: 'PUT', ...GET });
    expect(other.status).toBe(405);
    expect(other.headers.get('allow')).toBe('GET, POST');
    expect(await post({ query: 'mutation { change }' })).toMatchObject({ body: { data: { change: 1 } } });
  });

  it('answers nothing that a page of another origin may have forged', async () => {
    const forged = [
      send('/graphql?query={who}'),
      send('/graphql', { method: 'POST', body: '{"query":"{ who }"}' }),
      post({ query: '{ who }' }, { 'content-type': 'text/plain' }),
      post({ query: '{ who }' }, { 'content-type': 'application/x-www-form-urlencoded; charset=x' }),
    ];
    for (const reply of await Promise.all(forged)) {
      expect(reply.status).toBe(400);
      expect(reply.body.errors?.[0]?.message).toContain('forged');
    }
    expect(await post({ query: '{ who }' }, { 'content-type': 'application/xml' })).toMatchObject({
      status: 415,
    });
    expect(first.seen).toEqual([]);
  });

  it('learns automatically persisted queries', async () => {
    const query = '{ who }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    const unknown = await post({ extensions });
    expect(unknown).toMatchObject({ status: 200, body: { errors: [{ message: 'PersistedQueryNotFound' }] } });
    expect(await post({ query: '{ slow }', extensions })).toMatchObject({ status: 400 });
    expect(await post({ query, extensions })).toMatchObject({ body: { data: { who: 'first' } } });
    expect(await post({ extensions })).toMatchObject({ body: { data: { who: 'first' } } });
    const search = new URLSearchParams({ extensions: JSON.stringify(extensions) });
    expect(await send(`/graphql?${search}`, GET)).toMatchObject({ body: { data: { who: 'first' } } });
  });

  it('merges what subgraphs say of caching, and keeps what they do not speak of private', async () => {
    const silent = await post({ query: '{ who }' });
    expect(silent.headers.get('cache-control')).toBe('private, no-store');
    first.cacheControl = 'public, max-age=60';
    const loud = await post({ query: '{ who }' });
    expect(loud.headers.get('cache-control')).toBe('max-age=60, public');
    const mutation = await post({ query: 'mutation { change }' });
    expect(mutation.headers.get('cache-control')).toBe('private, no-store');
  });

  it("goes on with the client's trace, and begins one where there is none", async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const given = { traceparent: `00-${trace}-00f067aa0ba902b7-01`, tracestate: 'a=b' };
    await post({ query: '{ who }' }, given);
    await post({ query: '{ who }' });
    await post({ query: '{ who }' }, { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` });
    const [one, two, three] = first.seen.map(({ headers }) => headers);
    expect(one).toMatchObject({ traceparent: `00-${trace}-${'1'.padStart(16, '0')}-01`, tracestate: 'a=b' });
    expect(two?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(three?.traceparent).not.toContain('00f067aa0ba902b7');
    expect(two).not.toHaveProperty('tracestate');
  });

  it('serves another supergraph when its file changes, and drops no request', async () => {
    const file = join(directory, 'supergraph.graphql');
    const slow = post({ query: '{ slow }' });
    let failures = 0;
    let isOver = false;
    const pounding = (async () => {
      while (!isOver) {
        const { body } = await post({ query: '{ who }' });
        if (body.data === undefined) failures += 1;
      }
    })();
    writeFileSync(file, 'type Query {');
    await until(() => events.includes('The new supergraph cannot be served; the one before it still is.'));
    const next = join(directory, 'next.graphql');
    writeFileSync(next, await supergraphOf(second));
    renameSync(next, file);
    await until(() => events.includes('The supergraph was loaded anew.'));
    expect((await post({ query: '{ who }' })).body.data).toEqual({ who: 'second' });
    isOver = true;
    await pounding;
    first.release();
    expect((await slow).body.data).toEqual({ slow: 'first' });
    expect(failures).toBe(0);
  });

  it('cancels what it asked of subgraphs when the client goes away', async () => {
    const url = new URL(server.url);
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    request.on('error', () => {});
    request.end('{"query":"{ slow }"}');
    await until(() => first.seen.length === 1);
    request.destroy();
    // Nothing is under way any more: the gateway closes although the subgraph never answers.
    await gateway.close();
    first.release();
  });

  it('finishes what is under way before it ends', async () => {
    const slow = post({ query: '{ slow }' });
    await until(() => first.seen.length === 1);
    const stopping = stop();
    await sleep(100);
    first.release();
    expect(await slow).toMatchObject({ status: 200, body: { data: { slow: 'first' } } });
    await stopping;
    await expect(post({ query: '{ who }' })).rejects.toThrow();
    await start();
  });
});

describe('the settings of a plain gateway', () => {
  afterEach(stop);

  it('lets on only the headers that rules name, renamed and to the subgraph they are for', async () => {
    await start({
      FORWARD_HEADERS: 'Authorization, x-tenant -> x-customer, x-key @ only, x-other @ another',
    });
    first.cacheControl = 'max-age=5';
    const reply = await post(
      { query: '{ who }' },
      { authorization: 'Bearer 1', 'x-tenant': 'acme', 'x-key': 'k', 'x-other': 'o', cookie: 'c=1' },
    );
    expect(first.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer 1',
      'x-customer': 'acme',
      'x-key': 'k',
    });
    for (const name of ['x-tenant', 'x-other', 'cookie'])
      expect(first.seen[0]?.headers).not.toHaveProperty(name);
    // What was answered to this client is nobody else's.
    expect(reply.headers.get('cache-control')).toBe('private, no-store');
  });

  it('asks another subgraph for a field whose override has a label, where a rule says that the label holds', async () => {
    const link =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@override"]) type Query';
    const labelled = await composeSupergraph([
      { name: 'old', sdl: `${link} { who: String echo: Int }`, url: first.url },
      { name: 'new', sdl: `${link} { who: String @override(from: "old", label: "moved") }`, url: second.url },
    ]);
    await start({ OVERRIDE_LABELS: 'moved = x-tenant: acme, moved = X-Beta, other = x-other' }, labelled);
    const who = async (headers: Record<string, string>) =>
      (await post({ query: '{ who }' }, headers)).body.data?.who;
    expect(await who({})).toBe('first');
    expect(await who({ 'x-tenant': 'acme' })).toBe('second');
    expect(await who({ 'x-tenant': 'acme.example' })).toBe('first');
    expect(await who({ 'x-beta': '' })).toBe('second');
    expect(await who({ 'x-other': 'yes' })).toBe('first');
    first.cacheControl = 'max-age=5';
    const reply = await post({ query: '{ who }' }, { 'x-tenant': 'another' });
    expect(reply.headers.get('cache-control')).toBe('private, no-store');
  });

  it('answers nothing but what its safelist names', async () => {
    const safelist = join(directory, 'safelist.json');
    writeFileSync(safelist, JSON.stringify(['{ who }']));
    await start({ SAFELIST: safelist });
    const persistedQuery = { version: 1, sha256Hash: sha256('{ who }') };
    expect(await post({ query: '{ who }' })).toMatchObject({ body: { data: { who: 'first' } } });
    expect(await post({ extensions: { persistedQuery } })).toMatchObject({
      body: { data: { who: 'first' } },
    });
    expect(await post({ query: '{ echo }' })).toMatchObject({ status: 403 });
    expect(await post({ query: '{ echo }', extensions: { persistedQuery } })).toMatchObject({ status: 403 });
  });

  it('refuses introspection, and documents of too many tokens', async () => {
    await start({ INTROSPECTION: 'refused', DOCUMENT_LIMIT_TOKENS: '20' });
    expect((await post({ query: '{ __schema { types { name } } }' })).body.data).toBeUndefined();
    expect((await post({ query: `{ ${'who '.repeat(30)} }` })).body.data).toBeUndefined();
    expect((await post({ query: '{ __typename who }' })).body.data).toEqual({
      __typename: 'Query',
      who: 'first',
    });
  });
});

it('refuses a rule for a label that is not one', () => {
  for (const rule of ['moved', 'moved = ', '= x-beta', 'moved = role()', 'moved = x beta']) {
    expect(() => readGatewayConfig({ SUPERGRAPH: 'file', OVERRIDE_LABELS: rule })).toThrow('OVERRIDE_LABELS');
  }
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !isSo(); tries++) await sleep(20);
  expect(isSo()).toBe(true);
}
