import { buildSchema, GraphQLInt, type GraphQLObjectType, printType } from 'graphql';
import { expect, test } from 'vitest';
import { addLazily, makeLazyTypes } from './lazy-types.js';
import { block, type Definition, line } from './sdl-text.js';

const TABLES = 600;

/** A domain with a type for each of many tables, and what of them was read. */
function makeSchema() {
  const read: string[] = [];
  const counted = (definition: Definition): [string, Definition] => [
    definition.name,
    {
      ...definition,
      lines() {
        read.push(definition.name);
        return definition.lines();
      },
    },
  ];
  const tables = Array.from({ length: TABLES }, (_, index) => index);
  const schema = buildSchema('type Query { shop: Shop } type Shop { placeholder: Boolean }');
  const standing = new Map(Object.entries({ Int: GraphQLInt, ...schema.getTypeMap() }));
  const lazy = makeLazyTypes({
    definitions: new Map(
      [
        block('type', 'Shop', 'All.', () =>
          tables.map((one) => line(`table${one}(id: Int = ${one}): Table${one}`)),
        ),
        ...tables.map((one) => block('type', `Table${one}`, '', () => [line(`column${one}: Int`)])),
      ].map(counted),
    ),
    others: (name) => standing.get(name),
    resolverOf: () => undefined,
  });
  addLazily(schema, lazy, 'Shop');
  return { schema, read, tableNamed: (name: string) => schema.getType(name) as GraphQLObjectType };
}

test('a type is read when its fields are asked for, and not again while few others are', () => {
  const { schema, read, tableNamed } = makeSchema();
  expect(Object.keys(schema.getTypeMap())).toContain(`Table${TABLES - 1}`);
  expect(read).toEqual([]);
  expect(Object.keys(tableNamed('Table7').getFields())).toEqual(['column7']);
  expect(Object.keys(tableNamed('Table7').getFields())).toEqual(['column7']);
  expect(read).toEqual(['Table7']);
});

test('the type that leads to all others says of one table no more than was asked', () => {
  const { schema, read, tableNamed } = makeSchema();
  const shop = tableNamed('Shop');
  expect(shop.getFields().table3?.args.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
    ['id', 3],
  ]);
  expect(shop.getFields().table3?.type).toBe(schema.getType('Table3'));
  expect(shop.getFields().table9999).toBeUndefined();
  expect(shop.description).toBe('All.');
  expect(read).toEqual(['Shop']);
});

test('types whose fields were read long ago are read again, and are the same types', () => {
  const { read, tableNamed } = makeSchema();
  const first = tableNamed('Table0');
  const before = printType(first);
  for (let one = 1; one < TABLES; one++) tableNamed(`Table${one}`).getFields();
  read.length = 0;
  expect(printType(first)).toBe(before);
  expect(read).toEqual(['Table0']);
  expect(tableNamed('Table0')).toBe(first);
});
