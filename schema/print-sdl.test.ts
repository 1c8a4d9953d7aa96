import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { type GraphQLInputObjectType, type GraphQLObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { shopCatalog } from '../test/fixtures/shop.js';
import { readGlueSnapshot } from './glue.js';
import { printSubgraphSdl } from './print-sdl.js';

const shop = { name: 'shop', description: 'A little shop.' };

function catalogOf(tables: Record<string, readonly object[]>) {
  const TableList = Object.entries(tables).map(([Name, Columns]) => ({
    Name,
    StorageDescriptor: { Columns },
  }));
  return readGlueSnapshot({ DatabaseList: [{ Name: 'd' }], TableList });
}

function typeOf<Type>(sdl: string, name: string): Type {
  return buildSubgraphSchema(parse(sdl)).getType(name) as Type;
}

describe('a printed schema', () => {
  it('is the same text for the same catalog', () => {
    expect(printSubgraphSdl(shop, shopCatalog)).toBe(printSubgraphSdl(shop, structuredClone(shopCatalog)));
  });

  it('gives each column its type, keys as never null, and relations both ways', () => {
    const type = typeOf<GraphQLObjectType>(printSubgraphSdl(shop, shopCatalog), 'ShopOrders');
    const fields = Object.fromEntries(
      Object.entries(type.getFields()).map(([name, field]) => [name, String(field.type)]),
    );
    expect(fields).toEqual({
      orderId: 'BigInt!',
      customerId: 'Int',
      payerId: 'Int',
      amount: 'Decimal',
      weight: 'Float',
      items: 'Int',
      orderedAt: 'DateTime',
      customer: 'ShopCustomer',
      payer: 'ShopCustomer',
      orderNote: '[ShopOrderNote!]',
      orderNoteConnection: 'ShopOrderNoteConnection',
    });
  });

  it('asks for all columns of a key, and for none where there is no key', () => {
    const query = typeOf<GraphQLObjectType>(printSubgraphSdl(shop, shopCatalog), 'ShopQuery').getFields();
    expect(query.orderNoteByPk?.args.map((argument) => `${argument.name}: ${argument.type}`)).toEqual([
      'orderId: BigInt!',
      'line: Int!',
    ]);
    expect(Object.keys(query)).toEqual(expect.arrayContaining(['log', 'logAggregate']));
    expect(Object.keys(query)).not.toContain('logByPk');
  });

  it('has a connection for every list of rows with a key, but where another table has its name', () => {
    const key = { 'askgraph.primaryKey': 'x' };
    const table = (Name: string, Parameters = key) => ({
      Name,
      Parameters,
      StorageDescriptor: { Columns: [{ Name: 'x', Type: 'int' }] },
    });
    const TableList = [table('device'), table('device_connection'), table('site'), table('log', {} as never)];
    const catalog = readGlueSnapshot({ DatabaseList: [{ Name: 'd' }], TableList });
    const sdl = printSubgraphSdl({ name: 'd', description: '' }, catalog);
    const fields = Object.keys(typeOf<GraphQLObjectType>(sdl, 'DQuery').getFields());
    expect(fields.filter((name) => name.endsWith('Connection'))).toEqual([
      'deviceConnection',
      'deviceConnectionConnection',
      'siteConnection',
    ]);
    expect(String(typeOf<GraphQLObjectType>(sdl, 'DQuery').getFields().deviceConnection?.type)).toBe(
      '[DDeviceConnection!]',
    );
  });

  it('says what the catalog says of a column, with its unit once', () => {
    const unit = { 'askgraph.unit': 'USD' };
    const sdl = printSubgraphSdl(
      { name: 'd', description: '' },
      catalogOf({
        t: [
          { Name: 'a', Type: 'int', Comment: 'The "fee".', Parameters: unit },
          { Name: 'b', Type: 'int', Comment: 'Price in USD.', Parameters: unit },
          { Name: 'c', Type: 'int' },
        ],
      }),
    );
    const fields = typeOf<GraphQLObjectType>(sdl, 'DT').getFields();
    expect([fields.a?.description, fields.b?.description, fields.c?.description]).toEqual([
      'The "fee". In USD.',
      'Price in USD.',
      undefined,
    ]);
  });

  it('filters lists and objects only by whether they are there', () => {
    const where = typeOf<GraphQLInputObjectType>(
      printSubgraphSdl(shop, shopCatalog),
      'ShopCustomerWhere',
    ).getFields();
    const order = typeOf<GraphQLInputObjectType>(
      printSubgraphSdl(shop, shopCatalog),
      'ShopCustomerOrderBy',
    ).getFields();
    expect(String(where.tags?.type)).toBe('JsonFilter');
    expect(Object.keys(order)).not.toContain('tags');
  });

  it('has no empty types for a table of lists only', () => {
    const sdl = printSubgraphSdl(
      { name: 'd', description: '' },
      catalogOf({ t: [{ Name: 'a', Type: 'array<int>' }] }),
    );
    expect(() => buildSubgraphSchema(parse(sdl))).not.toThrow();
  });

  it('composes with another domain’s', () => {
    const services = ['shop', 'store'].map((name) => ({
      name,
      typeDefs: parse(printSubgraphSdl({ name, description: name }, shopCatalog)),
    }));
    const { errors, supergraphSdl } = composeServices(services);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('store: StoreQuery');
  });
});

describe('a catalog that GraphQL cannot hold', () => {
  it.each<[string, Record<string, readonly object[]>]>([
    [
      'two columns of one name',
      {
        t: [
          { Name: 'a_b', Type: 'int' },
          { Name: 'aB', Type: 'int' },
        ],
      },
    ],
    ['a column of a filter’s own name', { t: [{ Name: 'and', Type: 'int' }] }],
    [
      'a column that is a date’s parts',
      {
        t: [
          { Name: 'd', Type: 'date' },
          { Name: 'd_parts', Type: 'int' },
        ],
      },
    ],
    ['two tables of one name', { a_b: [{ Name: 'x', Type: 'int' }], aB: [{ Name: 'x', Type: 'int' }] }],
    ['a table of the namespace’s name', { query: [{ Name: 'x', Type: 'int' }] }],
    [
      'a table of another’s input',
      { t: [{ Name: 'x', Type: 'int' }], t_where: [{ Name: 'x', Type: 'int' }] },
    ],
  ])('is refused: %s', (_, tables) => {
    expect(() => printSubgraphSdl({ name: 'd', description: '' }, catalogOf(tables))).toThrow(
      expect.objectContaining({ code: 'CATALOG_INVALID' }),
    );
  });
});
