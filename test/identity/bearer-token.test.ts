import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { type SeenCaller, whoAsks } from '../fixtures/who-asks.js';
import { codesOf, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

let issuer: TokenIssuer;
let gateway: StartedGateway;

const settings = (more: Record<string, string> = {}) => ({
  AUTH_JWKS_URL: issuer.jwksUrl,
  AUTH_ISSUER: issuer.issuer,
  AUTH_AUDIENCE: 'askgraph',
  AUTH_CLOCK_SKEW_SECONDS: '5',
  AUTH_ROLES_CLAIM: 'realm_access.roles',
  ...more,
});

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startGateway(settings(), [whoAsks()]);
});
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
});
afterEach(() => {
  issuer.answer(200);
  vi.useRealTimers();
});

const ask = (token: string | undefined, url = gateway.url) =>
  send<{ who: string }>(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: '{"query":"{ who }"}',
  });
const seconds = () => Math.floor(Date.now() / 1_000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function refusal(token: string | undefined) {
  const answer = await ask(token);
  expect(answer.data).toBeUndefined();
  expect(answer.status).toBe(401);
  expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
  return { message: answer.errors?.[0]?.message, challenge: answer.headers.get('www-authenticate') };
}

describe('a bearer token', () => {
  it('says who asks, with the roles of the configured claim and the claims that tell of the person', async () => {
    const token = await issuer.token({ realm_access: { roles: ['analyst', 'hr'] }, region: 'EU' });
    const { status, data } = await ask(token);
    expect(status).toBe(200);
    const { subject, roles, claims } = JSON.parse(data.who) as SeenCaller;
    expect({ subject, roles }).toEqual({ subject: 'ada', roles: ['analyst', 'hr'] });
    expect(claims).toEqual({
      iss: issuer.issuer,
      sub: 'ada',
      aud: 'askgraph',
      region: 'EU',
      realm_access: { roles: ['analyst', 'hr'] },
    });
  });

  it.each([
    ['nothing', {}],
    ['numbers', { realm_access: { roles: [1, 2] } }],
    ['an object', { realm_access: { roles: { admin: true } } }],
    ['something that is no object', { realm_access: 'admin' }],
  ])('gives no role where its claim holds %s', async (_, claims) => {
    const { data } = await ask(await issuer.token(claims));
    expect(JSON.parse(data.who)).toMatchObject({ roles: [] });
  });

  it('reads roles from a claim whose own name has dots, and from a text of words', async () => {
    const other = await startGateway(settings({ AUTH_ROLES_CLAIM: 'https://acme.example/roles' }), [
      whoAsks(),
    ]);
    const token = await issuer.token({ 'https://acme.example/roles': 'analyst  admin' });
    const { data } = await ask(token, other.url);
    await other.close();
    expect(JSON.parse(data.who)).toMatchObject({ roles: ['analyst', 'admin'] });
  });

  it('is demanded', async () => {
    expect(await refusal(undefined)).toMatchObject({ challenge: 'Bearer realm="askgraph"' });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['expired', () => issuer.token({ exp: seconds() - 6 }), 'has expired'],
    ['not valid yet', () => issuer.token({ nbf: seconds() + 60 }), 'not valid yet'],
    ['for another audience', () => issuer.token({ aud: 'payroll' }), 'another audience'],
    ['of another issuer', () => issuer.token({ iss: 'https://evil.example/' }), 'another issuer'],
    ['without an end', async () => without(await issuer.token({}), 'exp'), 'not valid'],
    ['signed without an end', () => issuer.token({ exp: undefined as unknown as number }), '"exp"'],
    ['of nobody', () => issuer.token({ sub: '' }), '"sub"'],
    ['of somebody whom no database can name', () => issuer.token({ sub: 'ada\0' }), '"sub"'],
    ['altered', async () => altered(await issuer.token({})), 'not valid'],
    ['not signed', unsigned, 'not valid'],
    ['signed with the public key for a secret', confused, 'not valid'],
    ['of an unknown key', () => issuer.token({}, { kid: 'nobody' }), 'not valid'],
    ['with an extension that is not known', () => issuer.token({}, {}).then(critical), 'not valid'],
    ['no token', async () => 'nonsense', 'not valid'],
    ['huge', async () => 'a'.repeat(8_193), 'longer than 8192'],
  ])('is refused that is %s', async (_, make, message) => {
    const refused = await refusal(await make());
    expect(refused.message).toContain(message);
    expect(refused.challenge).toMatch(/^Bearer realm="askgraph", error="invalid_token", error_description="/);
  });

  it('is refused of an algorithm that is not among those that are let in, though its signature is good', async () => {
    const strict = await startGateway(settings({ AUTH_ALGORITHMS: 'ES256, PS256' }), [whoAsks()]);
    const refused = await ask(await issuer.token({}), strict.url);
    await strict.close();
    expect([refused.status, codesOf(refused)]).toEqual([401, ['UNAUTHENTICATED']]);
    await expect(startGateway(settings({ AUTH_ALGORITHMS: 'RS256,HS256' }))).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('AUTH_ALGORITHMS'),
    });
  });

  it('is good within the skew of the clocks', async () => {
    expect((await ask(await issuer.token({ exp: seconds() - 1, nbf: seconds() + 2 }))).status).toBe(200);
  });

  it('too long for any header is refused by the server itself', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${'a'.repeat(100_000)}` },
      body: '{"query":"{ who }"}',
    });
    expect(response.status).toBe(431);
  });

  async function unsigned(): Promise<string> {
    const [, payload] = (await issuer.token({})).split('.');
    return `${encode({ alg: 'none' })}.${payload}.`;
  }

  async function confused(): Promise<string> {
    const [header = '', payload] = (await issuer.token({})).split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const input = `${encode({ alg: 'HS256', kid })}.${payload}`;
    return `${input}.${createHmac('sha256', issuer.publicKey()).update(input).digest('base64url')}`;
  }

  function altered(token: string): string {
    const [header, payload = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    return [header, encode({ ...claims, sub: 'root' }), signature].join('.');
  }

  function without(token: string, claim: string): string {
    const [header, payload = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    return [header, encode({ ...claims, [claim]: undefined }), signature].join('.');
  }

  function critical(token: string): string {
    const [header = '', ...rest] = token.split('.');
    const fields = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    return [encode({ ...fields, crit: ['b64'], b64: false }), ...rest].join('.');
  }
});

describe('who presents credentials', () => {
  /** Sends header lines as they are; `fetch` would join those of one name. */
  function raw(lines: readonly string[]): Promise<{ status: number; body: string }> {
    const { hostname, port, host } = new URL(gateway.url);
    return new Promise((resolve, reject) => {
      const message = httpRequest({
        hostname,
        port,
        path: '/graphql',
        method: 'POST',
        headers: ['host', host, 'content-type', 'application/json', ...lines],
      });
      message.on('error', reject).on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
      message.end('{"query":"{ who }"}');
    });
  }

  it('twice in a header is refused, even where both are good', async () => {
    const token = `Bearer ${await issuer.token({})}`;
    expect((await raw(['authorization', token])).status).toBe(200);
    const { status, body } = await raw(['authorization', token, 'authorization', token]);
    expect([status, body]).toEqual([401, expect.stringContaining('more than once')]);
  });

  it('of two kinds is refused, whichever of them is good', async () => {
    const { status, body } = await raw([
      'authorization',
      `Bearer ${await issuer.token({})}`,
      'x-api-key',
      'agk_x',
    ]);
    expect([status, body]).toEqual([401, expect.stringContaining('a bearer token and an API key')]);
  });

  it.each(['Basic YWRhOmFkYQ==', 'Bearer', 'Bearer a b', 'token abc', ''])(
    'in a way that is not known is refused, and not taken for nobody: "%s"',
    async (authorization) => {
      expect((await raw(['authorization', authorization])).status).toBe(401);
    },
  );

  it('of a kind that is not configured is refused', async () => {
    const { status, body } = await raw(['x-api-key', 'agk_x']);
    expect([status, body]).toEqual([401, expect.stringContaining('takes no API keys')]);
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once for many tokens, and once more for one of a new key', async () => {
    const other = await startGateway(settings(), [whoAsks()]);
    const before = issuer.fetches();
    const token = await issuer.token({});
    await Promise.all(Array.from({ length: 20 }, () => ask(token, other.url)));
    expect(issuer.fetches()).toBe(before + 1);

    await issuer.rotate('kept');
    // Within the cool-down of the last fetch, nobody can make the gateway fetch again.
    const next = await issuer.token({});
    expect((await ask(next, other.url)).status).toBe(401);
    expect(issuer.fetches()).toBe(before + 1);

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    const answers = await Promise.all(
      [next, next, token, next].map(async (one) => (await ask(one, other.url)).status),
    );
    expect(answers).toEqual([200, 200, 200, 200]);
    expect(issuer.fetches()).toBe(before + 2);
    await other.close();
  });

  it('that are shown no more are good no more once they are fetched again', async () => {
    const other = await startGateway(settings(), [whoAsks()]);
    const old = await issuer.token({ exp: seconds() + 3_600 });
    expect((await ask(old, other.url)).status).toBe(200);
    await issuer.rotate('dropped');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
    expect((await ask(old, other.url)).status).toBe(401);
    expect((await ask(await issuer.token({}), other.url)).status).toBe(200);
    await other.close();
  });

  it('that cannot be fetched are no fault of the token', async () => {
    const other = await startGateway(settings(), [whoAsks()]);
    issuer.answer(500);
    const down = await ask(await issuer.token({}), other.url);
    expect([down.status, codesOf(down)]).toEqual([503, ['IDENTITY_UNAVAILABLE']]);
    issuer.answer(200);
    expect((await ask(await issuer.token({}), other.url)).status).toBe(200);
    // What is known stays good while they are down.
    issuer.answer(500);
    expect((await ask(await issuer.token({}), other.url)).status).toBe(200);
    await other.close();
  });
});
