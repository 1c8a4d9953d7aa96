import { setTimeout as sleep } from 'node:timers/promises';
import { ApolloServer } from '@apollo/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type ApolloGateway, apolloGateway } from './apollo-gateway.js';
import { composeSupergraph } from './compose.js';
import { type SubgraphFixture, subgraphSchema, subgraphSdl } from './conformance/conformance.js';
import { testContext } from './conformance/test-context.js';
import { localTransport } from './local.js';
import { createSupergraph, type Supergraph } from './supergraph.js';

interface ServerContext {
  readonly request: RequestContext;
}

async function supergraphOf(fixture: SubgraphFixture, closed: string[], name: string): Promise<Supergraph> {
  const transport = localTransport({ schema: subgraphSchema(fixture), parsedDocuments: 10 });
  const close = async () => {
    closed.push(name);
  };
  return createSupergraph({
    sdl: await composeSupergraph([{ name: 'only', sdl: subgraphSdl(fixture), url: 'http://only.test' }]),
    transports: new Map([['only', { ...transport, close }]]),
    preparedOperations: 10,
  });
}

const first: SubgraphFixture = {
  sdl: 'type Query { who: String slow: String echo(n: Int!): Int broken: Int }',
  resolvers: {
    Query: {
      who: (_: unknown, _arguments: unknown, context: RequestContext) => `${context.caller.subject} at first`,
      slow: async () => {
        await sleep(50);
        return 'slow at first';
      },
      echo: (_: unknown, { n }: { n: number }) => n,
    },
  },
};
const second: SubgraphFixture = {
  sdl: 'type Query { who: String added: Int }',
  resolvers: { Query: { who: () => 'second', added: () => 1 } },
};

describe('a supergraph behind Apollo Server', () => {
  let closed: string[];
  let gateway: ApolloGateway;
  let server: ApolloServer<ServerContext>;

  beforeEach(async () => {
    closed = [];
    gateway = apolloGateway<ServerContext>({
      supergraph: await supergraphOf(first, closed, 'first'),
      requestContext: (context) => context.request,
    });
    server = new ApolloServer<ServerContext>({ gateway });
    await server.start();
  });

  afterEach(() => server.stop());

  async function ask(query: string, variables: Record<string, unknown> = {}) {
    const response = await server.executeOperation(
      { query, variables },
      { contextValue: { request: testContext() } },
    );
    if (response.body.kind !== 'single') throw new Error('Expected one result.');
    return response.body.singleResult;
  }

  it('answers operations, with the request context that the server made', async () => {
    expect(await ask('{ who }')).toMatchObject({ data: { who: 'ada at first' } });
  });

  it('leaves validation to the server and coerces variables itself', async () => {
    expect((await ask('{ nothing }')).errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await ask('query ($n: Int!) { echo(n: $n) }', { n: 3 })).data).toEqual({ echo: 3 });
    const refused = await ask('query ($n: Int!) { echo(n: $n) }', { n: 'three' });
    expect(refused.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('serves another supergraph without failing what is under way', async () => {
    const slow = ask('{ slow }');
    await sleep(10);
    const replaced = gateway.replace(await supergraphOf(second, closed, 'second'));
    expect((await ask('{ who added }')).data).toEqual({ who: 'second', added: 1 });
    expect(closed).toEqual([]);
    expect((await slow).data).toEqual({ slow: 'slow at first' });
    await replaced;
    expect(closed).toEqual(['first']);
    expect((await ask('{ slow }')).errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('closes the supergraph when the server stops', async () => {
    await server.stop();
    expect(closed).toEqual(['first']);
  });
});
