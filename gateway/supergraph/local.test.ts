import { execute, GraphQLError, type GraphQLResolveInfo, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { subgraphSchema } from './conformance/conformance.js';
import { testContext } from './conformance/test-context.js';
import { localTransport } from './local.js';

let seen: unknown[] = [];

/** Notes what a resolver that compiles its selection to SQL reads. */
function note(result: (source: { id?: string }) => unknown) {
  return (
    source: { id?: string },
    input: Record<string, unknown>,
    context: unknown,
    info: GraphQLResolveInfo,
  ) => {
    seen.push({
      field: `${info.parentType}.${info.fieldName}: ${info.returnType}`,
      input: { ...input },
      isOwnContext: context === shared,
      nodes: info.fieldNodes.map(print),
      fragments: Object.values(info.fragments).map(print),
      variables: { ...info.variableValues },
    });
    return result(source);
  };
}

const shared = testContext();
const schema = subgraphSchema({
  sdl: `type Query { shop: Shop } type Shop { sales(where: Where, limit: Int = 5): [Sale!] first: Sale }
    input Where { year: Int not: Where any: [Where!] } union Thing = Sale | Event
    type Sale @key(fields: "id") { id: ID! price(unit: String): String! event: Event thing: Thing }
    type Event @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: { shop: () => ({}) },
    Shop: {
      sales: note(() => [{ id: '1' }, { id: '2' }]),
      first: note(async () => ({ id: '1' })),
    },
    Sale: {
      __resolveReference: (reference: { id: string }) => (reference.id === 'gone' ? null : reference),
      price: note(({ id }) => {
        if (id === '2') throw new AskgraphError('SOURCE_UNAVAILABLE', 'The database is away.');
        return id === '3' ? null : `${id}.00`;
      }),
      event: note(async ({ id }) => ({ id: `e${id}`, name: 'Opera' })),
      thing: note(({ id }) => ({ __typename: id === '1' ? 'Event' : 'Sale', id, name: 'Opera' })),
    },
  },
});

const operations: [string, Record<string, unknown>][] = [
  [
    'query ($w: Where = {year: 2007}) { shop { sales(where: $w) { id } } }',
    { w: { not: { year: 2008 }, any: [{ not: { any: { year: 3 } } }] } },
  ],
  ['query ($w: Where = {year: 2007}) { shop { sales(where: $w) { id } } }', {}],
  ['{ shop { sales { id price event { name } } } __typename }', {}],
  [
    `query ($w: Where, $no: Boolean!, $l: Int) {
      shop { sales(where: $w, limit: $l) { ...sale @skip(if: $no) id } first @skip(if: $no) { id } again: first { event { id } } }
    }
    fragment sale on Sale { price(unit: "EUR") thing { __typename ... on Event { name } ... on Sale { id } } }`,
    { w: { year: 2008 }, no: false },
  ],
  [
    'query ($representations: [_Any!]!, $u: String = "USD") { _entities(representations: $representations) { ... on Sale { price(unit: $u) event { id } } ... on Event { __typename } } }',
    { representations: ['1', '2', '3', 'gone'].map((id) => ({ __typename: 'Sale', id })) },
  ],
  [
    'query ($a: [_Any!]!, $b: [_Any!]!) { _e0: _entities(representations: $a) { ... on Sale { price } } _e1: _entities(representations: $b) { ... on Sale { thing { __typename } } } }',
    {
      a: [{ __typename: 'Sale', id: '1' }],
      b: [
        { __typename: 'Sale', id: '1' },
        { __typename: 'Sale', id: '2' },
      ],
    },
  ],
];

describe('localTransport', () => {
  it.each(operations)(
    'gives resolvers and clients what graphql-js gives them: %s',
    async (query, variables) => {
      seen = [];
      const expected = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        contextValue: shared,
      });
      const expectedSeen = seen;
      const transport = localTransport({ schema, parsedDocuments: 10 });
      for (const _ of ['compiled', 'kept']) {
        seen = [];
        const result = await transport.execute({ query, variables, context: shared });
        // Beside a null that may not be, graphql-js leaves the rest of the object out; compiled code may still ask for it.
        expect(seen).toEqual(expect.arrayContaining(expectedSeen));
        expect(seen.length).toBeGreaterThan(0);
        expect(JSON.stringify(result.data)).toBe(JSON.stringify(expected.data));
        expect(errorsOf(result.errors)).toEqual(errorsOf(expected.errors));
      }
    },
  );

  it('says that a value which no type lets through is bad input', async () => {
    const transport = localTransport({ schema, parsedDocuments: 10 });
    const query = 'query ($w: Where) { shop { sales(where: $w) { id } } }';
    const { data, errors } = await transport.execute({
      query,
      variables: { w: { not: 5 } },
      context: shared,
    });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('keeps the error that a resolver threw', async () => {
    const transport = localTransport({ schema, parsedDocuments: 10 });
    const { errors } = await transport.execute({ query: '{ shop { sales { price } } }', context: shared });
    expect(errors?.[0]).toBeInstanceOf(GraphQLError);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });
});

function errorsOf(errors: readonly GraphQLError[] | undefined): unknown[] {
  return (errors ?? []).map(({ message, path }) => `${path?.join('.')}: ${message}`).sort();
}
