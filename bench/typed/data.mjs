// Makes the benchmark's tables once: authors with ten books each, books with ten editions each, and sales.
import pg from 'pg';

export const DATABASE = 'askgraph_bench_typed';
const SERVER = process.env.BENCH_POSTGRES ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
const SALES = 619_000;

const STATEMENTS = [
  `CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL, country text, born date)`,
  `CREATE TABLE book (id int PRIMARY KEY, author_id int NOT NULL REFERENCES author, title text NOT NULL,
     price numeric(10,2), published date, pages int)`,
  `CREATE TABLE edition (id int PRIMARY KEY, book_id int NOT NULL REFERENCES book, language text, copies int,
     price numeric(10,2))`,
  `CREATE TABLE sale (id int PRIMARY KEY, book_id int NOT NULL, region text, channel text, quantity int,
     price numeric(10,2), sold_on date, note text)`,
  `INSERT INTO author SELECT i, 'Author ' || i, 'Country ' || i % 40, date '1900-01-01' + i % 30000
     FROM generate_series(1, 1000) i`,
  `INSERT INTO book SELECT i, (i - 1) / 10 + 1, 'A book by the number of ' || i, (i * 37 % 9000) / 100.0 + 5,
     date '1950-01-01' + i % 25000, i % 900 + 40 FROM generate_series(1, 10000) i`,
  `INSERT INTO edition SELECT i, (i - 1) / 10 + 1, 'Language ' || i % 12, i * 31 % 5000, (i * 53 % 9000) / 100.0 + 3
     FROM generate_series(1, 100000) i`,
  `INSERT INTO sale SELECT i, i % 10000 + 1, 'R' || i % 50, 'C' || i % 7, i % 20 + 1, (i * 91 % 9000) / 100.0 + 1,
     date '2015-01-01' + i % 3650, 'Sale number ' || i FROM generate_series(1, ${SALES}) i`,
  `CREATE INDEX ON book (author_id)`,
  `CREATE INDEX ON edition (book_id)`,
  `CREATE INDEX ON sale (region, sold_on)`,
  `ANALYZE`,
];

/** The URL of the database, which is made where it is not there yet. */
export async function makeData() {
  const url = new URL(SERVER);
  const server = new pg.Client({ connectionString: SERVER });
  await server.connect();
  const { rows } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rows.length === 0) await server.query(`CREATE DATABASE ${DATABASE}`);
  await server.end();
  url.pathname = `/${DATABASE}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows: made } = await client.query(`SELECT to_regclass('sale') AS sale`);
  if (made[0].sale === null) {
    await client.query('BEGIN');
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query('COMMIT');
  }
  await client.end();
  return url.href;
}
