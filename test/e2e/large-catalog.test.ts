import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const COLUMNS = 1_000;
const TABLES = 150;
const ROWS = 5;

/** The value of a cell, worked out apart from any engine. */
const cell = (row: number, column: number) => row * 1_000 + column;

describe('large catalogs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-large-'));
  let gateway: StartedGateway;

  beforeAll(async () => {
    mkdirSync(join(folder, 'data', 'big'), { recursive: true });
    const instance = await DuckDBInstance.create(join(folder, 'data', 'big', 'big.duckdb'));
    const connection = await instance.connect();
    const wide = Array.from({ length: COLUMNS }, (_, column) => `r * 1000 + ${column} AS c${column}`);
    await connection.run(`CREATE TABLE wide AS SELECT ${wide.join(', ')} FROM range(${ROWS}) AS t(r)`);
    for (let table = 0; table < TABLES; table++) {
      const parent = table === 0 ? 'parent INTEGER' : `parent INTEGER REFERENCES table_${table - 1} (id)`;
      await connection.run(`CREATE TABLE table_${table} (id INTEGER PRIMARY KEY, ${parent}, name VARCHAR)`);
      const of = table === 0 ? 'NULL' : 'range';
      await connection.run(`INSERT INTO table_${table} SELECT range, ${of}, 'n' || range FROM range(3)`);
    }
    connection.closeSync();
    instance.closeSync();
    gateway = await startGateway({
      ASKGRAPH_DATA: join(folder, 'data'),
      ASKGRAPH_HOME: join(folder, 'home'),
    });
  }, 120_000);
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = (query: string) => postGraphql<Record<string, never>>(gateway.url, query);

  it('gives, filters, orders and adds up any of a thousand columns', async () => {
    const some = Array.from({ length: 300 }, (_, index) => index * 3);
    const fields = some.map((column) => `c${column}`).join(' ');
    const { data, errors } = await post(`{ big {
      wide(where: {c999: {gte: "${cell(2, 999)}"}}, orderBy: [{c500: DESC}]) { ${fields} c999 }
      wideAggregate { count sum { c0 c998 c999 } max { c777 } }
    } }`);
    expect(errors).toBeUndefined();
    const row = (r: number) =>
      Object.fromEntries([...some, 999].map((column) => [`c${column}`, String(cell(r, column))]));
    const sum = (column: number) => String([0, 1, 2, 3, 4].reduce((total, r) => total + cell(r, column), 0));
    expect(data).toEqual({
      big: {
        wide: [row(4), row(3), row(2)],
        wideAggregate: [
          {
            count: '5',
            sum: { c0: sum(0), c998: sum(998), c999: sum(999) },
            max: { c777: String(cell(4, 777)) },
          },
        ],
      },
    });
  });

  it('tells its whole schema, compressed or not, and the same whoever asks again', async () => {
    const ask = async (coding: string) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-encoding': coding },
        body: JSON.stringify({ query: getIntrospectionQuery() }),
      });
      const answer = (await response.json()) as { data: IntrospectionQuery };
      return { coding: response.headers.get('content-encoding'), answer };
    };
    const [first, plain, refused] = [await ask('gzip'), await ask('identity'), await ask('gzip;q=0')];
    expect([first.coding, plain.coding, refused.coding]).toEqual(['gzip', null, null]);
    expect(plain.answer).toEqual(first.answer);
    const schema = buildClientSchema(first.answer.data);
    const wide = schema.getType('BigWide');
    expect(isObjectType(wide) && Object.keys(wide.getFields())).toEqual(
      Array.from({ length: COLUMNS }, (_, column) => `c${column}`),
    );
    const last = schema.getType(`BigTable${TABLES - 1}`);
    expect(isObjectType(last) && Object.keys(last.getFields())).toEqual(
      expect.arrayContaining(['id', 'parent', 'name']),
    );
  });

  it('answers one type of it, and rows through relations', async () => {
    const { data, errors } = await post(`{
      __type(name: "BigTable7Edge") { fields { name } }
      big { table7(where: {name: {eq: "n2"}}) { id table8 { id name } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      __type: { fields: [{ name: 'node' }, { name: 'cursor' }] },
      big: { table7: [{ id: 2, table8: [{ id: 2, name: 'n2' }] }] },
    });
  });
});
