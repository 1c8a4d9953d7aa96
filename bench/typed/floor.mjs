// What no server on the raw driver can be faster than: the ideal SQL, pg's rows, one JSON.stringify, on bare HTTP.
// floor.mjs <database URL> <port>
import { createServer } from 'node:http';
import pg from 'pg';
import { KEYS } from './workload.mjs';

const [, , connectionString, port] = process.argv;
// Dates as the text that they came as: a JavaScript date would cost more and say less.
pg.types.setTypeParser(1082, (text) => text);
const pool = new pg.Pool({ connectionString, max: 10 });
const STATEMENTS = {
  list: [
    'SELECT id, book_id AS "bookId", region, channel, quantity, price, sold_on AS "soldOn", note FROM sale ORDER BY id LIMIT $1',
    [1000],
  ],
  aggregate: [
    'SELECT count(*) AS count, sum(quantity) AS quantity, sum(price) AS total, max(price) AS highest FROM sale WHERE region = $1 AND sold_on >= $2',
    ['R7', '2018-01-01'],
  ],
  nested: [
    `SELECT a.id, a.name, (SELECT json_agg(b) FROM (
       SELECT b.id, b.title, b.price::text AS price, (SELECT json_agg(e) FROM (
         SELECT e.id, e.language, e.copies, e.price::text AS price FROM edition e WHERE e.book_id = b.id ORDER BY e.id LIMIT $3
       ) e) AS edition FROM book b WHERE b.author_id = a.id ORDER BY b.id LIMIT $2
     ) b) AS book FROM author a ORDER BY a.id LIMIT $1`,
    [100, 10, 10],
  ],
  keys: [
    `SELECT b.id, b.title, b.price, b.published, b.pages FROM unnest($1::int[]) WITH ORDINALITY AS k(id, place)
     JOIN book b USING (id) ORDER BY k.place`,
    [KEYS],
  ],
};

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { query } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const [text, values] = STATEMENTS[query];
    const { rows } = await pool.query({ text, values });
    const body = Buffer.from(JSON.stringify({ data: rows }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
