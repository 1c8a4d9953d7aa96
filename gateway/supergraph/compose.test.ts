import { parse, validateSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from './compose.js';
import { subgraphSdl } from './conformance/conformance.js';
import { publicSchema } from './public-schema.js';
import { assertEntitiesHaveOneOwner } from './shared-entities.js';

const subgraph = (name: string, sdl: string) => ({
  name,
  sdl: subgraphSdl({ sdl, resolvers: {} }),
  url: `http://${name}.test`,
});

describe('composeSupergraph', () => {
  it('gives an SDL whose public schema is valid', async () => {
    const sdl = await composeSupergraph([
      subgraph('a', 'type Query { a: A } type A @key(fields: "id") { id: ID! }'),
      subgraph('b', 'extend type A @key(fields: "id") { id: ID! b: Int }'),
    ]);
    const schema = publicSchema(parse(sdl));
    expect(validateSchema(schema)).toEqual([]);
    expect(Object.keys(schema.getTypeMap()).filter((name) => /^(join|link)/.test(name))).toEqual([]);
  });

  it('lists every error at once', async () => {
    const composing = composeSupergraph([
      subgraph('a', 'type Query { a: Thing b: Int } type Thing { x: Int }'),
      subgraph('b', 'type Query { b: Int } type Thing { x: Int }'),
    ]);
    await expect(composing).rejects.toMatchObject({
      code: 'COMPOSITION_FAILED',
      message: expect.stringMatching(/"Query.b".*\n.*"Thing.x"|"Thing.x".*\n.*"Query.b"/s),
      details: { errors: [expect.any(String), expect.any(String)] },
    });
  });

  it('says whose SDL does not parse', async () => {
    await expect(composeSupergraph([subgraph('broken', 'type Query {')])).rejects.toMatchObject({
      code: 'COMPOSITION_FAILED',
      domain: 'broken',
    });
  });
});

describe('assertEntitiesHaveOneOwner', () => {
  const sales = subgraph(
    'sales',
    'type Query { e: Event } type Event @key(fields: "id") { id: ID! price: Int }',
  );

  it('refuses two different things of one name, which would merge silently', async () => {
    const hr = subgraph('hr', 'type Event @key(fields: "id") { id: ID! hired: String }');
    await expect(composeSupergraph([sales, hr])).resolves.toContain('hired');
    expect(() => assertEntitiesHaveOneOwner([sales, hr])).toThrow(
      'Entity "Event" is defined by "sales" and "hr". Rename one, or write "extend type" in the subgraph that adds to it.',
    );
  });

  it.each([
    ['extend type', 'extend type Event @key(fields: "id") { id: ID! hired: String }'],
    ['@extends', 'type Event @key(fields: "id") @federation__extends { id: ID! hired: String }'],
    ['an @external field', 'type Event @key(fields: "id") { id: ID! @external hired: String }'],
    ['keys that are references', 'type Event @key(fields: "id", resolvable: false) { id: ID! }'],
    ['no key of its own', 'type Other @key(fields: "id") { id: ID! }'],
  ])('takes %s as a contribution', (_, sdl) => {
    expect(() => assertEntitiesHaveOneOwner([sales, subgraph('other', sdl)])).not.toThrow();
  });
});
