import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TypedShop } from '../../test/fixtures/typed-shop.js';

let shop: TypedShop;
beforeAll(async () => {
  shop = await TypedShop.open();
});
afterAll(() => shop.close());

describe('relations to many', () => {
  it('are read with one statement for all parents, each with its own limit', async () => {
    const { customer } = await shop.ask(
      'customer(limit: 30) { customerId ordersByCustomerId(where: {items: {gt: 2}}, orderBy: [{amount: DESC}], limit: 2, offset: 1) { orderId orderNote(limit: 1, orderBy: [{line: DESC}]) { text } } }',
    );
    expect(shop.statements).toHaveLength(1);
    const rows = await shop.sql(
      `SELECT c.customer_id, (SELECT list(o.order_id ORDER BY o.amount DESC NULLS LAST, o.order_id) FROM orders o WHERE o.customer_id = c.customer_id AND items > 2)[2:3]
       FROM customer c ORDER BY 1 LIMIT 30`,
    );
    const noted = new Set(
      (await shop.sql('SELECT order_id FROM order_note WHERE line = 3')).map(([id]) => id),
    );
    expect(customer).toEqual(
      rows.map(([customerId, ids]) => ({
        customerId,
        ordersByCustomerId: ((ids ?? []) as string[]).map((orderId) => ({
          orderId,
          orderNote: noted.has(orderId) ? [{ text: 'note 3' }] : [],
        })),
      })),
    );
    expect(
      (customer as { ordersByCustomerId: object[] }[]).some((row) => row.ordersByCustomerId.length === 2),
    ).toBe(true);
  });

  it('may be asked for twice with different arguments', async () => {
    const { country } = await shop.ask(
      'country { first: customer(limit: 1) { customerId } last: customer(limit: 1, orderBy: [{customerId: DESC}]) { customerId name } }',
    );
    const rows = await shop.sql(
      'SELECT min(customer_id), max(customer_id) FROM country JOIN customer ON code = country_code GROUP BY code ORDER BY code',
    );
    expect(country).toEqual(
      rows.map(([first, last]) => ({
        first: [{ customerId: first }],
        last: [{ customerId: last, name: `Customer ${last}` }],
      })),
    );
  });
});

describe('entities', () => {
  it('are read with one statement for each type, in the order asked for', async () => {
    const { data, errors } = await shop.run(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename ... on ShopCustomer { name country { countryName } } ... on ShopOrderNote { text } } }`,
      {
        refs: [
          { __typename: 'ShopCustomer', customerId: 5 },
          { __typename: 'ShopOrderNote', orderId: '9007199254740995', line: 1 },
          { __typename: 'ShopCustomer', customerId: 999 },
          { __typename: 'ShopCustomer', customerId: 4 },
          { __typename: 'ShopCustomer', customerId: 5 },
        ],
      },
    );
    expect(errors).toBeUndefined();
    const five = { __typename: 'ShopCustomer', name: 'Customer 5', country: { countryName: 'France' } };
    expect(JSON.parse(JSON.stringify(data))._entities).toEqual([
      five,
      (await shop.sql('SELECT 1 FROM order_note WHERE order_id = 9007199254740995')).length > 0
        ? { __typename: 'ShopOrderNote', text: 'note 1' }
        : null,
      null,
      { __typename: 'ShopCustomer', name: 'Customer 4', country: { countryName: 'Germany' } },
      five,
    ]);
    expect(shop.statements).toHaveLength(2);
  });

  it('are described to the gateway', async () => {
    const { data } = await shop.run('{ _service { sdl } }');
    expect(JSON.stringify(data)).toContain('@key(fields: \\"orderId line\\")');
  });
});
