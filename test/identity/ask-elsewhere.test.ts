import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { demoWithPolicies } from '../policy/demo-policies.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { runProcess } from '../start-process.js';

const QUESTION = 'How many employees were hired before 1990?';

describe('askgraph ask --url', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-'));
  const store = { DATABASE_URL: `file:${join(folder, 'store.db')}` };
  let issuer: TokenIssuer;
  let gateway: StartedGateway;

  beforeAll(async () => {
    issuer = await startTokenIssuer();
    gateway = await startGateway(
      {
        ...store,
        AUTH_API_KEYS: 'accepted',
        AUTH_JWKS_URL: issuer.jwksUrl,
        AUTH_ISSUER: issuer.issuer,
        AUTH_AUDIENCE: 'askgraph',
        ASKGRAPH_HASH_KEY: 'a secret of the tests only',
      },
      await demoWithPolicies(),
    );
  }, 120_000);
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (credential: Record<string, string>, url = gateway.url) =>
    runProcess(['ask', QUESTION, '--url', url], credential);
  const newKey = async (...roles: string[]) => {
    const words = ['key', 'create', '--subject', 'report', ...(roles.length > 0 ? ['--role', ...roles] : [])];
    return (await runProcess(words, store)).stdout.trim();
  };

  it('asks as whom its token names, with their rights', async () => {
    const token = (roles: string[]) => issuer.token({ sub: 'hal', roles });
    const answered = await ask({ ASKGRAPH_TOKEN: await token(['hr']) });
    expect([answered.code, answered.stderr]).toEqual([0, '']);
    expect(answered.stdout).toMatch(/\b29\b/);
    const other = await ask({ ASKGRAPH_TOKEN: await token([]) });
    expect(other.stdout).not.toMatch(/\b29\b|hr\.employees/);
  });

  it('asks as whom its API key names, with their rights', async () => {
    const answered = await ask({ ASKGRAPH_API_KEY: await newKey('hr') });
    expect([answered.code, answered.stderr]).toEqual([0, '']);
    expect(answered.stdout).toMatch(/\b29\b/);
    expect((await ask({ ASKGRAPH_API_KEY: await newKey() })).stdout).not.toMatch(/\b29\b|hr\.employees/);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no credential', {}, 'UNAUTHENTICATED: Say who you are'],
    ['an empty one', { ASKGRAPH_TOKEN: '', ASKGRAPH_API_KEY: '' }, 'UNAUTHENTICATED: Say who you are'],
    ['a token that is none', { ASKGRAPH_TOKEN: 'secret.secret.secret' }, 'UNAUTHENTICATED: '],
    ['a key that is none', { ASKGRAPH_API_KEY: 'agk_secret' }, 'UNAUTHENTICATED: The API key is not known.'],
    [
      'two at once',
      { ASKGRAPH_TOKEN: 'secret.secret.secret', ASKGRAPH_API_KEY: 'agk_secret' },
      'UNAUTHENTICATED: ',
    ],
    ['a token that is no header', { ASKGRAPH_TOKEN: 'secret\nsecret' }, 'BAD_USER_INPUT: ASKGRAPH_TOKEN '],
    ['a key that is no header', { ASKGRAPH_API_KEY: 'sécret €' }, 'BAD_USER_INPUT: ASKGRAPH_API_KEY '],
  ])('says what is wrong with %s, and does not print it', async (_, credential, message) => {
    const { code, stdout, stderr } = await ask(credential);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
    expect(stderr).not.toMatch(/s[eé]cret/);
  });

  it('takes its credential nowhere else than to that address', async () => {
    let heard = 0;
    const elsewhere = createServer((_, response) => {
      heard += 1;
      response.end('{}');
    });
    const leading = createServer((_, response) => {
      response.writeHead(307, { location: addressOf(elsewhere) }).end();
    });
    await Promise.all([elsewhere, leading].map((server) => new Promise<void>((on) => server.listen(0, on))));
    const { code, stderr } = await ask({ ASKGRAPH_API_KEY: 'agk_secret' }, addressOf(leading));
    expect([code, heard]).toEqual([1, 0]);
    expect(stderr).toContain('leads elsewhere');
    for (const server of [elsewhere, leading]) server.close();
  });
});

function addressOf(server: ReturnType<typeof createServer>): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
