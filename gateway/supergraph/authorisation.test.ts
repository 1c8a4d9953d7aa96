import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../subgraphs/request-context.js';
import { composeSupergraph } from './compose.js';
import { localTransport } from './local.js';
import { createSupergraph } from './supergraph.js';
import type { Transport } from './transport.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@requires",
  "@external", "@authenticated", "@requiresScopes", "@policy", "@shareable"])\n`;

const people = `${LINK}
  type Query { me: User! users: [User!] node: Node open: Int any: Any audit: Audit }
  union Any = User | Robot
  interface Node { id: ID! name: String }
  type Robot implements Node { id: ID! name: String }
  type Audit @authenticated { entries: Int }
  type User implements Node @key(fields: "id") {
    id: ID!
    name: String @authenticated
    ssn: String @requiresScopes(scopes: [["read:ssn", "read:people"], ["admin"]])
    pay: Int! @policy(policies: [["payroll"]])
    weight: Int
  }
  type Mutation { erase: Int @requiresScopes(scopes: [["admin"]]) }`;
const costs = `${LINK}
  type User @key(fields: "id") {
    id: ID!
    ssn: String @external
    weight: Int @external
    cost: Int @requires(fields: "weight")
    credit: Int @requires(fields: "ssn weight") @requiresScopes(scopes: [["read:ssn", "read:people"], ["admin"]])
  }`;

const ada = { id: '1', name: 'Ada', ssn: '123', pay: 7, weight: 50 };
const bob = { id: '2', name: 'Bob', ssn: '456', pay: 8, weight: 70 };
const ANYONE: Caller = { subject: 'anonymous', roles: [], claims: {} };
const SIGNED_IN: Caller = { subject: 'ann', roles: [], claims: { scope: 'read:people' } };
const CLERK: Caller = { subject: 'cyd', roles: ['payroll'], claims: { scope: 'read:ssn read:people' } };

/** The supergraph, and every operation that reached a subgraph. */
async function open(): Promise<{ ask: (query: string, caller: Caller) => Promise<unknown>; sent: string[] }> {
  const sent: string[] = [];
  let erased = 0;
  const schemas = {
    people: buildSubgraphSchema({
      typeDefs: parse(people),
      resolvers: {
        Query: {
          me: () => ada,
          users: () => [ada, bob],
          node: () => ada,
          any: () => ada,
          audit: () => ({ entries: 3 }),
          open: () => 1,
        },
        Mutation: { erase: () => ++erased },
        Node: { __resolveType: () => 'User' },
        Any: { __resolveType: () => 'User' },
        User: { __resolveReference: ({ id }: { id: string }) => (id === '1' ? ada : bob) },
      },
    }),
    costs: buildSubgraphSchema({
      typeDefs: parse(costs),
      resolvers: {
        User: {
          __resolveReference: (reference: object) => reference,
          cost: ({ weight }: { weight: number }) => weight * 2,
          credit: ({ ssn, weight }: { ssn: string; weight: number }) => Number(ssn) + weight,
        },
      },
    }),
  };
  const sdl = await composeSupergraph([
    { name: 'people', sdl: people, url: 'local:people' },
    { name: 'costs', sdl: costs, url: 'local:costs' },
  ]);
  const transports = new Map(
    Object.entries(schemas).map(([name, schema]): [string, Transport] => {
      const transport = localTransport({ schema, parsedDocuments: 100 });
      return [
        name,
        {
          ...transport,
          execute: (request) => {
            sent.push(request.query);
            return transport.execute(request);
          },
        },
      ];
    }),
  );
  const supergraph = await createSupergraph({ sdl, transports, preparedOperations: 100 });
  return {
    sent,
    async ask(query, caller) {
      const document = parse(query);
      expect(validate(supergraph.schema, document)).toEqual([]);
      const signal = new AbortController().signal;
      const answer = await supergraph.respond({
        document,
        context: { requestId: 'r', caller, signal, asOf: new Date(0) },
      });
      const { data, errors } = 'text' in answer ? JSON.parse(answer.text) : answer.result;
      const told = (errors ?? []).map(
        (error: { path?: unknown[]; extensions: { code: unknown } }) =>
          `${error.extensions.code} ${error.path?.join('.')}`,
      );
      return JSON.parse(JSON.stringify(told.length === 0 ? { data } : { data, told }));
    },
  };
}

describe('fields that not everybody may read', () => {
  it('are null with an error at their place, and not sent to any subgraph', async () => {
    const { ask, sent } = await open();
    expect(await ask('{ me { id called: name weight } open }', ANYONE)).toEqual({
      data: { me: { id: '1', called: null, weight: 50 }, open: 1 },
      told: ['UNAUTHENTICATED me.called'],
    });
    expect(sent.join()).not.toMatch(/\bname\b/);
    expect(await ask('{ me { id called: name weight } open }', SIGNED_IN)).toEqual({
      data: { me: { id: '1', called: 'Ada', weight: 50 }, open: 1 },
    });
  });

  it('want all scopes of one of the lists', async () => {
    const { ask } = await open();
    expect(await ask('{ users { ssn } }', SIGNED_IN)).toEqual({
      data: { users: [{ ssn: null }, { ssn: null }] },
      told: ['FORBIDDEN users.0.ssn', 'FORBIDDEN users.1.ssn'],
    });
    expect(await ask('{ users { ssn } }', CLERK)).toEqual({
      data: { users: [{ ssn: '123' }, { ssn: '456' }] },
    });
    const admin = { ...SIGNED_IN, claims: { scope: ['admin'] } };
    expect(await ask('{ me { ssn } }', admin)).toEqual({ data: { me: { ssn: '123' } } });
    const similar = { ...SIGNED_IN, claims: { scope: 'read:ssnread:people administrator' } };
    expect(await ask('{ me { ssn } }', similar)).toMatchObject({ told: ['FORBIDDEN me.ssn'] });
  });

  it('take along what may not be null', async () => {
    const { ask } = await open();
    expect(await ask('{ open users { id pay } }', SIGNED_IN)).toEqual({
      data: { open: 1, users: null },
      told: ['FORBIDDEN users.0.pay', 'FORBIDDEN users.1.pay'],
    });
    expect(await ask('{ open me { pay } }', SIGNED_IN)).toEqual({ data: null, told: ['FORBIDDEN me.pay'] });
    expect(await ask('{ me { pay } }', CLERK)).toEqual({ data: { me: { pay: 7 } } });
  });

  it('are not read by the way of a field that requires them', async () => {
    const { ask, sent } = await open();
    expect(await ask('{ me { cost credit } }', SIGNED_IN)).toEqual({
      data: { me: { cost: 100, credit: null } },
      told: ['FORBIDDEN me.credit'],
    });
    expect(sent.join()).not.toContain('ssn');
    expect(await ask('{ me { cost credit } }', CLERK)).toEqual({ data: { me: { cost: 100, credit: 173 } } });
  });

  it('are none by the way of an interface, a union or a fragment either', async () => {
    const { ask, sent } = await open();
    const query = `query ($yes: Boolean = true) { node { name ...person } any { ... on User { name @include(if: $yes) left: name @skip(if: $yes) } } }
      fragment person on User { ssn weight }`;
    expect(await ask(query, ANYONE)).toEqual({
      data: { node: { name: null, ssn: null, weight: 50 }, any: { name: null } },
      told: ['UNAUTHENTICATED node.name', 'UNAUTHENTICATED node.ssn', 'UNAUTHENTICATED any.name'],
    });
    expect(sent.join()).not.toMatch(/\bname\b|\bssn\b/);
    expect(await ask('{ node { name } }', SIGNED_IN)).toEqual({ data: { node: { name: 'Ada' } } });
  });

  it('are those of a type that wants something, and those that give it', async () => {
    const { ask } = await open();
    expect(await ask('{ audit { entries } open }', ANYONE)).toEqual({
      data: { audit: null, open: 1 },
      told: ['UNAUTHENTICATED audit'],
    });
    expect(await ask('{ audit { entries } open }', SIGNED_IN)).toEqual({
      data: { audit: { entries: 3 }, open: 1 },
    });
  });

  it('change nothing where they would', async () => {
    const { ask } = await open();
    expect(await ask('mutation { erase }', CLERK)).toEqual({
      data: { erase: null },
      told: ['FORBIDDEN erase'],
    });
    expect(await ask('mutation { erase }', { ...CLERK, claims: { scope: 'admin' } })).toEqual({
      data: { erase: 1 },
    });
  });
});
