import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGlueSnapshot } from '../../schema/glue.js';
import { keepRemoved } from '../../schema/keep-removed.js';
import { mergeSnapshot } from '../../schema/merge-snapshot.js';
import { openShop, shopDomain, shopSnapshot } from '../../test/fixtures/shop.js';
import { TypedShop } from '../../test/fixtures/typed-shop.js';
import { makePermissions } from '../policy/permissions.js';

/** The shop, after its source has lost `orders.amount`, `orders.payer_id`, `customer.born` and the table `order_note`. */
const GONE = new Set(['amount', 'payer_id', 'born']);
const fresh = {
  ...shopSnapshot,
  TableList: shopSnapshot.TableList.filter(({ Name }) => Name !== 'order_note').map((table) => ({
    ...table,
    StorageDescriptor: {
      Columns: (table.StorageDescriptor?.Columns ?? []).filter(({ Name }) => !GONE.has(Name)),
    },
  })),
};
const warn = () => {};
const kept = keepRemoved(shopSnapshot, fresh, {
  now: new Date('2026-11-22T10:00:00Z'),
  days: 30,
  isLookedFor: () => true,
  warn,
});
const catalog = readGlueSnapshot(mergeSnapshot(shopSnapshot, kept, warn));
const domain = { ...shopDomain, metrics: [] };

let shop: TypedShop;
beforeAll(async () => {
  const open = await openShop([
    'ALTER TABLE orders DROP COLUMN amount',
    'ALTER TABLE orders DROP COLUMN payer_id',
    'ALTER TABLE customer DROP COLUMN born',
    'DROP TABLE order_note',
  ]);
  shop = new TypedShop(open, { domain, catalog });
});
afterAll(() => shop.close());

describe('what was removed from the catalog', () => {
  it('is in nothing that statements, questions and guards are made of', () => {
    const names = catalog.tables.flatMap(({ name, columns }) => [
      name,
      ...columns.map((column) => column.name),
    ]);
    for (const name of [...GONE, 'order_note']) expect(names).not.toContain(name);
    const relations = [...(catalog.relations?.values() ?? [])].flat();
    expect(relations.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['customer', 'country', 'ordersByCustomerId']),
    );
    expect(
      relations.some(
        ({ fromColumn, toColumn, toTable }) =>
          GONE.has(fromColumn) || GONE.has(toColumn) || toTable === 'order_note',
      ),
    ).toBe(false);
  });

  it('is null in rows and never in the statement, beside what is there', async () => {
    const { orders } = await shop.ask(
      'orders(limit: 3, orderBy: [{ items: DESC }]) { orderId amount payer { name } customer { name born } orderNote { text } orderNoteConnection { totalCount edges { cursor } pageInfo { hasNextPage } } }',
    );
    const wanted = await shop.sql(
      'SELECT order_id::VARCHAR, name FROM orders LEFT JOIN customer USING (customer_id) ORDER BY items DESC, order_id LIMIT 3',
    );
    expect(orders).toEqual(
      wanted.map(([orderId, name]) => ({
        orderId,
        amount: null,
        payer: null,
        customer: { name, born: null },
        orderNote: [],
        orderNoteConnection: { totalCount: '0', edges: [], pageInfo: { hasNextPage: false } },
      })),
    );
    expect(shop.statements).toHaveLength(1);
    expect(shop.statements.join()).not.toMatch(/amount|payer_id|born|order_note/);
  });

  it('alone still gives a row for each row', async () => {
    const { orders, first } = await shop.ask(
      'orders(limit: 2) { amount } first: ordersByPk(orderId: "9007199254740993") { amount }',
    );
    expect([orders, first]).toEqual([[{ amount: null }, { amount: null }], { amount: null }]);
  });

  it('is null in pages, nested lists and aggregates', async () => {
    const { customer, customerConnection, ordersAggregate } = await shop.ask(
      `customer(limit: 1) { born ordersByCustomerId(limit: 1) { amount } ordersByPayerId { orderId } }
       customerConnection(first: 1) { edges { node { born } } }
       ordersAggregate { keys { amount payer { name } } count sum { amount items } max { amount } countDistinct { payerId } }`,
    );
    expect(customer).toEqual([{ born: null, ordersByCustomerId: [{ amount: null }], ordersByPayerId: [] }]);
    expect(customerConnection).toEqual({ edges: [{ node: { born: null } }] });
    const [[sum]] = (await shop.sql('SELECT sum(items)::VARCHAR FROM orders')) as [[string]];
    expect(ordersAggregate).toEqual([
      {
        keys: { amount: null, payer: null },
        count: '800',
        sum: { amount: null, items: sum },
        max: { amount: null },
        countDistinct: { payerId: null },
      },
    ]);
  });

  it('as a table gives empty lists and null, without a statement', async () => {
    expect(
      await shop.ask(
        'orderNote { text } orderNoteByPk(orderId: "1", line: 1) { text } orderNoteAggregate { count } orderNoteConnection { totalCount edges { node { text } } }',
      ),
    ).toEqual({
      orderNote: [],
      orderNoteByPk: null,
      orderNoteAggregate: [],
      orderNoteConnection: { totalCount: '0', edges: [] },
    });
    expect(shop.statements).toEqual([]);
  });

  it.each([
    ['orders(where: { amount: { gt: "1" } }) { orderId }', 'amount'],
    ['orders(where: { payer: { name: { eq: "a" } } }) { orderId }', 'payer'],
    ['orders(where: { orderNote: { some: {} } }) { orderId }', 'orderNote'],
    ['orders(where: { customer: { born: { year: { eq: 1970 } } } }) { orderId }', 'born'],
    ['customer(where: { ordersByPayerId: { some: {} } }) { name }', 'ordersByPayerId'],
    ['orders(orderBy: [{ amount: DESC }]) { orderId }', 'amount'],
    ['orders(distinct: [amount]) { amount }', 'amount'],
    [
      'customer(orderBy: [{ ordersByPayerIdAggregate: { count: ASC } }]) { name }',
      'ordersByPayerIdAggregate',
    ],
    ['ordersAggregate(groupBy: [{ amount: {} }]) { count }', 'amount'],
    ['ordersAggregate(having: { sum: { amount: { gt: "1" } } }) { count }', 'amount'],
    ['ordersAggregate(having: { keys: { amount: { gt: "1" } } }) { count }', 'amount'],
    ['ordersAggregate(orderBy: [{ keys: { amount: ASC } }]) { count }', 'amount'],
    ['ordersAggregate(orderBy: [{ max: { amount: ASC } }]) { count }', 'amount'],
  ])('chooses, groups and orders nothing: %s', async (field, name) => {
    expect(await shop.fail(field)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(
        new RegExp(`^"${name}" of \\w+ was removed from the catalog on 2026-11-22`),
      ),
    });
    expect(shop.statements).toEqual([]);
  });

  it('is hidden from whom it was hidden', async () => {
    const policies = [
      { name: 'all', for: 'everyone', admit: [{ tables: '*', columns: '*' }] },
      { name: 'no births', for: 'everyone', restrict: [{ tables: 'customer', hide: 'born' }] },
    ] as const;
    const permissions = makePermissions({ domain: 'shop', catalog, policies, hashKey: '' });
    const own = new TypedShop(await openShop(), { domain, catalog, permissions });
    expect(await own.fail('customer(limit: 1) { born }')).toMatchObject({ code: 'UNKNOWN_NAME' });
    expect((await own.ask('orders(limit: 1) { amount } orderNote { text }')).orders).toEqual([
      { amount: null },
    ]);
    await own.close();
  });
});

it('cannot be of the primary key', () => {
  const [country] = shopSnapshot.TableList;
  const Columns = country?.StorageDescriptor?.Columns?.map((column) => ({
    ...column,
    Parameters: { 'askgraph.removed': '2026-11-22', 'askgraph.removedUntil': '2026-12-22' },
  }));
  const snapshot = { ...shopSnapshot, TableList: [{ ...country, StorageDescriptor: { Columns } }] };
  expect(() => readGlueSnapshot(snapshot)).toThrow(
    'country.code is of the primary key, whose values are never null: it cannot be marked as removed.',
  );
});
