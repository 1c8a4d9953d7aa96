import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TypedShop } from '../../test/fixtures/typed-shop.js';

let shop: TypedShop;
beforeAll(async () => {
  shop = await TypedShop.open();
});
afterAll(() => shop.close());

describe('an aggregate', () => {
  it('computes over all rows without groups', async () => {
    const data = await shop.ask(
      'ordersAggregate(where: {items: {gt: 3}}) { count countDistinct { payerId } sum { amount items } avg { weight } min { orderedAt } max { amount orderedAt } }',
    );
    const [[count, payerId, amount, items, weight, from, largest, to] = []] = await shop.sql(
      'SELECT count(*), count(DISTINCT payer_id), sum(amount), sum(items), avg(weight), min(ordered_at), max(amount), max(ordered_at) FROM orders WHERE items > 3',
    );
    expect(data.ordersAggregate).toEqual([
      {
        count,
        countDistinct: { payerId },
        sum: { amount, items },
        avg: { weight },
        min: { orderedAt: from },
        max: { amount: largest, orderedAt: to },
      },
    ]);
    expect(shop.statements).toHaveLength(1);
  });

  it('groups by columns, periods, parts and over relations, and reads keys', async () => {
    const data = await shop.ask(
      `ordersAggregate(
         groupBy: [{customer: {country: {countryName: {}}}}, {orderedAt: {grain: YEAR}}, {orderedAt: {part: QUARTER}}]
         having: {count: {gt: "20"}, sum: {amount: {gt: 1000}}}
         orderBy: [{sum: {amount: DESC}}], limit: 5
       ) { keys { customer { country { countryName } } orderedAt orderedAtParts { quarter } } count sum { amount } }`,
    );
    const rows = await shop.sql(
      `SELECT country_name, date_trunc('year', ordered_at)::TIMESTAMP, quarter(ordered_at), count(*), sum(amount)
       FROM orders JOIN customer USING (customer_id) LEFT JOIN country ON code = country_code
       GROUP BY ALL HAVING count(*) > 20 AND sum(amount) > 1000 ORDER BY 5 DESC LIMIT 5`,
    );
    expect(rows).toHaveLength(5);
    expect(data.ordersAggregate).toEqual(
      rows.map(([countryName, orderedAt, quarter, count, amount]) => ({
        keys: {
          customer: { country: { countryName } },
          orderedAt,
          orderedAtParts: { quarter: Number(quarter) },
        },
        count,
        sum: { amount },
      })),
    );
  });

  it('orders by keys and leaves out groups without a value where asked to', async () => {
    const data = await shop.ask(
      'customerAggregate(groupBy: [{countryCode: {includeNull: false}}], orderBy: [{keys: {countryCode: DESC}}]) { keys { countryCode } count }',
    );
    const rows = await shop.sql(
      'SELECT country_code, count(*) FROM customer WHERE country_code IS NOT NULL GROUP BY 1 ORDER BY 1 DESC',
    );
    expect(data.customerAggregate).toEqual(
      rows.map(([countryCode, count]) => ({ keys: { countryCode }, count })),
    );
  });

  it('refuses a key that is not grouped by', async () => {
    expect(
      await shop.fail('customerAggregate(groupBy: [{active: {}}]) { keys { name } count }'),
    ).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('"name" is not grouped by'),
    });
  });
});
