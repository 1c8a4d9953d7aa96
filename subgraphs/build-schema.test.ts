import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TypedShop } from '../test/fixtures/typed-shop.js';

let shop: TypedShop;
beforeAll(async () => {
  shop = await TypedShop.open();
});
afterAll(() => shop.close());

describe('a list', () => {
  it('gives columns in their exact types', async () => {
    const { orders } = await shop.ask(
      'orders(limit: 2, offset: 3) { orderId amount weight items orderedAt }',
    );
    const rows = await shop.sql(
      'SELECT order_id, amount, weight, items, ordered_at FROM orders ORDER BY order_id LIMIT 2 OFFSET 3',
    );
    expect(orders).toEqual(
      rows.map(([orderId, amount, weight, items, orderedAt]) => ({
        orderId,
        amount,
        weight,
        items,
        orderedAt,
      })),
    );
    expect(rows.map(([orderId]) => typeof orderId)).toEqual(['string', 'string']);
  });

  it('gives lists as JSON, and rows of a table without a key', async () => {
    const data = await shop.ask('customer(limit: 1) { tags active born } log { message }');
    expect(data).toEqual({
      customer: [{ tags: ['t1', null], active: false, born: '1970-04-22' }],
      log: [{ message: "it's" }],
    });
  });

  it('follows aliases, fragments, @skip and @include, and reads nothing else', async () => {
    const { data, errors } = await shop.run(
      `query ($yes: Boolean!) { shop { few: customer(limit: 1) { id: customerId ...Names born @skip(if: $yes) active @include(if: $yes) } } }
       fragment Names on ShopCustomer { called: name again: name ... @include(if: $yes) { country { countryName } } __typename }`,
      { yes: true },
    );
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      shop: {
        few: [
          {
            id: 1,
            called: 'Customer 1',
            again: 'Customer 1',
            active: false,
            country: { countryName: 'France' },
            __typename: 'ShopCustomer',
          },
        ],
      },
    });
    expect(shop.statements).toHaveLength(1);
    expect(shop.statements[0]).not.toContain('born');
    expect(shop.statements[0]).not.toContain('tags');
  });

  it('reads relations to one in the same statement, and tells no row from an empty row', async () => {
    const { orders } = await shop.ask(
      'orders(orderBy: [{payer: {name: DESC}}, {orderId: ASC}], limit: 400) { orderId payer { name country { code } } customer { country { countryName } } }',
    );
    const rows = await shop.sql(
      `SELECT o.order_id, p.customer_id, p.name, pl.code, cl.code, cl.country_name FROM orders o
       LEFT JOIN customer p ON p.customer_id = payer_id LEFT JOIN country pl ON pl.code = p.country_code
       LEFT JOIN customer c ON c.customer_id = o.customer_id LEFT JOIN country cl ON cl.code = c.country_code
       ORDER BY p.name DESC NULLS LAST, o.order_id LIMIT 400`,
    );
    expect(orders).toEqual(
      rows.map(([orderId, payerId, name, payerCode, code, countryName]) => ({
        orderId,
        payer: payerId === null ? null : { name, country: payerCode === null ? null : { code: payerCode } },
        customer: { country: code === null ? null : { countryName } },
      })),
    );
    expect(shop.statements).toHaveLength(1);
  });

  it('still counts rows where only __typename is asked for', async () => {
    const { customer } = await shop.ask('customer(limit: 3) { __typename }');
    expect(customer).toEqual(Array.from({ length: 3 }, () => ({ __typename: 'ShopCustomer' })));
  });

  it('runs aliased fields of different arguments side by side', async () => {
    const data = await shop.ask(
      'a: customer(limit: 1) { customerId } b: customer(limit: 1, offset: 1) { customerId }',
    );
    expect(data).toEqual({ a: [{ customerId: 1 }], b: [{ customerId: 2 }] });
  });
});

describe('one row by key', () => {
  it('is found by all columns of its key, or is null', async () => {
    const data = await shop.ask(
      'a: ordersByPk(orderId: "9007199254740999") { items } b: orderNoteByPk(orderId: "9007199254740993", line: 2) { text } c: customerByPk(customerId: 999) { name }',
    );
    const [[items] = []] = await shop.sql('SELECT items FROM orders WHERE order_id = 9007199254740999');
    const [[text] = [null]] = await shop.sql(
      'SELECT text FROM order_note WHERE order_id = 9007199254740993 AND line = 2',
    );
    expect(data).toEqual({ a: { items }, b: text === null ? null : { text }, c: null });
    expect(items).toBe(7);
  });
});

describe('bad input', () => {
  it.each([
    'customer(limit: 10001) { name }',
    'customer(limit: -1) { name }',
    'customer(offset: -5) { name }',
    'customer(orderBy: [{name: ASC, born: ASC}]) { name }',
    'customer(orderBy: [{}]) { name }',
    'customer(where: {name: {eq: null}}) { name }',
    'ordersAggregate(groupBy: [{items: {}, amount: {}}]) { count }',
    'ordersAggregate(groupBy: [{orderedAt: {grain: YEAR}}, {orderedAt: {grain: MONTH}}]) { count }',
    'ordersAggregate(groupBy: [{orderedAt: {grain: YEAR, part: MONTH}}]) { count }',
    'ordersAggregate(orderBy: [{count: ASC, keys: {items: ASC}}]) { count }',
    'ordersAggregate(orderBy: [{keys: {items: ASC}}]) { count }',
    'ordersAggregate(having: {sum: null}) { count }',
    'ordersAggregate(having: {sum: {items: {gt: null}}}) { count }',
  ])('is refused before any statement: %s', async (fields) => {
    expect(await shop.fail(fields)).toMatchObject({ code: 'BAD_USER_INPUT', domain: 'shop' });
    expect(shop.statements).toEqual([]);
  });

  it.each([
    'customer(where: {born: {eq: "1990-02-30"}}) { name }',
    'customer(where: {born: {eq: "yesterday"}}) { name }',
    'orders(where: {orderedAt: {eq: "2008-01-01T00:00:00Z"}}) { items }',
    'orders(where: {orderId: {eq: "1; DROP"}}) { items }',
    'orders(where: {amount: {eq: "1e5"}}) { items }',
  ])('is no valid value: %s', (fields) => {
    expect(validate(shop.schema, parse(`{ shop { ${fields} } }`))).toHaveLength(1);
  });

  it('ends with the deadline', async () => {
    const { errors } = await shop.run('{ shop { customer { name } } }', {}, AbortSignal.abort());
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'CANCELLED', domain: 'shop' });
  });
});
