import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TypedShop } from '../../test/fixtures/typed-shop.js';

let shop: TypedShop;
beforeAll(async () => {
  shop = await TypedShop.open();
});
afterAll(() => shop.close());

describe('metrics', () => {
  it('are worked out by their formula in each group, and null where they divide by nothing', async () => {
    const { ordersAggregate } = await shop.ask(
      `ordersAggregate(groupBy: [{ items: {} }], orderBy: [{ keys: { items: ASC } }]) {
         keys { items } metrics { revenue itemPrice givenShare }
       }`,
    );
    const wanted = await shop.sql(`
      SELECT items, sum(amount) FILTER (WHERE ordered_at >= '2008-01-01' AND items > 0)::VARCHAR,
             sum(amount)::DOUBLE / nullif(sum(items), 0),
             100.0 * count(*) FILTER (WHERE payer_id IS NOT NULL AND NOT customer.name = 'Customer 3') / count(*)
      FROM orders LEFT JOIN customer USING (customer_id) GROUP BY items ORDER BY items`);
    expect(ordersAggregate).toEqual(
      wanted.map(([items, revenue, itemPrice, givenShare]) => ({
        keys: { items },
        metrics: {
          revenue,
          itemPrice: itemPrice === null ? null : expect.closeTo(Number(itemPrice), 8),
          givenShare: expect.closeTo(Number(givenShare), 8),
        },
      })),
    );
    expect(wanted[0]?.[2]).toBeNull();
    expect(shop.statements).toHaveLength(1);
  });

  it('choose and order groups', async () => {
    const { ordersAggregate } = await shop.ask(
      `ordersAggregate(
         groupBy: [{ customer: { country: { countryName: {} } } }]
         having: { metrics: { revenue: { gt: "1000" } } }
         orderBy: [{ metrics: { itemPrice: DESC } }]
       ) { keys { customer { country { countryName } } } metrics { revenue } }`,
    );
    const wanted = await shop.sql(`
      SELECT country_name, (sum(amount) FILTER (WHERE ordered_at >= '2008-01-01' AND items > 0))::VARCHAR
      FROM orders LEFT JOIN customer USING (customer_id) LEFT JOIN country ON code = country_code
      GROUP BY 1 HAVING sum(amount) FILTER (WHERE ordered_at >= '2008-01-01' AND items > 0) > 1000
      ORDER BY sum(amount)::DOUBLE / sum(items) DESC`);
    expect(wanted.length).toBeGreaterThan(1);
    expect(ordersAggregate).toEqual(
      wanted.map(([countryName, revenue]) => ({
        keys: { customer: { country: { countryName } } },
        metrics: { revenue },
      })),
    );
  });

  it('order rows by those of their related rows', async () => {
    const { customer } = await shop.ask(
      `customer(orderBy: [{ ordersByPayerIdAggregate: { metrics: { revenue: DESC_NULLS_FIRST } } }], limit: 12) { customerId }`,
    );
    const wanted = await shop.sql(`
      SELECT customer_id FROM customer ORDER BY (
        SELECT sum(amount) FROM orders
        WHERE payer_id = customer.customer_id AND ordered_at >= '2008-01-01' AND items > 0
      ) DESC NULLS FIRST, 1 LIMIT 12`);
    expect(customer).toEqual(wanted.map(([customerId]) => ({ customerId })));
  });
});

describe('medians and deviations', () => {
  it('are those of the values, also as conditions and in the order', async () => {
    const { ordersAggregate } = await shop.ask(
      `ordersAggregate(
         groupBy: [{ customer: { active: {} } }, { orderedAt: { grain: MONTH } }]
         having: { stddevSample: { amount: { gt: 280 } }, keys: { customer: { active: { eq: true } } } }
         orderBy: [{ median: { amount: DESC } }]
       ) { keys { orderedAt } median { amount } stddevSample { amount } varianceSample { items } }`,
    );
    const wanted = await shop.sql(`
      SELECT strftime(date_trunc('month', ordered_at), '%Y-%m-%dT00:00:00'), quantile_cont(amount::DOUBLE, 0.5),
             stddev_samp(amount), var_samp(items)
      FROM orders JOIN customer USING (customer_id) WHERE active
      GROUP BY 1 HAVING stddev_samp(amount) > 280 ORDER BY 2 DESC, 1`);
    expect(wanted.length).toBeGreaterThan(2);
    expect(ordersAggregate).toEqual(
      wanted.map(([orderedAt, median, deviation, variance]) => ({
        keys: { orderedAt },
        median: { amount: expect.closeTo(Number(median), 8) },
        stddevSample: { amount: expect.closeTo(Number(deviation), 8) },
        varianceSample: { items: expect.closeTo(Number(variance), 8) },
      })),
    );
  });
});

describe('distinct rows', () => {
  it('are one for each combination of the named columns, in one order on every page', async () => {
    const { customer } = await shop.ask(
      `customer(distinct: [countryCode, active], orderBy: [{ active: DESC_NULLS_FIRST }], limit: 5, offset: 2) { active countryCode }`,
    );
    const wanted = await shop.sql(`
      SELECT DISTINCT active, country_code FROM customer
      ORDER BY active DESC NULLS FIRST, country_code ASC NULLS LAST LIMIT 5 OFFSET 2`);
    expect(customer).toEqual(wanted.map(([active, countryCode]) => ({ active, countryCode })));
  });

  it('are as many where nothing of them is selected', async () => {
    const { customer } = await shop.ask('customer(distinct: [countryCode, active]) { __typename }');
    const wanted = await shop.sql('SELECT DISTINCT country_code, active FROM customer');
    expect(wanted.length).toBeGreaterThan(2);
    expect(customer).toEqual(wanted.map(() => ({ __typename: 'ShopCustomer' })));
  });

  it('are those of each row in the lists of its relations, by one statement for all', async () => {
    const { country } = await shop.ask(`country {
      code
      customer(distinct: [active, born], orderBy: [{ born: DESC }], where: { customerId: { gt: 3 } }, limit: 4, offset: 1) {
        born active countryCode
      }
      named: customer(distinct: [active]) { __typename }
    }`);
    expect(shop.statements).toHaveLength(3);
    const wanted = await shop.sql(`SELECT code FROM country ORDER BY 1`);
    expect(country).toEqual(
      await Promise.all(
        wanted.map(async ([code]) => {
          const rows = await shop.sql(`
            SELECT DISTINCT born::VARCHAR, active FROM customer WHERE country_code = '${code}' AND customer_id > 3
            ORDER BY 1 DESC NULLS LAST, 2 ASC NULLS LAST LIMIT 4 OFFSET 1`);
          const states = await shop.sql(
            `SELECT DISTINCT active FROM customer WHERE country_code = '${code}'`,
          );
          return {
            code,
            customer: rows.map(([born, active]) => ({ born, active, countryCode: code })),
            named: states.map(() => ({ __typename: 'ShopCustomer' })),
          };
        }),
      ),
    );
  });

  it.each([
    ['customer(distinct: [active]) { active name }', 'name'],
    ['customer(distinct: [active]) { country { countryName } }', 'country'],
    ['customer(distinct: [active], orderBy: [{ name: ASC }]) { active }', 'name'],
    [
      'customer(distinct: [active], orderBy: [{ ordersByPayerIdAggregate: { count: ASC } }]) { active }',
      'figure',
    ],
  ])('have nothing else: %s', async (field, told) => {
    expect(await shop.fail(field)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(told),
    });
  });
});

it('distinct rows in the lists of relations have nothing else', async () => {
  const { data, errors } = await shop.run(
    '{ shop { customer(limit: 1) { ordersByCustomerId(distinct: [items]) { items amount } } } }',
  );
  expect(data).toEqual({ shop: { customer: [{ ordersByCustomerId: null }] } });
  expect(errors?.[0]?.originalError).toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringContaining('"amount"'),
  });
});

describe('orders', () => {
  it.each([
    ['ASC', 'ASC NULLS LAST'],
    ['ASC_NULLS_FIRST', 'ASC NULLS FIRST'],
    ['ASC_NULLS_LAST', 'ASC NULLS LAST'],
    ['DESC', 'DESC NULLS LAST'],
    ['DESC_NULLS_FIRST', 'DESC NULLS FIRST'],
    ['DESC_NULLS_LAST', 'DESC NULLS LAST'],
  ])('%s put rows without a value where they say, over two relations too', async (direction, sql) => {
    const { orders } = await shop.ask(
      `orders(orderBy: [{ payer: { country: { countryName: ${direction} } } }, { amount: ${direction} }], limit: 700) { orderId }`,
    );
    const wanted = await shop.sql(`
      SELECT order_id::VARCHAR FROM orders LEFT JOIN customer payer ON payer.customer_id = payer_id
      LEFT JOIN country ON code = payer.country_code
      ORDER BY country_name ${sql}, amount ${sql}, order_id LIMIT 700`);
    expect(orders).toEqual(wanted.map(([orderId]) => ({ orderId })));
  });

  it('count related rows, none as 0, also of what a relation leads to', async () => {
    const { customer } = await shop.ask(
      `customer(orderBy: [{ ordersByPayerIdAggregate: { count: ASC } }, { country: { customerAggregate: { max: { born: DESC } } } }]) { customerId }`,
    );
    const wanted = await shop.sql(`
      SELECT customer_id FROM customer c
      ORDER BY (SELECT count(*) FROM orders WHERE payer_id = c.customer_id),
               (SELECT max(born) FROM customer o WHERE o.country_code = c.country_code) DESC NULLS LAST, 1`);
    expect(customer).toEqual(wanted.map(([customerId]) => ({ customerId })));
  });
});

describe('notIn', () => {
  it.each([
    ['["DE", "FR"]', `country_code NOT IN ('DE', 'FR')`],
    ['[]', 'country_code IS NOT NULL'],
  ])('%s leaves out rows without a value', async (values, sql) => {
    const { customer } = await shop.ask(
      `customer(where: { countryCode: { notIn: ${values} } }) { customerId }`,
    );
    const wanted = await shop.sql(`SELECT customer_id FROM customer WHERE ${sql} ORDER BY 1`);
    expect(customer).toEqual(wanted.map(([customerId]) => ({ customerId })));
  });
});

describe('conditions on keys', () => {
  it('are about what was grouped by only', async () => {
    const field =
      'ordersAggregate(groupBy: [{ items: {} }], having: { keys: { orderedAt: { isNull: true } } }) { count }';
    expect(await shop.fail(field)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: '"orderedAt" is not grouped by: add it to groupBy, or ask for another key.',
    });
  });
});
