import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, postGraphql, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { makeHome, type StartedProcess, startProcess } from '../start-process.js';

/** Processes start in a second or two; on a machine that is busy, in much more. */
const PATIENCE = 120_000;

describe('what stands around GraphQL', { timeout: PATIENCE }, () => {
  const home = makeHome('shared');
  let process: StartedProcess;

  beforeAll(async () => {
    process = await startProcess(['serve', '--port', '0'], {
      ASKGRAPH_HOME: home.path,
      CORS_ORIGINS: 'https://shop.example, https://desk.example',
    });
  });
  afterAll(async () => {
    await process?.stop();
    home.remove();
  });

  it('lives, and is ready once every domain and the store answer', async () => {
    const live = await fetch(`${process.url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    const ready = await fetch(`${process.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  });

  const preflight = (origin: string, method = 'POST') =>
    fetch(`${process.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type',
      },
    });

  it.each(['https://shop.example', 'https://desk.example'])('lets pages of %s in', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(headers.get('access-control-allow-headers')).toBe('content-type');
    expect(headers.get('vary')).toContain('Origin');

    const answer = await send(process.url, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: '{"query": "{ __typename }"}',
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')).toBe('x-request-id');
  });

  it.each(['https://shop.example.evil.example', 'http://shop.example', 'null'])(
    'lets no pages of %s in',
    async (origin) => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('lets nobody in where no origin is configured', async () => {
    const closed = await startGateway();
    const { headers } = await fetch(`${closed.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    await closed.close();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['an upload', 'multipart/form-data; boundary=x'],
    ['plain text', 'text/plain'],
  ])('answers nothing that a page may send without asking first: %s', async (_, type) => {
    const answer = await send(process.url, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"query": "mutation { deleteConversation(id: \\"x\\") }"}',
    });
    expect(answer.status).toBe(415);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    expect(answer.data).toBeUndefined();
  });

  it('answers no GET that a page may send without asking first', async () => {
    const answer = await send(process.url, {}, '/graphql?query=%7B__typename%7D');
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    expect(answer.errors?.[0]?.message).toContain('Cross-Site Request Forgery');
  });

  it.each(['/', '/graphql'])(
    'serves the page at %s, which is allowed nothing but its own host',
    async (path) => {
      const response = await fetch(`${process.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
      expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
    },
  );

  it('logs each request as a line of JSON, without what was asked or answered', async () => {
    const { headers } = await postGraphql(
      process.url,
      'query Secret($input: AskInput!) { ask(input: $input) { text } }',
      { input: { question: 'How many employees were hired before 1990?' } },
    );
    const failed = await fetch(`${process.url}/nowhere?token=hush`);
    const lines = await logLines(failed.headers.get('x-request-id'));
    expect(lines.find((line) => line.requestId === headers.get('x-request-id'))).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      method: 'POST',
      path: '/graphql',
      status: 200,
      milliseconds: expect.any(Number),
    });
    expect(lines.at(-1)).toMatchObject({ level: 'info', method: 'GET', path: '/nowhere', status: 404 });
    // Times and numbers of requests may look like anything.
    const told = lines.map(({ time: _, milliseconds: __, pid: ___, requestId: ____, ...rest }) => rest);
    expect(JSON.stringify(told)).not.toMatch(/hired|1990|Secret|hush|\b29\b/);
    expect(process.stderr()).not.toMatch(/hired|Secret|hush/);
  });

  it('tells a newcomer where it is, and nothing that only its makers understand', () => {
    expect(process.stdout()).toContain(`Ask page             ${process.url}/\n`);
    expect(process.stdout()).toContain(`GraphQL, GraphiQL    ${process.url}/graphql\n`);
    expect(process.stderr()).not.toMatch(/warning|deprecat|FST|listening/i);
  });

  /** The lines written so far, once the last request is among them. */
  async function logLines(requestId: string | null): Promise<Record<string, unknown>[]> {
    await expect.poll(() => process.stderr()).toContain(requestId);
    return process
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
});

describe('a gateway that loses what it needs', () => {
  it('lives but is not ready when its store is gone, and goes on answering what needs none', async () => {
    const home = makeHome('shared');
    const gateway: StartedGateway = await startGateway({
      ASKGRAPH_HOME: home.path,
      DATABASE_URL: `file:${join(home.path, 'store.db')}`,
      // With the trail in the store too, no statement would run without it.
      ASKGRAPH_AUDIT: 'file',
    });
    try {
      expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
      rmSync(join(home.path, 'store.db'));

      expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
      const ready = await fetch(`${gateway.url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({
        status: 'unavailable',
        code: 'STORE_UNAVAILABLE',
        message: 'The store of conversations does not answer.',
      });
      const answer = await postGraphql(gateway.url, '{ hr { employeesAggregate { count } } }');
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({ hr: { employeesAggregate: [{ count: '300' }] } });
    } finally {
      await gateway.close();
      home.remove();
    }
  });
});
