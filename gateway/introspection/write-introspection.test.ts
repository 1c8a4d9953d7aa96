import {
  buildSchema,
  executeSync,
  type GraphQLObjectType,
  getIntrospectionQuery,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { addLazily, makeLazyTypes } from '../../schema/lazy-types.js';
import { block, line } from '../../schema/sdl-text.js';
import { isIntrospectionOnly, writeIntrospection } from './write-introspection.js';

const SDL = `"Everything." schema { query: Query mutation: Change }
directive @marked(by: [String!] = ["a"]) repeatable on FIELD | FIELD_DEFINITION
"What is asked." type Query { shop: Shop node(id: ID!, like: By = {size: BIG, words: ["x", null]}): Node any: [Any!]! }
type Change { old: Int @deprecated(reason: "gone") share: Float }
interface Node { id: ID! } interface Named implements Node { id: ID! name: String }
type Shop { placeholder: Boolean } type Person implements Named & Node { id: ID! name: String }
union Any = Person | Shop scalar Url @specifiedBy(url: "https://example.org") enum Size { BIG SMALL @deprecated }
input By { size: Size! = SMALL words: [String] = [] old: Int @deprecated url: Url } input One @oneOf { a: Int b: Int }`;

const OWN = [
  block('type', 'Shop', 'A shop: "two".', () => [
    line('items(where: ItemWhere, first: Int = 3): [Item!]'),
    line('people: [Person]', 'Who "works" there.'),
    line(
      'sold(all: Boolean = true, last: Int! = -1): [[Item!]]! @cost(weight: "5") @listSize(assumedSize: 7)',
    ),
    line('gone(a: Int): Int @deprecated(reason: "no more")'),
  ]),
  block(
    'type',
    'Sale',
    '',
    () => [
      line('item(where: ItemWhere, first: Int = 3, all: Boolean = false): Item! @cost(weight: "5")', 'What.'),
      line('many: [[Item!]]!'),
      line('person: Person'),
    ],
    ' @key(fields: "item")',
  ),
  block('input', 'SaleWhere', 'Which.', () => [line('not: SaleWhere'), line('by: By!', 'Whom "by".')]),
  block('input', 'Words', '', () => [line('text: String = "a, b: c"'), line('share: Float = 1.50')]),
  block('enum', 'Side', '', () => [line('LEFT', 'Where the heart is.'), line('RIGHT')]),
  block('enum', 'Past', '', () => [line('OLD @deprecated(reason: "gone")'), line('NEW')]),
  block('type', 'Item', '', () => [line('size: Size!', 'Its size.'), line('colour: Colour')]),
  block('input', 'ItemWhere', '', () => [
    line('and: [ItemWhere!]'),
    line('size: Size'),
    line('among: Colour = RED'),
  ]),
  block('enum', 'Colour', 'Colours.', () => [line('RED', 'Like blood.'), line('BLUE')]),
];

function makeSchema(own = OWN) {
  const schema = buildSchema(SDL);
  const standing = { ...schema.getTypeMap() };
  const lazy = makeLazyTypes({
    definitions: new Map(own.map((definition) => [definition.name, definition])),
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
  'for names alone': '{ __schema { types { name kind __typename } } }',
  'with more of inner types than their names': `{ __schema { types { name fields { name type { description
    fields { name } } } inputFields { type { ofType { description } } } interfaces { name } isOneOf } } }`,
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

test('writing a schema keeps none of its lazy types', () => {
  const read: string[] = [];
  const { schema, lazy } = makeSchema(
    OWN.map((definition) => ({
      ...definition,
      lines() {
        read.push(definition.name);
        return definition.lines();
      },
    })),
  );
  const document = parse(getIntrospectionQuery());
  const text = [...writeIntrospection(schema, getOperationAST(document)!, document)].join('');
  expect(text).toContain('"Like blood."');
  read.length = 0;
  const item = lazy.get('Item') as GraphQLObjectType;
  expect(Object.keys(item.getFields())).toEqual(['size', 'colour']);
  expect(read).toEqual(['Item']);
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
