import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import { buildSubgraphSchemaFor } from '../../subgraphs/build-schema.js';
import { makePermissions } from '../../subgraphs/policy/permissions.js';
import { type OpenShop, openShop, shopCatalog } from '../fixtures/shop.js';

/** A domain that runs elsewhere shows its gateway the whole schema, and checks every caller by itself. */
const POLICY = [
  {
    name: 'clerks',
    for: { roles: ['clerk'] },
    admit: [{ tables: 'customer', columns: ['customer_id', 'name'] }],
  },
];
const caller = { subject: 'cyd', roles: ['clerk'], claims: {} };
let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe('a domain that is asked by its whole schema for what its caller may not see', () => {
  it.each([
    ['a column', '{ shop { customer { born } } }'],
    ['a condition', '{ shop { customer(where: {born: {isNull: false}}) { name } } }'],
    ['an order', '{ shop { customer(orderBy: [{born: ASC}]) { name } } }'],
    ['distinct values', '{ shop { customer(distinct: [born]) { name } } }'],
    ['a group', '{ shop { customerAggregate(groupBy: [{born: {}}]) { count } } }'],
    ['a figure', '{ shop { customerAggregate { max { born } } } }'],
    [
      'a condition on figures',
      '{ shop { customerAggregate(having: {max: {born: {gt: "1900-01-01"}}}) { count } } }',
    ],
    ['a table', '{ shop { orders { orderId } } }'],
    ['a relation', '{ shop { customer { country { countryName } } } }'],
    ['a condition on a relation', '{ shop { customer(where: {country: {code: {eq: "DE"}}}) { name } } }'],
    ['a table’s figures', '{ shop { ordersAggregate { count } } }'],
    ['a key', '{ shop { ordersByPk(orderId: "1") { amount } } }'],
  ])('gives nothing, and says that there is no such name: %s', async (_, source) => {
    const permissions = makePermissions({
      domain: 'shop',
      catalog: shopCatalog,
      policies: POLICY,
      hashKey: '',
    });
    const schema = buildSubgraphSchemaFor({
      domain: { name: 'shop', description: 'A little shop.', metrics: [] },
      catalog: shopCatalog,
      connector: shop.connector,
      audit: NO_AUDIT,
      permissions,
    });
    const signal = new AbortController().signal;
    const contextValue = { requestId: 'r', caller, signal, asOf: new Date(0) };
    const { data, errors } = await graphql({ schema, source, contextValue });
    expect(errors?.map(({ originalError }) => (originalError as { code?: string }).code)).toEqual([
      'UNKNOWN_NAME',
    ]);
    expect(Object.values((data?.shop ?? {}) as object).every((value) => value === null)).toBe(true);
    const seen = await graphql({ schema, source: '{ shop { customer(limit: 1) { name } } }', contextValue });
    expect(seen.errors).toBeUndefined();
  });
});
