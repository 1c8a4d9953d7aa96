import { buildSchema, type ExecutionResult } from 'graphql';
import { beforeEach, expect, it } from 'vitest';
import { testContext } from './conformance/test-context.js';
import { deduplicatedTransport } from './deduplicated.js';
import { localTransport } from './local.js';
import type { SubgraphRequest, Transport } from './transport.js';

let requests: {
  request: SubgraphRequest;
  answer: (result: ExecutionResult) => void;
  fail: (error: Error) => void;
}[];
let shared: Transport;

beforeEach(() => {
  requests = [];
  const transport: Transport = {
    execute: (request) =>
      new Promise((answer, fail) => {
        requests.push({ request, answer, fail });
      }),
    close: async () => {},
  };
  shared = deduplicatedTransport(transport, ({ requestId }) => requestId);
});

const read = { query: '{ a }', variables: { n: 1 }, context: testContext() };

it('asks once for what is the same, and gives each an answer of its own', async () => {
  const all = [
    shared.execute(read),
    shared.execute(read),
    shared.execute({ ...read, variablesJson: '{"n":1}' }),
  ];
  expect(requests).toHaveLength(1);
  const first = all[0]!.then(({ data }) => Object.assign(data!, { changed: true }));
  requests[0]!.answer({ data: { a: { b: 1 } } });
  await first;
  expect(await Promise.all(all.slice(1))).toEqual([{ data: { a: { b: 1 } } }, { data: { a: { b: 1 } } }]);
  expect((await all[1])!.data!.a).not.toBe((await all[2])!.data!.a);
  void shared.execute(read);
  expect(requests).toHaveLength(2);
});

it.each([
  ['another document', { ...read, query: '{ b }' }],
  ['other variables', { ...read, variables: { n: 2 } }],
  ['another operation', { ...read, operationName: 'B' }],
  [
    'another subject',
    {
      ...read,
      context: testContext({ caller: { subject: 'eve', roles: ['reader'], claims: { region: 'Ærø' } } }),
    },
  ],
  [
    'other roles',
    { ...read, context: testContext({ caller: { subject: 'ada', roles: [], claims: { region: 'Ærø' } } }) },
  ],
  [
    'other claims',
    { ...read, context: testContext({ caller: { subject: 'ada', roles: ['reader'], claims: {} } }) },
  ],
  ['other headers', { ...read, context: testContext({ requestId: 'another' }) }],
])('asks apart for %s', (_, other) => {
  void shared.execute(read);
  void shared.execute(other);
  expect(requests).toHaveLength(2);
});

it('never shares a mutation', () => {
  const write = { ...read, query: 'mutation { a }' };
  void shared.execute(write);
  void shared.execute(write);
  expect(requests).toHaveLength(2);
});

it('goes on for those who stay, and is cancelled with the last who goes', async () => {
  const leaving = new AbortController();
  const staying = new AbortController();
  const one = shared.execute({ ...read, context: testContext({ signal: leaving.signal }) });
  const two = shared.execute({ ...read, context: testContext({ signal: staying.signal }) });
  leaving.abort();
  await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(requests[0]!.request.context.signal.aborted).toBe(false);
  staying.abort();
  await expect(two).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(requests[0]!.request.context.signal.aborted).toBe(true);
});

it('tells all who wait that it has failed', async () => {
  const all = [shared.execute(read), shared.execute(read)];
  requests[0]!.fail(new Error('no'));
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

it('keeps callers apart in process too, by subject, roles and claims, and shares nothing that one could change', async () => {
  let asked = 0;
  const schema = buildSchema('type Query { things: [Thing] } type Thing { id: ID }');
  schema.getQueryType()!.getFields().things!.resolve = async () => {
    asked += 1;
    await new Promise((resolve) => setImmediate(resolve));
    return [{ id: '1' }];
  };
  const transport = deduplicatedTransport(localTransport({ schema, parsedDocuments: 10 }), () => '');
  const context = testContext();
  const as = (caller: Partial<typeof context.caller>) => ({
    query: '{ things { id } }',
    context: { ...context, caller: { ...context.caller, ...caller } },
  });
  const requests = [
    as({}),
    as({}),
    as({ subject: 'other' }),
    as({ roles: ['x'] }),
    as({ claims: { tenant: 2 } }),
  ];
  const results = await Promise.all(requests.map((request) => transport.execute(request)));
  expect(asked).toBe(4);
  const [one, two] = results.map(({ data }) => data as { things: { id: string }[] });
  expect(two).toEqual({ things: [{ id: '1' }] });
  one!.things[0]!.id = 'changed';
  expect(two!.things[0]!.id).toBe('1');
});
