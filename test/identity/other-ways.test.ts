import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startTokenIssuer } from '../fakes/token-issuer.js';
import { type SeenCaller, whoAsks } from '../fixtures/who-asks.js';
import { codesOf, send } from '../post-graphql.js';
import { startGateway } from '../start-gateway.js';
import { runProcess } from '../start-process.js';

const PATIENCE = 120_000;

const ask = (url: string, headers: Record<string, string> = {}) =>
  send<{ who: string }>(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{ who }"}',
  });
const seen = ({ data }: { data: { who: string } }) => {
  const { subject, roles } = JSON.parse(data.who) as SeenCaller;
  return { subject, roles };
};

describe('an API key', { timeout: PATIENCE }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-'));
  const store = join(folder, 'store.db');
  const environment = { DATABASE_URL: `file:${store}`, AUTH_API_KEYS: 'accepted' };
  const command = async (...words: string[]) => {
    const { code, stdout, stderr } = await runProcess(['key', ...words], environment);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    return stdout.trim();
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says who asks until it is revoked, in a gateway that runs', async () => {
    const key = await command('create', '--subject', 'nightly report', '--role', 'analyst', 'hr');
    const gateway = await startGateway(environment, [whoAsks()]);
    const headers = { 'x-api-key': key };
    expect(seen(await ask(gateway.url, headers))).toEqual({
      subject: 'nightly report',
      roles: ['analyst', 'hr'],
    });
    const [, id = ''] = key.split('_');
    expect(await command('list')).toMatch(new RegExp(`^${id}\tgood\t\\S+\tnightly report\tanalyst,hr$`, 'm'));

    await command('revoke', id);
    const refused = await ask(gateway.url, headers);
    expect([refused.status, codesOf(refused)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(refused.errors?.[0]?.message).toContain('revoked');
    expect(await command('list')).toMatch(new RegExp(`^${id}\trevoked `, 'm'));
    await gateway.close();
  });

  it('ends when it was said to', async () => {
    const key = await command('create', '--subject', 'trial', '--expires', '30d');
    const gateway = await startGateway(environment, [whoAsks()]);
    expect(seen(await ask(gateway.url, { 'x-api-key': key }))).toEqual({ subject: 'trial', roles: [] });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 86_400_000 });
    const late = await ask(gateway.url, { 'x-api-key': key });
    vi.useRealTimers();
    expect([late.status, late.errors?.[0]?.message]).toEqual([401, 'The API key has expired.']);
    await gateway.close();
  });

  it('cannot be found in the store, and one that is nearly right is not good', async () => {
    const key = await command('create', '--subject', 'ada');
    const [, id = '', secret = ''] = /^agk_([0-9a-f]+)_(.+)$/.exec(key) ?? [];
    expect(secret).toHaveLength(43);
    const bytes = [store, `${store}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
    expect(bytes).toContain(id);
    expect(bytes).not.toContain(secret);

    const gateway = await startGateway(environment, [whoAsks()]);
    const other = secret.endsWith('A') ? 'E' : 'A';
    for (const wrong of [
      `agk_${id}_${secret.slice(0, -1)}${other}`,
      `agk_0000000000000000_${secret}`,
      `agk_${id}_`,
      key.toUpperCase(),
      secret,
      `${id}' OR '1'='1`,
    ]) {
      const { status, errors } = await ask(gateway.url, { 'x-api-key': wrong });
      expect([status, errors?.[0]?.message]).toEqual([401, 'The API key is not known.']);
    }
    await gateway.close();
  });

  it('needs a subject and an end in the future, and revoking needs one that is there', async () => {
    const failed = async (...words: string[]) => runProcess(['key', ...words], environment);
    expect((await failed('create')).code).toBe(2);
    for (const end of ['yesterday', '2001-01-01', '30']) {
      const { code, stderr } = await failed('create', '--subject', 'a', '--expires', end);
      expect([code, stderr]).toEqual([1, expect.stringContaining('BAD_USER_INPUT')]);
    }
    expect((await failed('revoke', 'abc')).stderr).toContain('NOT_FOUND: There is no API key "abc".');
  });
});

describe('a proxy that signs people in', () => {
  const headers = { 'x-forwarded-user': 'Zoë'.normalize('NFC'), 'x-forwarded-groups': 'analyst, hr,' };
  /** As a proxy writes UTF-8 into a header. */
  const sent = { ...headers, 'x-forwarded-user': Buffer.from('Zoë').toString('latin1') };

  it('tells who asks and in which groups', async () => {
    const gateway = await startGateway({ AUTH_PROXY_ADDRESSES: '10.0.0.0/8, 127.0.0.1' }, [whoAsks()]);
    expect(seen(await ask(gateway.url, sent))).toEqual({ subject: 'Zoë', roles: ['analyst', 'hr'] });
    expect((await ask(gateway.url)).status).toBe(401);
    await gateway.close();
  });

  it('tells it in the headers of its own', async () => {
    const gateway = await startGateway(
      {
        AUTH_PROXY_ADDRESSES: '127.0.0.0/8',
        AUTH_PROXY_SUBJECT_HEADER: 'X-Who',
        AUTH_PROXY_ROLES_HEADER: 'X-Roles',
      },
      [whoAsks()],
    );
    expect(seen(await ask(gateway.url, { 'x-who': 'ada', 'x-roles': 'a', ...sent }))).toEqual({
      subject: 'ada',
      roles: ['a'],
    });
    expect((await ask(gateway.url, sent)).status).toBe(401);
    await gateway.close();
  });

  it('is believed only at its own address, whatever headers say about addresses', async () => {
    const gateway = await startGateway({ AUTH_PROXY_ADDRESSES: '10.1.2.3', AUTH_ANONYMOUS: 'allowed' }, [
      whoAsks(),
    ]);
    const spoofed = {
      ...sent,
      'x-forwarded-for': '10.1.2.3',
      forwarded: 'for=10.1.2.3',
      'x-real-ip': '10.1.2.3',
    };
    expect(seen(await ask(gateway.url, spoofed))).toEqual({ subject: 'anonymous', roles: ['anonymous'] });
    await gateway.close();
  });

  it('is nothing where none is configured', async () => {
    const gateway = await startGateway({}, [whoAsks()]);
    expect(seen(await ask(gateway.url, sent))).toMatchObject({ subject: 'anonymous' });
    await gateway.close();
  });

  it('that passes a token on as well leaves open who is meant, and is refused', async () => {
    const issuer = await startTokenIssuer();
    const gateway = await startGateway(
      {
        AUTH_PROXY_ADDRESSES: '127.0.0.1',
        AUTH_JWKS_URL: issuer.jwksUrl,
        AUTH_ISSUER: issuer.issuer,
        AUTH_AUDIENCE: 'askgraph',
      },
      [whoAsks()],
    );
    const authorization = `Bearer ${await issuer.token({})}`;
    expect(seen(await ask(gateway.url, { authorization }))).toMatchObject({ subject: 'ada' });
    const both = await ask(gateway.url, { ...sent, authorization });
    expect([both.status, both.errors?.[0]?.message]).toEqual([
      401,
      expect.stringContaining('more than one way'),
    ]);
    await gateway.close();
    await issuer.close();
  });
});

describe('who presents nothing', { timeout: PATIENCE }, () => {
  it('is anonymous on this machine where nothing is configured, and only under a name of this machine', async () => {
    const gateway = await startGateway({}, [whoAsks()]);
    const { port } = new URL(gateway.url);
    expect(seen(await ask(gateway.url))).toEqual({ subject: 'anonymous', roles: ['anonymous'] });
    expect((await ask(`http://localhost:${port}`)).status).toBe(200);
    // As a page of another site comes here that has its own name lead to this machine; fetch sets no host.
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request({
        host: '127.0.0.1',
        port,
        path: '/graphql',
        method: 'POST',
        headers: { host: `evil.example:${port}`, 'content-type': 'application/json' },
      })
        .on('response', (response) => resolve(response.statusCode))
        .on('error', reject)
        .end('{"query":"{ who }"}');
    });
    expect(status).toBe(403);
    await gateway.close();
  });

  it('with a credential nobody has asked for is refused, not anonymous', async () => {
    const gateway = await startGateway({}, [whoAsks()]);
    expect((await ask(gateway.url, { authorization: 'Bearer abc' })).status).toBe(401);
    expect((await ask(gateway.url, { 'x-api-key': 'abc' })).status).toBe(401);
    await gateway.close();
  });

  it('is refused as soon as there is a way to say who one is, also for what the pages show', async () => {
    const gateway = await startGateway({ AUTH_API_KEYS: 'accepted' }, [whoAsks()]);
    expect((await ask(gateway.url)).status).toBe(401);
    expect((await fetch(`${gateway.url}/ask/examples.json`)).status).toBe(401);
    expect((await fetch(`${gateway.url}/graphql?query={who}`)).status).toBe(401);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/`)).status).toBe(200);
    await gateway.close();
  });

  it('keeps a gateway from starting that others can reach', async () => {
    const { code, stdout, stderr } = await runProcess(['serve'], { HOST: '0.0.0.0', PORT: '0' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^CONFIGURATION_INVALID: No way is configured to know who asks/m);
    expect(stderr).toContain('AUTH_ANONYMOUS=allowed');
  });
});

describe('a gateway that others can reach', () => {
  it('shows neither GraphiQL nor its schema, unless it is told to', async () => {
    const browser = { headers: { accept: 'text/html' } };
    const schema = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __schema { queryType { name } } }"}',
    };
    const look = async (settings: Record<string, string>) => {
      const gateway = await startGateway({ HOST: '0.0.0.0', AUTH_ANONYMOUS: 'allowed', ...settings }, [
        whoAsks(),
      ]);
      const url = `http://127.0.0.1:${new URL(gateway.url).port}`;
      const page = await fetch(`${url}/graphql`, browser);
      const raw = await fetch(`${url}/graphiql.html`, browser);
      const introspection = await fetch(`${url}/graphql`, schema);
      const found = {
        page: (await page.text()).includes('GraphiQL'),
        raw: raw.status,
        schema: ((await introspection.json()) as { data?: unknown }).data !== undefined,
      };
      await gateway.close();
      return found;
    };
    expect(await look({})).toEqual({ page: false, raw: 404, schema: false });
    expect(await look({ GRAPHIQL: 'on', INTROSPECTION: 'on' })).toEqual({
      page: true,
      raw: 404,
      schema: true,
    });
    expect(await look({ HOST: '127.0.0.1' })).toEqual({ page: true, raw: 404, schema: true });
  });
});
