import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionResult, GraphQLError, parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { composeSupergraph } from './compose.js';
import { subgraphSchema, subgraphSdl } from './conformance/conformance.js';
import { testContext } from './conformance/test-context.js';
import { localTransport } from './local.js';
import { createSupergraph, type Supergraph } from './supergraph.js';
import type { SubgraphRequest, Transport } from './transport.js';

const users = {
  sdl: `type Query { users(first: Int = 2): [User!]! me: User }
    type User @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: {
      users: () => [
        { id: '1', name: 'Ada' },
        { id: '2', name: 'Grace' },
        { id: '1', name: 'Ada' },
      ],
      me: () => ({ id: '1', name: 'Ada' }),
    },
  },
};
const emails = {
  sdl: 'type Query { domain: String } type User @key(fields: "id") { id: ID! email(prefix: String): String sure: String! }',
  resolvers: {
    Query: { domain: () => 'example.com' },
    User: {
      __resolveReference: (reference: object) => reference,
      email: ({ id }: { id: string }, { prefix = '' }: { prefix?: string }) => `${prefix}${id}@example.com`,
      sure: ({ id }: { id: string }) => `${id}!`,
    },
  },
};

interface Opened {
  readonly supergraph: Supergraph;
  readonly requests: SubgraphRequest[];
}

/** Two subgraphs in process; what goes to them is noted, and `emails` may be given another way. */
async function open(emailsTransport?: Transport): Promise<Opened> {
  const requests: SubgraphRequest[] = [];
  const noting = (transport: Transport): Transport => ({
    execute: (request) => {
      requests.push(request);
      return transport.execute(request);
    },
    close: () => transport.close(),
  });
  const transports = new Map([
    ['users', noting(localTransport({ schema: subgraphSchema(users), parsedDocuments: 10 }))],
    [
      'emails',
      noting(emailsTransport ?? localTransport({ schema: subgraphSchema(emails), parsedDocuments: 10 })),
    ],
  ]);
  const sdl = await composeSupergraph([
    { name: 'users', sdl: subgraphSdl(users), url: 'http://users.test' },
    { name: 'emails', sdl: subgraphSdl(emails), url: 'http://emails.test' },
  ]);
  return { supergraph: await createSupergraph({ sdl, transports, preparedOperations: 2 }), requests };
}

function run(
  { supergraph }: Opened,
  query: string,
  changes: Partial<Parameters<Supergraph['execute']>[0]> = {},
) {
  return supergraph.execute({ document: parse(query), context: testContext(), ...changes });
}

function errorsOf(result: ExecutionResult): unknown[] {
  return (result.errors ?? []).map(({ message, path, extensions }) => ({ message, path, extensions }));
}

const failing = (thrown: unknown): Transport => ({
  execute: () => Promise.reject(thrown),
  close: async () => {},
});

describe('a supergraph', () => {
  it('asks for equal entities once', async () => {
    const opened = await open();
    const result = await run(opened, '{ users { email } }');
    expect(result.data).toEqual({
      users: [{ email: '1@example.com' }, { email: '2@example.com' }, { email: '1@example.com' }],
    });
    expect(opened.requests.map(({ variables }) => variables)).toEqual([
      {},
      {
        representations: [
          { __typename: 'User', id: '1' },
          { __typename: 'User', id: '2' },
        ],
      },
    ]);
  });

  it('writes equal entities at each of their places, and an error of one at each of them', async () => {
    const answering = (execute: Transport['execute']) => open({ execute, close: async () => {} });
    const well = await answering(async () => ({
      data: { _entities: [{ sure: 'a"\u2028' }, { sure: 'b' }] },
    }));
    const document = parse('{ users { id called: __typename sure } }');
    expect(await well.supergraph.respond({ document, context: testContext() })).toEqual({
      text: JSON.stringify({
        data: {
          users: [
            { id: '1', called: 'User', sure: 'a"\u2028' },
            { id: '2', called: 'User', sure: 'b' },
            { id: '1', called: 'User', sure: 'a"\u2028' },
          ],
        },
      }),
    });
    const badly = await answering(async () => ({
      data: { _entities: [null, { email: 'b' }] },
      errors: [new GraphQLError('No.', { path: ['_entities', 0, 'email'] })],
    }));
    const answer = await badly.supergraph.respond({
      document: parse('{ users { id email } }'),
      context: testContext(),
    });
    expect(answer).toMatchObject({
      result: {
        data: {
          users: [
            { id: '1', email: null },
            { id: '2', email: 'b' },
            { id: '1', email: null },
          ],
        },
        errors: [
          { message: 'No.', path: ['users', 0, 'email'] },
          { message: 'No.', path: ['users', 2, 'email'] },
        ],
      },
    });
  });

  it('takes entities for equal only where they say the same of themselves', async () => {
    const opened = await open();
    const named = { data: { users: ['a', 'b'].map((name) => ({ __typename: 'User', id: '1', name })) } };
    const transports = new Map<string, Transport>([
      ['users', { execute: async () => named, close: async () => {} }],
      ['emails', localTransport({ schema: subgraphSchema(emails), parsedDocuments: 10 })],
    ]);
    const { sdl } = opened.supergraph;
    const supergraph = await createSupergraph({ sdl, transports, preparedOperations: 2 });
    const document = parse('{ users { name email } }');
    const email = '1@example.com';
    expect(await supergraph.respond({ document, context: testContext() })).toEqual({
      text: JSON.stringify({
        data: {
          users: [
            { name: 'a', email },
            { name: 'b', email },
          ],
        },
      }),
    });
  });

  it('gives the variables of a fetch as text that says the same as the values', async () => {
    const opened = await open();
    await run(opened, 'query ($prefix: String) { users { email(prefix: $prefix) sure } }', {
      variables: { prefix: 'x' },
    });
    const request = opened.requests.at(-1);
    expect(JSON.parse(request?.variablesJson ?? '')).toEqual(request?.variables);
    expect(request?.variables).toMatchObject({ prefix: 'x', representations: [{ id: '1' }, { id: '2' }] });
  });

  it('sends nothing where conditions leave nothing to ask', async () => {
    const opened = await open();
    const result = await run(opened, 'query ($no: Boolean!) { me @include(if: $no) { email } }', {
      variables: { no: false },
    });
    expect(result).toEqual({ data: {} });
    expect(opened.requests).toEqual([]);
  });

  it('a subgraph that is down costs its own fields only, and is named', async () => {
    const down = new AskgraphError('SUBGRAPH_UNAVAILABLE', 'Subgraph "emails" cannot be reached.');
    const opened = await open(failing(down));
    const result = await run(opened, '{ people: users { name email } domain me { name } }');
    expect(result.data).toEqual({
      people: [
        { name: 'Ada', email: null },
        { name: 'Grace', email: null },
        { name: 'Ada', email: null },
      ],
      domain: null,
      me: { name: 'Ada' },
    });
    const extensions = { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'emails' };
    expect(errorsOf(result)).toEqual([
      { message: down.message, path: ['domain'], extensions },
      { message: down.message, path: ['people'], extensions },
    ]);
  });

  it('says once why fields that may not be null are', async () => {
    const opened = await open(failing(new AskgraphError('SUBGRAPH_UNAVAILABLE', 'Down.')));
    const result = await run(opened, '{ me { sure } }');
    expect(result.data).toEqual({ me: null });
    expect(errorsOf(result)).toMatchObject([{ message: 'Down.', path: ['me'] }]);
  });

  it('does not tell clients what else was thrown on the way to a subgraph', async () => {
    const opened = await open(failing(new TypeError('secret of the house')));
    const result = await run(opened, '{ domain }');
    expect(errorsOf(result)).toEqual([
      {
        message: 'The request to subgraph "emails" failed.',
        path: ['domain'],
        extensions: { code: 'INTERNAL', serviceName: 'emails' },
      },
    ]);
  });

  it('takes answers that are not what was asked for as missing', async () => {
    const odd: Transport = {
      execute: async ({ query }) =>
        query.includes('_entities')
          ? { data: { _entities: [{ email: { not: 'text' }, sure: null }] } }
          : { data: JSON.parse('{ "domain": ["x"], "__proto__": { "polluted": true } }') },
      close: async () => {},
    };
    const opened = await open(odd);
    const result = await run(opened, '{ domain users { sure } }');
    expect(result.data).toBeNull();
    expect(errorsOf(result)).toMatchObject([
      { message: 'Cannot return null for non-nullable field User.sure.', path: ['users', 0, 'sure'] },
    ]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('stops at once when the request is cancelled, whatever the transport does', async () => {
    const controller = new AbortController();
    const asked = new Promise<void>((resolve) => {
      controller.signal.addEventListener('asked', () => resolve());
    });
    const execute = (): Promise<never> => {
      controller.signal.dispatchEvent(new Event('asked'));
      return new Promise(() => {});
    };
    const opened = await open({ execute, close: async () => {} });
    const context = testContext({ signal: controller.signal });
    const pending = run(opened, '{ me { name email } }', { context });
    await asked;
    controller.abort();
    const result = await pending;
    expect(result.data).toEqual({ me: { name: 'Ada', email: null } });
    expect(errorsOf(result)).toMatchObject([{ path: ['me'], extensions: { code: 'CANCELLED' } }]);
  });

  it('names a passed deadline, and sends nothing after it', async () => {
    const opened = await open();
    const context = testContext({ signal: AbortSignal.timeout(0) });
    await sleep(10);
    const result = await run(opened, '{ me { name } }', { context });
    expect(errorsOf(result)).toMatchObject([{ path: ['me'], extensions: { code: 'DEADLINE_EXCEEDED' } }]);
    expect(opened.requests).toHaveLength(0);
  });

  it('refuses variables that do not fit, before anything is sent', async () => {
    const opened = await open();
    const result = await run(opened, 'query ($n: Int!) { users(first: $n) { name } }', {
      variables: { n: 'many' },
    });
    expect(result.data).toBeUndefined();
    expect(errorsOf(result)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(opened.requests).toHaveLength(0);
  });

  it('tells the operations of one document apart, also when it has to forget some of them', async () => {
    const opened = await open();
    const document = parse('query A { me { name } } query B { domain }');
    for (const _ of [1, 2, 3]) {
      expect((await run(opened, '{ me { id } }', { document, operationName: 'A' })).data).toEqual({
        me: { name: 'Ada' },
      });
      expect((await run(opened, '{ me { id } }', { document, operationName: 'B' })).data).toEqual({
        domain: 'example.com',
      });
      expect((await run(opened, '{ users { id } }')).data).toMatchObject({ users: [{}, {}, {}] });
    }
    await expect(run(opened, '{ me { id } }', { document })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('answers introspection and __typename without any subgraph', async () => {
    const opened = await open();
    const result = await run(opened, '{ __typename __schema { queryType { name } } }');
    expect(result).toEqual({ data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } } } });
    expect(opened.requests).toHaveLength(0);
  });

  it('closes its transports with itself', async () => {
    let closed = 0;
    const transport: Transport = {
      execute: () => Promise.reject(new Error('not asked')),
      close: async () => {
        closed += 1;
      },
    };
    const { supergraph } = await open(transport);
    await supergraph.close();
    expect(closed).toBe(1);
  });
});

describe('an SDL from elsewhere', () => {
  const foreign = `
    schema
      @link(url: "https://specs.apollo.dev/link/v1.0")
      @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
      @link(url: "https://specs.apollo.dev/inaccessible/v0.2", as: "hidden", for: SECURITY)
      @link(url: "https://specs.apollo.dev/tag/v0.3", import: [{ name: "@tag", as: "@label" }])
    { query: Query }
    directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
    directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
    directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
    directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    directive @hidden on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ENUM | ENUM_VALUE | ARGUMENT_DEFINITION
    directive @label(name: String!) repeatable on FIELD_DEFINITION
    scalar join__FieldSet
    scalar link__Import
    enum link__Purpose { SECURITY EXECUTION }
    enum join__Graph { ONE @join__graph(name: "one", url: "http://one.test") }
    type Query @join__type(graph: ONE) { a(x: Int, y: Int @hidden): Any b: Int @hidden c: Shape @label(name: "x") }
    union Any @join__type(graph: ONE) @join__unionMember(graph: ONE, member: "Seen") @join__unionMember(graph: ONE, member: "Unseen") = Seen | Unseen
    interface Shape @join__type(graph: ONE) { id: ID }
    interface Secret @join__type(graph: ONE) @hidden { id: ID }
    type Seen implements Shape & Secret @join__type(graph: ONE) @join__implements(graph: ONE, interface: "Shape") @join__implements(graph: ONE, interface: "Secret") { id: ID "How it is." mood: Mood @deprecated }
    type Unseen @join__type(graph: ONE) @hidden { id: ID }
    enum Mood @join__type(graph: ONE) { GOOD @join__enumValue(graph: ONE) BAD @join__enumValue(graph: ONE) @hidden }`;

  it('shows clients what is theirs, under whatever names the machinery was imported', async () => {
    const { schema } = await createSupergraph({ sdl: foreign, transports: new Map(), preparedOperations: 1 });
    expect(printSchema(schema)).toBe(`type Query {
  a(x: Int): Any
  c: Shape
}

union Any = Seen

interface Shape {
  id: ID
}

type Seen implements Shape {
  id: ID

  """How it is."""
  mood: Mood @deprecated
}

enum Mood {
  GOOD
}`);
  });

  it('names a subgraph that no transport leads to', async () => {
    const supergraph = await createSupergraph({ sdl: foreign, transports: new Map(), preparedOperations: 1 });
    const result = await supergraph.execute({ document: parse('{ c { id } }'), context: testContext() });
    expect(errorsOf(result)).toMatchObject([
      {
        message: 'No transport leads to subgraph "one".',
        path: ['c'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
  });

  it('is refused with its reason where it is no supergraph', async () => {
    for (const sdl of ['type Query {', 'type Query { a: Missing }', 'scalar Lonely']) {
      const opening = createSupergraph({ sdl, transports: new Map(), preparedOperations: 1 });
      await expect(opening, sdl).rejects.toMatchObject({ code: 'COMPOSITION_FAILED' });
    }
  });
});
