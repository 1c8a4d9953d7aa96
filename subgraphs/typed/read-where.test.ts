import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TypedShop } from '../../test/fixtures/typed-shop.js';

let shop: TypedShop;
beforeAll(async () => {
  shop = await TypedShop.open();
});
afterAll(() => shop.close());

describe('a filter', () => {
  it.each([
    ['{born: {month: {eq: 5}}}', 'month(born) = 5'],
    [
      '{born: {year: {between: {from: 1972, to: 1974}}, dayOfWeek: {in: [6, 7]}}}',
      'year(born) BETWEEN 1972 AND 1974 AND isodow(born) >= 6',
    ],
    [
      '{born: {between: {from: "1972-01-01", to: "1973-06-30"}}}',
      "born BETWEEN '1972-01-01' AND '1973-06-30'",
    ],
    ['{name: {containsIgnoreCase: "CUSTOMER 1"}}', "name ILIKE '%customer 1%'"],
    ['{name: {startsWith: "50%_"}}', "name = '50%_Off! Ltd'"],
    ['{name: {eqIgnoreCase: "ÄRGER & söhne"}}', "name = 'Ärger & Söhne'"],
    ['{name: {isNull: true}}', 'name IS NULL'],
    ['{active: {isNull: false}, customerId: {lte: 9}}', 'active IS NOT NULL AND customer_id <= 9'],
    [
      '{or: [{active: {eq: true}}, {customerId: {in: [1, 2]}}], not: {countryCode: {eq: "DE"}}}',
      "(active OR customer_id IN (1, 2)) AND NOT country_code = 'DE'",
    ],
    ['{country: {countryName: {eq: "Germany"}}}', "country_code = 'DE'"],
    [
      '{ordersByPayerId: {some: {amount: {gt: "990.50"}, customer: {active: {eq: true}}}}}',
      'customer_id IN (SELECT payer_id FROM orders o JOIN customer c USING (customer_id) WHERE amount > 990.5 AND c.active)',
    ],
    ['{ordersByPayerId: {none: {}}}', 'NOT EXISTS (FROM orders WHERE payer_id = customer.customer_id)'],
    ['{country: {customer: {every: {customerId: {gt: 1}}}}}', "country_code IS NULL OR country_code <> 'FR'"],
    ['{}', 'true'],
  ])('%s', async (where, byHand) => {
    const { customer } = await shop.ask(`customer(where: ${where}) { customerId }`);
    const rows = await shop.sql(`SELECT customer_id FROM customer WHERE ${byHand} ORDER BY 1`);
    expect(rows.length).toBeGreaterThan(0);
    expect(customer).toEqual(rows.map(([customerId]) => ({ customerId })));
  });

  it('takes exact numbers and times, written in the query or as variables', async () => {
    const fields =
      'ordersAggregate(where: {orderId: {gt: $id}, amount: {gte: $amount}, orderedAt: {lt: $at}}) { count }';
    const count = [
      {
        count: (
          await shop.sql(
            "SELECT count(*) FROM orders WHERE order_id > 9007199254741193 AND amount >= 12.37 AND ordered_at < '2008-07-01'",
          )
        )[0]?.[0],
      },
    ];
    const variables = '($id: BigInt!, $amount: Decimal!, $at: DateTime!)';
    expect(count[0]?.count).not.toBe('0');
    expect(
      await shop.ask(fields, variables, { id: '9007199254741193', amount: 12.37, at: '2008-07-01' }),
    ).toEqual({ ordersAggregate: count });
    const written = fields
      .replace('$id', '9007199254741193')
      .replace('$amount', '12.37')
      .replace('$at', '"2008-07-01T00:00:00"');
    expect(await shop.ask(written)).toEqual({ ordersAggregate: count });
  });
});
