import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenidProvider, startOpenidProvider } from '../fakes/openid-provider.js';
import { type SeenCaller, whoAsks } from '../fixtures/who-asks.js';
import { codesOf, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

let provider: OpenidProvider;
let gateway: StartedGateway;

beforeAll(async () => {
  provider = await startOpenidProvider();
  gateway = await startGateway(
    {
      OIDC_ISSUER: provider.url,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      AUTH_CLOCK_SKEW_SECONDS: '0',
    },
    [whoAsks()],
  );
});
afterAll(async () => {
  await gateway?.close();
  await provider?.close();
});

const get = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } });
const cookieOf = (response: Response, name: string) =>
  response.headers.getSetCookie().find((line) => line.startsWith(`${name}=`)) ?? '';
const valueOfCookie = (line: string) => line.split(';')[0] ?? '';

/** As far as the provider's way back: the address that it sends the browser to, and the cookie of the attempt. */
async function goAway(returnTo = '/?q=why') {
  const start = await get(`${gateway.url}/sign-in?return=${encodeURIComponent(returnTo)}`);
  expect(start.status).toBe(302);
  const attempt = cookieOf(start, 'askgraph_sign_in');
  const back = (await get(start.headers.get('location') ?? '')).headers.get('location') ?? '';
  return { attempt, back };
}

async function signIn(returnTo?: string) {
  const { attempt, back } = await goAway(returnTo);
  const end = await get(back, valueOfCookie(attempt));
  return { end, line: cookieOf(end, 'askgraph_session') };
}

const ask = (cookie: string, headers: Record<string, string> = { origin: gateway.url }) =>
  send<{ who: string }>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...headers },
    body: '{"query":"{ who }"}',
  });

describe('sign-in', () => {
  it('leads to the provider and back to the page, with a session that says who asks', async () => {
    const { end, line } = await signIn();
    expect([end.status, end.headers.get('location')]).toEqual([303, '/?q=why']);
    expect(line).toMatch(/^askgraph_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const { data } = await ask(valueOfCookie(line));
    const { subject, roles } = JSON.parse(data.who) as SeenCaller;
    expect({ subject, roles }).toEqual({ subject: 'ada', roles: ['analyst'] });
    const shown = await (await get(`${gateway.url}/identity.json`, valueOfCookie(line))).json();
    expect(shown).toEqual({ name: 'Ada Lovelace', signIn: '/sign-in', signOut: '/sign-out' });
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
    'comes back to the own pages only, not to %s',
    async (elsewhere) => {
      expect((await signIn(elsewhere)).end.headers.get('location')).toBe('/');
    },
  );

  it('is not finished in another browser, with another state, or a second time', async () => {
    const { attempt, back } = await goAway();
    expect((await get(back)).status).toBe(401);
    const changed = new URL(back);
    changed.searchParams.set('state', 'another');
    const refused = await get(changed.href, valueOfCookie(attempt));
    expect([refused.status, cookieOf(refused, 'askgraph_session')]).toEqual([401, '']);
    expect((await get(back, valueOfCookie(attempt))).status).toBe(303);
    expect((await get(back, valueOfCookie(attempt))).status).toBe(401);
  });

  it.each([
    ['another nonce', { nonce: 'another' }],
    ['another client', { aud: 'another' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['an end in the past', { exp: 1 }],
  ])('is refused with an id token of %s', async (_, claims) => {
    provider.claims(claims);
    const { end, line } = await signIn();
    provider.claims({});
    expect([end.status, line]).toEqual([401, '']);
  });
});

describe('a session', () => {
  it('is good for requests of the own pages only', async () => {
    const cookie = valueOfCookie((await signIn()).line);
    expect((await ask(cookie)).status).toBe(200);
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: gateway.url, 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[]) {
      const answer = await ask(cookie, headers);
      expect([answer.status, codesOf(answer)]).toEqual([403, ['FORBIDDEN']]);
    }
  });

  it('is refreshed once before its end, however many requests come, and ends when the provider says so', async () => {
    provider.lifetime(30);
    const cookie = valueOfCookie((await signIn()).line);
    const before = provider.refreshes();
    provider.lifetime(3_600);
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(cookie)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(provider.refreshes()).toBe(before + 1);

    provider.lifetime(30);
    const ending = valueOfCookie((await signIn()).line);
    provider.endSessions();
    expect((await ask(ending)).status).toBe(401);
    expect((await ask(ending)).status).toBe(401);
    provider.lifetime(3_600);
  });

  it('ends with sign-out, here and at the provider', async () => {
    const cookie = valueOfCookie((await signIn()).line);
    const leave = (origin: string) =>
      fetch(`${gateway.url}/sign-out`, { method: 'POST', headers: { cookie, origin } });
    expect((await leave('https://evil.example')).status).toBe(403);
    expect((await ask(cookie)).status).toBe(200);
    const out = await leave(gateway.url);
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
    const { continueAt } = (await out.json()) as { continueAt: string };
    expect((await get(continueAt)).headers.get('location')).toBe(`${gateway.url}/`);
    expect(provider.signOuts()).toBe(1);
    expect((await ask(cookie)).status).toBe(401);
  });

  it.each(['x', 'A'.repeat(43), '../../etc'])('that is none is refused: %s', async (value) => {
    expect((await ask(`askgraph_session=${value}`)).status).toBe(401);
  });
});
