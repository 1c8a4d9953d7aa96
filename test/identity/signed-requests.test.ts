import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { openSubgraph } from '../../subgraphs/open-subgraph.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type SubgraphServer, serveSubgraphHttp } from '../../subgraphs/serve.js';
import { requestSigner, type UnsignedRequest } from '../../subgraphs/signature/sign-request.js';
import { subgraphKeys } from '../../subgraphs/signature/subgraph-keys.js';
import { type SeenCaller, whoAsks } from '../fixtures/who-asks.js';
import { runProcess } from '../start-process.js';

const KEY = 'k'.repeat(32);
const NEXT = 'n'.repeat(32);
let clock = Date.now();
const now = () => new Date(clock);
let server: SubgraphServer;

beforeAll(async () => {
  server = await serve([KEY, NEXT]);
});
afterAll(() => server?.close());

async function serve(keys: readonly string[]): Promise<SubgraphServer> {
  const surroundings = { environment: {}, dataDirectory: '', report: () => {}, audit: NO_AUDIT };
  const subgraph = await openSubgraph(whoAsks(), surroundings);
  const options = { host: '127.0.0.1', port: 0, bodyLimitBytes: 10_000, timeoutMilliseconds: 5_000 };
  return serveSubgraphHttp(subgraph, { ...options, keys, now });
}

const context: RequestContext = {
  requestId: 'request-1',
  caller: { subject: 'ada', roles: ['hr'], claims: { region: 'EU' } },
  asOf: new Date('2024-05-01T00:00:00Z'),
  signal: new AbortController().signal,
  deadline: new Date(clock + 10_000),
};
const QUERY = '{"query":"{ who }"}';

interface Signed {
  readonly headers: Record<string, string>;
  readonly request: UnsignedRequest;
}

function signed(more: Partial<UnsignedRequest> = {}, key = KEY, audience = 'who'): Signed {
  const request = { method: 'POST', url: new URL(server.url), body: QUERY, context, ...more } as const;
  return { request, headers: requestSigner({ audience, key, now, newNonce: randomUUID })(request) };
}

async function post({ request, headers }: Signed, changed: Partial<UnsignedRequest> = {}) {
  const { method, url, body } = { ...request, ...changed };
  const response = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body }) });
  const answer = (await response.json()) as {
    data?: { who: string };
    errors?: { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, data: answer.data, error: answer.errors?.[0] };
}

async function refusal(signature: Signed, changed: Partial<UnsignedRequest> = {}) {
  const { status, data, error } = await post(signature, changed);
  expect([status, data, error?.extensions.code]).toEqual([401, undefined, 'SIGNATURE_INVALID']);
  return error?.message;
}

describe('a signed request', () => {
  it('is answered, and tells the domain who asks', async () => {
    const { status, data } = await post(signed());
    expect(status).toBe(200);
    expect(JSON.parse(data?.who ?? '') as SeenCaller).toEqual(context.caller);
  });

  it('is answered with either of two keys, and with no third', async () => {
    expect((await post(signed({}, NEXT))).status).toBe(200);
    expect(await refusal(signed({}, 'x'.repeat(32)))).toContain('not right for this subgraph');
  });

  it('is answered once', async () => {
    const request = signed();
    expect((await post(request)).status).toBe(200);
    expect(await refusal(request)).toContain('answered before');
    expect(await refusal(request)).toContain('answered before');
  });

  it('is answered once, also where both come at the same time', async () => {
    const request = signed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(request)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each(['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }', '{ who }'])(
    'is needed for %s',
    async (query) => {
      const body = JSON.stringify({ query });
      const request = signed({ body });
      expect(await refusal({ ...request, headers: {} })).toContain('not signed');
    },
  );

  it('is for one subgraph', async () => {
    expect(await refusal(signed({}, KEY, 'payroll'))).toContain('not right for this subgraph');
  });

  it('is for its method, its path and its query', async () => {
    const url = new URL(server.url);
    expect(await refusal(signed(), { method: 'GET' })).toContain('not right');
    expect(await refusal(signed(), { url: new URL('/sql', url) })).toContain('not right');
    expect(await refusal(signed(), { url: new URL('?a=b', url) })).toContain('not right');
  });

  it('is for its body', async () => {
    expect(await refusal(signed(), { body: '{"query":"{ who } "}' })).toContain('not right');
  });

  const other = Buffer.from(JSON.stringify({ ...context.caller, roles: ['admin'] })).toString('base64');
  it.each([
    ['x-askgraph-caller', other],
    ['x-askgraph-request-id', 'request-2'],
    ['x-askgraph-as-of', '2020-01-01T00:00:00.000Z'],
    ['x-askgraph-time-left', '999999'],
    ['x-askgraph-nonce', 'another'],
    ['x-askgraph-time', String(clock + 1)],
    ['x-askgraph-signature', '0'.repeat(64)],
    ['x-askgraph-signature', ''],
    ['x-askgraph-signature', 'é'],
  ])('is refused where %s is changed', async (name, value) => {
    const request = signed();
    await refusal({ ...request, headers: { ...request.headers, [name]: value } });
  });

  it('is refused where a header of it is taken away or sent twice', async () => {
    const request = signed();
    for (const name of Object.keys(request.headers)) {
      const { [name]: _, ...rest } = request.headers;
      await refusal({ ...request, headers: rest });
    }
    const twice = new Headers(request.headers);
    twice.append('x-askgraph-caller', other);
    await refusal({ ...request, headers: Object.fromEntries(twice) });
  });

  it('is good for half a minute by either clock', async () => {
    const [early, late, inTime] = [signed(), signed(), signed()];
    const at = clock;
    clock = at + 30_001;
    expect(await refusal(late)).toContain('not signed just now');
    clock = at - 30_001;
    expect(await refusal(early)).toContain('not signed just now');
    clock = at + 30_000;
    expect((await post(inTime)).status).toBe(200);
    clock = at + 60_000;
    expect(await refusal(inTime)).toContain('not signed just now');
  });

  it('is remembered as long as it could come again, whatever the clocks', async () => {
    const at = clock;
    // Signed by a clock that runs ahead: it stays good for nearly a minute.
    clock = at + 29_000;
    const ahead = signed();
    clock = at;
    expect((await post(ahead)).status).toBe(200);
    clock = at + 58_000;
    expect(await refusal(ahead)).toContain('answered before');
  });

  it('too large is refused before it is read to its end', async () => {
    const body = JSON.stringify({ query: ' '.repeat(11_000) });
    expect((await post(signed({ body }))).status).toBe(413);
  });

  it('that makes no sense is told so', async () => {
    for (const body of ['', '{', '{}', '{"query": "{"}', '{"query": "{ nope }"}']) {
      const { status, error } = await post(signed({ body }));
      expect([status, error?.extensions.code], body).toEqual([400, expect.stringMatching(/^BAD_/)]);
    }
    const get = signed({ method: 'GET', body: '' });
    expect((await post(get)).status).toBe(405);
    const nowhere = signed({ url: new URL('/nowhere', server.url) });
    expect((await post(nowhere)).status).toBe(404);
  });
});

describe('the keys of a subgraph', () => {
  const home = mkdtempSync(join(tmpdir(), 'askgraph-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const place = { name: 'hr', home, environment: {}, host: '127.0.0.1', randomBytes };

  it('are its setting’s: one, or two while one takes the place of the other', () => {
    const keys = (value: string) => subgraphKeys({ ...place, environment: { SUBGRAPH_HR_KEY: value } });
    expect(keys(KEY)).toEqual([KEY]);
    expect(keys(`${NEXT}, ${KEY}`)).toEqual([NEXT, KEY]);
    expect(() => keys('short')).toThrow(/SUBGRAPH_HR_KEY: .*32/);
    expect(() => keys(`${KEY},short`)).toThrow(/32/);
    expect(() => keys(`${KEY},${NEXT},${KEY}`)).toThrow(/SUBGRAPH_HR_KEY: /);
  });

  it('are made once on one machine, and read by nobody else', () => {
    const [first] = subgraphKeys(place);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(subgraphKeys(place)).toEqual([first]);
    expect(subgraphKeys({ ...place, name: 'sales' })).not.toEqual([first]);
    const file = join(home, 'keys', 'hr.key');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(first);
    expect(readdirSync(join(home, 'keys')).sort()).toEqual(['hr.key', 'sales.key']);
  });

  it('are demanded of a subgraph that others can reach, and of its gateway', async () => {
    const subgraph = await runProcess(['subgraph', 'hr'], {
      HOST: '0.0.0.0',
      PORT: '0',
      ASKGRAPH_HOME: home,
    });
    expect([subgraph.code, subgraph.stdout]).toEqual([1, '']);
    expect(subgraph.stderr).toMatch(/CONFIGURATION_INVALID: .*SUBGRAPH_HR_KEY: is needed/);
    const gateway = await runProcess(['serve'], {
      PORT: '0',
      ASKGRAPH_HOME: home,
      SUBGRAPH_HR_URL: 'http://hr.internal:4101/graphql',
    });
    expect([gateway.code, gateway.stdout]).toEqual([1, '']);
    expect(gateway.stderr).toMatch(/CONFIGURATION_INVALID: .*SUBGRAPH_HR_KEY: is needed/);
  }, 120_000);
});
