import { createHash } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { type GraphqlAnswer, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@requires",
  "@external", "@authenticated", "@requiresScopes", "@policy"])\n`;
const peopleSdl = `${LINK}
  type Query { people: [Person!] node: Node any: Any }
  interface Node { id: ID! pay: Int }
  union Any = Person
  type Person implements Node @key(fields: "id") {
    id: ID!
    name: String
    pay: Int @authenticated
    ssn: String @requiresScopes(scopes: [["read:ssn"]])
    bonus: Int @policy(policies: [["payroll"]])
  }`;
const taxSdl = `${LINK}
  type Person @key(fields: "id") {
    id: ID!
    pay: Int @external
    tax: Int @requires(fields: "pay") @authenticated
  }`;
const ada = { __typename: 'Person', id: '1', name: 'Ada', pay: 700, ssn: '123', bonus: 70 };

/** What the subgraphs were asked for: what is not permitted must not even leave the gateway. */
const reached: string[] = [];
const seen =
  <Value>(name: string, value: Value) =>
  () => {
    reached.push(name);
    return value;
  };

function domain(name: string, sdl: string, resolvers: object): LoadedDefinition {
  return {
    folder: '',
    definition: {
      name,
      description: name,
      production: 'nothing',
      open: async () => ({
        engine: 'memory',
        schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }),
        sdl,
        checkHealth: async () => {},
        close: async () => {},
      }),
    },
  };
}

const DOMAINS = [
  domain('people', peopleSdl, {
    Query: { people: () => [ada], node: () => ada, any: () => ada },
    Node: { __resolveType: () => 'Person' },
    Any: { __resolveType: () => 'Person' },
    Person: {
      __resolveReference: () => ada,
      pay: seen('pay', ada.pay),
      ssn: seen('ssn', ada.ssn),
      bonus: seen('bonus', ada.bonus),
    },
  }),
  domain('taxes', taxSdl, {
    Person: {
      __resolveReference: (reference: object) => reference,
      tax: ({ pay }: { pay: number }) => {
        reached.push('tax');
        return pay / 2;
      },
    },
  }),
];

describe('federation directives, by signed tokens over HTTP', () => {
  let gateway: StartedGateway;
  let issuer: TokenIssuer;
  beforeAll(async () => {
    issuer = await startTokenIssuer();
    gateway = await startGateway(
      {
        AUTH_ANONYMOUS: 'allowed',
        AUTH_JWKS_URL: issuer.jwksUrl,
        AUTH_ISSUER: issuer.issuer,
        AUTH_AUDIENCE: 'askgraph',
      },
      DOMAINS,
    );
  }, 300_000);
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
  });

  const post = async (body: object, claims?: object): Promise<GraphqlAnswer<unknown>> => {
    reached.length = 0;
    const token = claims && (await issuer.token({ sub: 'ann', ...claims }));
    return send(gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  };
  const told = ({ errors = [] }: GraphqlAnswer<unknown>) =>
    errors.map(({ path, extensions }) => `${extensions.code} ${path?.join('.')}`).sort();

  it('give each caller the fields that their token is good for', async () => {
    const query = '{ people { name pay ssn bonus tax } }';
    const anonymous = await post({ query });
    expect(anonymous.data).toEqual({
      people: [{ name: 'Ada', pay: null, ssn: null, bonus: null, tax: null }],
    });
    expect(told(anonymous)).toEqual(
      ['bonus', 'pay', 'ssn', 'tax'].map((field) => `UNAUTHENTICATED people.0.${field}`),
    );
    expect(reached).toEqual([]);

    const signedIn = await post({ query }, {});
    expect(signedIn.data).toEqual({ people: [{ name: 'Ada', pay: 700, ssn: null, bonus: null, tax: 350 }] });
    expect(told(signedIn)).toEqual(['FORBIDDEN people.0.bonus', 'FORBIDDEN people.0.ssn']);
    expect(reached).not.toContain('ssn');

    const clerk = await post({ query }, { scope: 'openid read:ssn', roles: ['payroll'] });
    expect(clerk.errors).toBeUndefined();
    expect(clerk.data).toEqual({ people: [{ name: 'Ada', pay: 700, ssn: '123', bonus: 70, tax: 350 }] });
  });

  it.each([
    ['an interface', '{ node { id pay } }'],
    ['a fragment on an interface', '{ node { ...f } } fragment f on Node { p: pay }'],
    ['a fragment on a type', '{ node { ... on Person { pay ssn } } }'],
    ['a union', '{ any { ... on Person { a: pay b: ssn bonus } } }'],
    ['an alias', '{ people { name: pay id: ssn } }'],
    [
      'a variable that turns it on',
      'query ($yes: Boolean = true) { people { name pay @include(if: $yes) ssn @skip(if: false) } }',
    ],
    ['what requires it', '{ people { tax } }'],
  ])('hold by way of %s', async (_, query) => {
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
    };
    // Somebody who may ask for all of it has it planned, and kept under its hash.
    const all = await post({ query, extensions }, { scope: 'read:ssn', roles: ['payroll'] });
    expect(all.errors).toBeUndefined();
    expect(JSON.stringify(all.data)).toMatch(/700|350/);
    for (const body of [{ query }, { extensions }]) {
      const answer = await post(body);
      expect(told(answer).length).toBeGreaterThan(0);
      expect(told(answer).every((one) => one.startsWith('UNAUTHENTICATED '))).toBe(true);
      expect(JSON.stringify(answer.data)).not.toMatch(/700|350|123|70/);
      expect(reached).toEqual([]);
    }
    const search = new URLSearchParams({ query });
    const got = await send(
      gateway.url,
      { headers: { 'apollo-require-preflight': 'yes' } },
      `/graphql?${search}`,
    );
    expect(JSON.stringify(got.data)).not.toMatch(/700|350|123|70/);
  });

  it('take nobody for somebody by a name that is only like it', async () => {
    const roles = await post(
      { query: '{ people { bonus ssn } }' },
      { roles: ['Payroll', 'payroll '], scope: 'read:ssnx READ:SSN' },
    );
    expect(told(roles)).toEqual(['FORBIDDEN people.0.bonus', 'FORBIDDEN people.0.ssn']);
    const named = await post({ query: '{ people { pay } }' }, { sub: 'anonymous' });
    expect(named.status).toBe(401);
  });
});
