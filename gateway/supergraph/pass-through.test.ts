import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { composeSupergraph } from './compose.js';
import { testContext } from './conformance/test-context.js';
import { createSupergraph, type SupergraphAnswer } from './supergraph.js';
import type { SubgraphRequest, Transport } from './transport.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])';
const FIRST = `${LINK} type Query { user(id: ID): User pet: Pet colour: Colour size: Size errors: Int }
  type User @key(fields: "id") { id: ID! name: String friend: User }
  union Pet = Cat | Dog type Cat { name: String } type Dog { name: String bark: String }
  enum Colour { RED GREEN @inaccessible } enum Size { S L }`;
const SECOND = `${LINK} type User @key(fields: "id") { id: ID! email: String }`;

interface Asked {
  readonly answer: SupergraphAnswer;
  readonly requests: readonly SubgraphRequest[];
}

async function ask(query: string, text: string, variables: Record<string, unknown> = {}): Promise<Asked> {
  const requests: SubgraphRequest[] = [];
  const transport: Transport = {
    execute: async () => JSON.parse(text),
    executeText: async (request) => {
      requests.push(request);
      if (text === '') throw new AskgraphError('SUBGRAPH_UNAVAILABLE', 'It is down.');
      return { text, read: () => JSON.parse(text) };
    },
    close: async () => {},
  };
  const sdl = await composeSupergraph([
    { name: 'first', sdl: FIRST, url: 'http://first.test' },
    { name: 'second', sdl: SECOND, url: 'http://second.test' },
  ]);
  const supergraph = await createSupergraph({
    sdl,
    transports: new Map([
      ['first', transport],
      ['second', transport],
    ]),
    preparedOperations: 10,
  });
  const document = parse(query);
  return { answer: await supergraph.respond({ document, variables, context: testContext() }), requests };
}

// Spaces and an unknown field would not survive being read.
const AS_IT_CAME = '{"data":{ "any":1 }}';

it.each([
  '{ user { id name } }',
  '{ me: user(id: "1") { called: name friend { ...F } } } fragment F on User { id name }',
  'query ($id: ID) { user(id: $id) { ... on User { name } } }',
  '{ pet { __typename ... on Cat { name } ... on Dog { name bark } } }',
  '{ size }',
  '{ user { id @include(if: true) name @skip(if: false) } }',
])('gives the text of one subgraph as it came for %s', async (query) => {
  const { answer, requests } = await ask(query, AS_IT_CAME, { id: '7' });
  const passed = requests.length === 1 && 'text' in answer;
  // Conditions that are written out are not worth the trouble: they only must not be lost.
  if (query.includes('@')) expect(passed).toBe(false);
  else expect(answer).toEqual({ text: AS_IT_CAME });
});

it('asks with the names and the variables of the client', async () => {
  const query = 'query ($id: ID) { me: user(id: $id) { id: name } }';
  const { requests } = await ask(query, AS_IT_CAME, { id: '7' });
  expect(requests[0]?.query.replace(/\s+/g, '')).toContain('me:user(id:$id){id:name}');
  expect(requests[0]?.variables).toEqual({ id: '7' });
});

it.each([
  ['an enum with hidden values', '{ colour }', '{"data":{"colour":"GREEN"}}', { colour: null }],
  [
    'a type whose name must be asked for',
    '{ pet { ... on Cat { name } } }',
    '{"data":{"pet":{"__typename":"Dog"}}}',
    { pet: {} },
  ],
])('reads the answer for %s', async (_, query, text, data) => {
  const { answer } = await ask(query, text);
  const read = 'text' in answer ? JSON.parse(answer.text) : answer.result;
  expect(JSON.parse(JSON.stringify(read.data))).toEqual(data);
});

it('reads an answer with errors, and tells them at their places', async () => {
  const text = '{"data":{"user":{"id":"1","name":null}},"errors":[{"message":"no","path":["user","name"]}]}';
  const { answer } = await ask('{ user { id name } }', text);
  expect(answer).toMatchObject({
    result: {
      data: { user: { id: '1', name: null } },
      errors: [{ message: 'no', path: ['user', 'name'], extensions: { serviceName: 'first' } }],
    },
  });
});

it('reads an answer in which a field is called "errors"', async () => {
  const { answer } = await ask('{ errors }', '{"data":{"errors":1}}');
  expect(answer).toEqual({ result: { data: { errors: 1 } } });
});

it('says at each field of the root that the subgraph cannot be reached', async () => {
  const { answer } = await ask('{ user { id } size }', '');
  expect(answer).toMatchObject({
    result: {
      data: { user: null, size: null },
      errors: [
        { message: 'It is down.', path: ['user'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
        { message: 'It is down.', path: ['size'] },
      ],
    },
  });
});
