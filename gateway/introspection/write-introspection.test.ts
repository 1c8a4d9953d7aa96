import { buildSchema, executeSync, getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { addLazily, makeLazyTypes } from '../../schema/lazy-types.js';
import { isIntrospectionOnly, writeIntrospection } from './write-introspection.js';

const SDL = `"Everything." schema { query: Query mutation: Change }
directive @marked(by: [String!] = ["a"]) repeatable on FIELD | FIELD_DEFINITION
"What is asked." type Query { shop: Shop node(id: ID!, like: By = {size: BIG, words: ["x", null]}): Node any: [Any!]! }
type Change { old: Int @deprecated(reason: "gone") }
interface Node { id: ID! } interface Named implements Node { id: ID! name: String }
type Shop { placeholder: Boolean } type Person implements Named & Node { id: ID! name: String }
union Any = Person | Shop scalar Url @specifiedBy(url: "https://example.org") enum Size { BIG SMALL @deprecated }
input By { size: Size! = SMALL words: [String] = [] old: Int @deprecated url: Url } input One @oneOf { a: Int b: Int }`;

const OWN = new Map([
  [
    'Shop',
    '"A shop: \\"two\\"."\ntype Shop {\n  items(where: ItemWhere, first: Int = 3): [Item!]\n  people: [Person]\n}',
  ],
  ['Item', 'type Item {\n  "Its size."\n  size: Size!\n  colour: Colour\n}'],
  ['ItemWhere', 'input ItemWhere {\n  and: [ItemWhere!]\n  size: Size\n  among: Colour = RED\n}'],
  ['Colour', '"Colours."\nenum Colour {\n  "Like blood."\n  RED\n  BLUE\n}'],
]);

function makeSchema() {
  const schema = buildSchema(SDL);
  const standing = { ...schema.getTypeMap() };
  const lazy = makeLazyTypes({
    definitions: OWN,
    others: (name) => standing[name],
    resolverOf: () => undefined,
  });
  addLazily(schema, lazy, 'Shop');
  return { schema, lazy };
}

const FORMS = {
  'as tools ask by default': getIntrospectionQuery(),
  'with all that there is': getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  }),
  'with aliases, fragments and names of types': `{ a: __schema { __typename kinds: types { k: kind ...Name } }
    b: __schema { queryType { name fields(includeDeprecated: true) { args { defaultValue type { ofType { name } } } } }
      mutationType { fields { name } all: fields(includeDeprecated: true) { name isDeprecated } }
      ... on __Schema { directives { name locations args { name defaultValue } } } subscriptionType { name } } }
    fragment Name on __Type { name possibleTypes { name } enumValues { name } }`,
};

for (const [form, query] of Object.entries(FORMS)) {
  test(`an introspection ${form} is answered as graphql-js answers it`, () => {
    const document = parse(query);
    const operation = getOperationAST(document)!;
    const { schema } = makeSchema();
    expect(validate(schema, document)).toEqual([]);
    expect(isIntrospectionOnly(operation, document)).toBe(true);
    const written = [...writeIntrospection(schema, operation, document)].join('');
    expect(written).toBe(JSON.stringify(executeSync({ schema: makeSchema().schema, document })));
  });
}

test('writing a schema reads none of its lazy types for good', () => {
  const { schema, lazy } = makeSchema();
  const document = parse(getIntrospectionQuery());
  const text = [...writeIntrospection(schema, getOperationAST(document)!, document)].join('');
  expect(text).toContain('"Like blood."');
  expect(typeof Object.getOwnPropertyDescriptor(lazy.types.get('Item'), '_fields')?.value).toBe('function');
});

test('what asks for more than the schema, or on conditions, is answered as any other operation', () => {
  for (const query of [
    '{ __schema { description } shop { people { id } } }',
    '{ __type(name: "Shop") { name } }',
    'query($yes: Boolean!) { __schema @include(if: $yes) { description } }',
    '{ __schema { description @skip(if: true) types { name } } }',
    'mutation { old }',
  ]) {
    const document = parse(query);
    expect(isIntrospectionOnly(getOperationAST(document)!, document)).toBe(false);
  }
});
