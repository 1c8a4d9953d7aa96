import { type Catalog, makeColumn } from '../../../../schema/catalog.js';
import { parseHiveType } from '../../../../schema/hive-type.js';

const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  customers: { id: 'int', name: 'string', city: 'string', born: 'date', active: 'boolean', score: 'double' },
  orders: {
    id: 'bigint',
    customer_id: 'int',
    placed_at: 'timestamp',
    amount: 'decimal(10,2)',
    quantity: 'int',
    status: 'string',
  },
  prices: { date: 'date', name: 'string', open: 'double', close: 'double', volume: 'bigint' },
  'Line Items': { order: 'bigint', 'Unit Price': 'decimal(8,2)', group: 'string' },
};

/** A small shop, with names that are SQL's own words and names that need quotes. */
export const shop: Catalog = {
  database: 'shop',
  description: 'A shop.',
  tables: Object.entries(TABLES).map(([name, columns]) => ({
    name,
    comment: '',
    primaryKey: [],
    location: undefined,
    columns: Object.entries(columns).map(([column, type]) =>
      makeColumn({
        name: column,
        type: parseHiveType(type),
        comment: '',
        unit: undefined,
        references: undefined,
      }),
    ),
  })),
};

/**
 * The shop in DuckDB. `customers` and `orders` have columns that the catalog does not show, and `salaries` is a table
 * that it does not show.
 */
export const SHOP_SQL = `
  CREATE TABLE customers (id INTEGER, secret VARCHAR, name VARCHAR, city VARCHAR, born DATE, active BOOLEAN,
    score DOUBLE);
  INSERT INTO customers VALUES
    (1, 'hidden 1', 'Ann', 'Oslo', '1980-05-17', true, 1.5),
    (2, 'hidden 2', 'Bob', 'Rome', '1991-12-01', false, -2.25),
    (3, 'hidden 3', 'Cyd', 'Oslo', '1975-05-02', true, NULL),
    (4, 'hidden 4', 'D''Arcy', NULL, '2001-02-28', NULL, 10),
    (5, 'hidden 5', 'eve', 'Paris', NULL, true, 3),
    (6, 'hidden 6', 'Fay', NULL, '1999-05-30', false, 0.1);
  CREATE TABLE orders (id BIGINT, customer_id INTEGER, placed_at TIMESTAMP, amount DECIMAL(10, 2), quantity INTEGER,
    status VARCHAR, margin DECIMAL(10, 2));
  INSERT INTO orders
    SELECT n, 1 + n % 4, TIMESTAMP '2023-01-01 08:30:00' + INTERVAL (n * 29) HOUR, (n * 137 % 1000) / 4.0, 1 + n % 5,
      ['open', 'paid', 'sent', NULL][1 + n % 4], n
    FROM range(1, 61) numbers(n);
  CREATE TABLE prices (date DATE, name VARCHAR, open DOUBLE, close DOUBLE, volume BIGINT);
  INSERT INTO prices
    SELECT DATE '2013-05-01' + CAST(day AS INTEGER), name, length(name) * 10 + day, length(name) * 10 + day % 7,
      1000 * day
    FROM range(0, 40) days(day), (VALUES ('A'), ('BB'), ('CCC')) names(name);
  CREATE TABLE "Line Items" ("order" BIGINT, "Unit Price" DECIMAL(8, 2), "group" VARCHAR);
  INSERT INTO "Line Items" SELECT 1 + n % 7, n / 4.0, ['x', 'y', 'z'][1 + n % 3] FROM range(1, 21) numbers(n);
  CREATE TABLE salaries (name VARCHAR, salary INTEGER);
  INSERT INTO salaries VALUES ('Ann', 100);
`;
