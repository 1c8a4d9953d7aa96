import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, serveLocally } from '../../test/fakes/http-server.js';
import { startTokenIssuer, type TokenIssuer } from '../../test/fakes/token-issuer.js';
import { type GatewayServer, startGatewayServer } from '../gateway-server.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { readGatewayConfig } from '../supergraph/gateway-config.js';
import { openPlainGateway, type PlainGateway } from '../supergraph/plain-gateway.js';
import { identifyPlainly, readPlainIdentity } from './plain-identity.js';

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@authenticated", "@requiresScopes", "@policy"])
  type Query { node: Node motto: String }
  interface Node { pay: Int }
  type Person implements Node { pay: Int @authenticated ssn: String @requiresScopes(scopes: [["read:ssn"]]) bonus: Int @policy(policies: [["payroll"]]) }`;
const QUERY = '{ motto node { pay ... on Person { ssn bonus } } }';

/** A supergraph file over a subgraph on a port of its own, and every query that reached it. */
let subgraph: LocalServer;
let issuer: TokenIssuer;
let directory: string;
const reached: string[] = [];
const opened: { gateway: PlainGateway; server: GatewayServer }[] = [];

beforeAll(async () => {
  const person = { __typename: 'Person', pay: 700, ssn: '123', bonus: 70 };
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL),
    resolvers: { Query: { node: () => person, motto: () => 'm' }, Node: { __resolveType: () => 'Person' } },
  });
  subgraph = await serveLocally(async (_request, body, response) => {
    const { query, variables } = JSON.parse(body.toString()) as { query: string; variables?: object };
    reached.push(query);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'public, max-age=60' });
    const variableValues = variables as Record<string, unknown> | undefined;
    response.end(
      JSON.stringify(await graphql({ schema, source: query, variableValues: variableValues ?? {} })),
    );
  });
  issuer = await startTokenIssuer();
  directory = mkdtempSync(join(tmpdir(), 'askgraph-plain-identity-'));
  const sdl = await composeSupergraph([{ name: 'people', sdl: SDL, url: `${subgraph.url}/graphql` }]);
  writeFileSync(join(directory, 'supergraph.graphql'), sdl);
});
afterAll(async () => {
  for (const { gateway, server } of opened) {
    await server.close();
    await gateway.close();
  }
  await subgraph?.close();
  await issuer?.close();
  rmSync(directory, { recursive: true });
});

const tokens = () => ({
  AUTH_JWKS_URL: issuer.jwksUrl,
  AUTH_ISSUER: issuer.issuer,
  AUTH_AUDIENCE: 'askgraph',
});

async function start(environment: Readonly<Record<string, string>>): Promise<string> {
  const identity = readPlainIdentity(environment);
  const now = () => new Date();
  const gateway = await openPlainGateway({
    config: readGatewayConfig({ SUPERGRAPH: join(directory, 'supergraph.graphql') }),
    identify: identity && identifyPlainly(identity, now),
    report: () => {},
    now,
    newHex: (bytes) => '1'.repeat(bytes * 2),
  });
  const server = await startGatewayServer({ host: '127.0.0.1', port: 0, graphql: gateway.graphql });
  opened.push({ gateway, server });
  return server.url;
}

async function ask(url: string, headers: Readonly<Record<string, string>> = {}, query = QUERY) {
  reached.length = 0;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: unknown;
    errors?: { path?: string[]; extensions: { code: string } }[];
  };
  const told = errors.map(({ path, extensions }) => [extensions.code, ...(path ?? [])].join(' ')).sort();
  return { status: response.status, headers: response.headers, data, told };
}
const bearer = async (claims: Record<string, unknown>) => ({
  authorization: `Bearer ${await issuer.token(claims)}`,
});

describe('a plain gateway over any supergraph', () => {
  it('gives each caller what federation directives let their token have', async () => {
    const url = await start({ ...tokens(), AUTH_ANONYMOUS: 'allowed' });
    const anonymous = await ask(url);
    expect(anonymous.data).toEqual({ motto: 'm', node: { pay: null, ssn: null, bonus: null } });
    expect(anonymous.told).toEqual(['bonus', 'pay', 'ssn'].map((name) => `UNAUTHENTICATED node ${name}`));
    expect(reached.join()).not.toMatch(/pay|ssn|bonus/);

    const signedIn = await ask(url, await bearer({}));
    expect(signedIn.data).toEqual({ motto: 'm', node: { pay: 700, ssn: null, bonus: null } });
    expect(signedIn.told).toEqual(['FORBIDDEN node bonus', 'FORBIDDEN node ssn']);

    const clerk = await ask(url, await bearer({ scope: 'read:ssn', roles: ['payroll'] }));
    expect(clerk).toMatchObject({
      data: { motto: 'm', node: { pay: 700, ssn: '123', bonus: 70 } },
      told: [],
    });
    expect(clerk.headers.get('cache-control')).toBe('private, no-store');
  });

  it('answers nobody without a token where that is not said otherwise, nor with a bad one', async () => {
    const url = await start(tokens());
    const missing = await ask(url);
    expect([missing.status, missing.told]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="askgraph"');
    for (const headers of [
      await bearer({ exp: Math.floor(Date.now() / 1_000) - 60 }),
      await bearer({ aud: 'payroll' }),
      { authorization: 'Bearer nonsense' },
      { 'x-api-key': 'agk_x' },
    ]) {
      const refused = await ask(url, headers, '{ motto }');
      expect([refused.status, refused.data, refused.told]).toEqual([401, undefined, ['UNAUTHENTICATED']]);
    }
    expect(reached).toEqual([]);
    expect((await ask(url, await bearer({}), '{ motto }')).data).toEqual({ motto: 'm' });
  });

  it('knows callers by a trusted proxy, and believes nobody else', async () => {
    const proxied = { 'x-forwarded-user': 'ann', 'x-forwarded-groups': 'payroll' };
    const trusting = await start({ AUTH_PROXY_ADDRESSES: '127.0.0.1' });
    expect((await ask(trusting, proxied)).told).toEqual(['FORBIDDEN node ssn']);
    const open = await start({});
    expect((await ask(open, proxied)).told).toContain('UNAUTHENTICATED node bonus');
    expect((await ask(open, {}, '{ motto }')).headers.get('cache-control')).toContain('public');
  });

  it('says which settings it cannot go by', () => {
    expect(() => readPlainIdentity({ AUTH_JWKS_URL: 'https://issuer.example/jwks' })).toThrow(
      /AUTH_ISSUER.*AUTH_AUDIENCE/,
    );
    expect(() => readPlainIdentity({ AUTH_API_KEYS: 'accepted' })).toThrow(/no store of keys/);
    expect(() => readPlainIdentity({ AUTH_ALGORITHMS: 'HS256' })).toThrow(/AUTH_ALGORITHMS/);
  });
});
