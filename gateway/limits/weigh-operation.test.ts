import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../supergraph/compose.js';
import { readCosts } from './costs.js';
import { weighOperation } from './weigh-operation.js';

const schema = buildSchema(`
  type Query { shop: Shop ask(q: String): Answer }
  type Answer { text: String steps: [Step] }
  type Step { name: String }
  type Shop {
    customers(limit: Int = 50): [Customer!]!
    customersConnection(first: Int, after: String): CustomerConnection!
    customerByPk(id: ID): Customer
  }
  type CustomerConnection { edges: [CustomerEdge!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean }
  type CustomerEdge { cursor: String node: Customer }
  type Customer { name: String tags: [String] orders(limit: Int): [Order] }
  type Order { amount: Int lines: [Line] }
  type Line { text: String }
`);

function weigh(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  return weighOperation(document.definitions[0] as OperationDefinitionNode, document, schema, variables);
}

describe('the cost of an operation', () => {
  it.each([
    ['one object', '{ shop { customerByPk(id: 1) { name } } }', 1 + 1],
    ['a list at its limit', '{ shop { customers(limit: 7) { name tags } } }', 1 + 7],
    ['a list at the default of its schema', '{ shop { customers { name } } }', 1 + 50],
    [
      'lists within lists',
      '{ shop { customers(limit: 7) { orders(limit: 3) { amount } } } }',
      1 + 7 * (1 + 3),
    ],
    [
      'a list that takes no limit',
      '{ shop { customerByPk { orders(limit: 2) { lines { text } } } } }',
      1 + 1 + 2 * (1 + 10),
    ],
    [
      'a list whose limit is not a number yet',
      '{ shop { customerByPk { orders { amount } } } }',
      1 + 1 + 100,
    ],
    [
      'a connection, whose edges are as many as it was asked for',
      '{ shop { customersConnection(first: 7) { edges { node { name } } pageInfo { hasNextPage } } } }',
      1 + 1 + 7 * (1 + 1) + 1,
    ],
    [
      'a connection through fragments',
      '{ shop { customersConnection(first: 7) { ...c } } } fragment c on CustomerConnection { edges { ...e } } fragment e on CustomerEdge { node { name } }',
      1 + 1 + 7 * (1 + 1),
    ],
    ['a question', '{ ask(q: "a") { text steps { name } } }', 100 + 1 + 10],
    ['nothing but names', '{ __typename }', 0],
  ])('is that of %s', (_, source, cost) => expect(weigh(source).cost).toBe(cost));

  it('reads a variable, its default, and neither as the most that is given without', () => {
    const source = 'query ($n: Int = 9) { shop { customers(limit: $n) { name } } }';
    expect(weigh(source).cost).toBe(1 + 9);
    expect(weigh(source, { n: 4 }).cost).toBe(1 + 4);
    expect(weigh('query ($n: Int) { shop { customers(limit: $n) { name } } }').cost).toBe(1 + 100);
  });

  it('counts questions and fields through fragments, and root fields once', () => {
    const source =
      '{ ...a ...a shop { __typename } } fragment a on Query { x: ask { text } y: ask { text } }';
    expect(weigh(source)).toMatchObject({ asks: 4, fields: 10, rootFields: 3 });
  });
});

describe('the cost of an operation on a supergraph', () => {
  it('is what @cost and @listSize say, under the names that it links them by', async () => {
    const sdl = await composeSupergraph([
      {
        name: 'shop',
        url: 'local:shop',
        sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", { name: "@cost", as: "@price" }, "@listSize"])
          type Query {
            sums(limit: Int = 50, by: Int @price(weight: 3)): [Sum] @price(weight: 10) @listSize(assumedSize: 20, slicingArguments: ["limit"], requireOneSlicingArgument: false)
            pages(first: Int, last: Int): Page @listSize(assumedSize: 30, slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)
            fixed: [Heavy] @listSize(assumedSize: 4)
          }
          type Sum { total: Int }
          type Page { edges: [Sum] others: [Sum] }
          type Heavy @price(weight: 7) { name: String }`,
      },
    ]);
    const costs = readCosts(sdl);
    const api = buildSchema(
      `type Query { sums(limit: Int = 50, by: Int): [Sum] pages(first: Int, last: Int): Page fixed: [Heavy] }
       type Sum { total: Int } type Page { edges: [Sum] others: [Sum] } type Heavy { name: String }`,
    );
    const cost = (source: string) => {
      const document = parse(source);
      return weighOperation(document.definitions[0] as OperationDefinitionNode, document, api, {}, costs)
        .cost;
    };
    expect(cost('{ sums(limit: 5) { total } }')).toBe(5 * 10);
    expect(cost('{ sums { total } }')).toBe(50 * 10);
    expect(cost('{ sums(limit: null, by: 1) { total } }')).toBe(20 * 10 + 3);
    expect(cost('{ pages(first: 5) { edges { total } } }')).toBe(1 + 5);
    expect(cost('{ pages { edges { total } others { total } } }')).toBe(1 + 30 + 10);
    expect(cost('{ fixed { name } }')).toBe(4 * 7);
  });
});
