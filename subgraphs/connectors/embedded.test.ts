import { mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStatement } from '../sql/statement.js';
import type { Demo } from './demo-data.js';
import { embedded } from './embedded.js';

const fruit: Demo = {
  statements: (folder) => [
    `COPY (SELECT 'apple' AS name, 3::INTEGER AS pieces) TO '${folder}/fruit.parquet' (FORMAT parquet)`,
    `CREATE TABLE fruit AS SELECT * FROM read_parquet('${folder}/fruit.parquet')`,
    'CREATE TEMP TABLE basket AS SELECT 1 AS pieces',
    // Enough rows for the file to have blocks that cutting it short takes away.
    `CREATE TABLE crates AS SELECT n, hash(n) AS label FROM range(200000) AS numbers(n)`,
  ],
};
const moreFruit: Demo = {
  statements: (folder) => [...fruit.statements(folder), `UPDATE fruit SET pieces = 4`],
};

describe('an embedded source', () => {
  let directory: string;
  let reports: string[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'askgraph-embedded-'));
    reports = [];
  });
  afterEach(() => rm(directory, { recursive: true }));

  const path = () => join(directory, 'market.duckdb');
  const open = (demo: Demo, dataDirectory = directory) =>
    embedded(demo).open({ domain: 'market', dataDirectory, report: (message) => reports.push(message) });

  async function pieces(demo: Demo): Promise<unknown> {
    const connector = await open(demo);
    const limits = { rowLimit: 10, signal: AbortSignal.timeout(5_000) };
    const { rows } = await connector.query(makeStatement('SELECT pieces FROM fruit', [], undefined, limits));
    await connector.close();
    return rows;
  }

  it('makes its data at the first opening only, and leaves nothing else behind', async () => {
    expect(await pieces(fruit)).toEqual([[3]]);
    expect(reports).toEqual(['making the demo data of market']);
    const made = await stat(path());

    expect(await pieces(fruit)).toEqual([[3]]);
    expect(reports).toHaveLength(1);
    expect((await stat(path())).mtimeMs).toBe(made.mtimeMs);
    expect((await readdir(directory)).sort()).toEqual(['market.duckdb', 'market.files']);
    expect(await readdir(join(directory, 'market.files'))).toEqual(['fruit.parquet']);
  });

  it('makes the folder that its data goes to', async () => {
    const connector = await open(fruit, join(directory, 'new', 'folder'));
    await connector.checkHealth();
    await connector.close();
  });

  it('makes its data again when the generator has changed', async () => {
    await pieces(fruit);
    expect(await pieces(moreFruit)).toEqual([[4]]);
    expect(reports[1]).toBe('making the demo data of market again, because its generator has changed');
    expect(await pieces(fruit)).toEqual([[3]]);
  });

  it.each([
    ['is not a database', () => writeFile(path(), 'Lorem ipsum dolor sit amet. '.repeat(1_000))],
    ['is empty', () => writeFile(path(), '')],
    ['was cut short', async () => truncate(path(), (await stat(path())).size / 2)],
    ['has lost a table', () => change(path(), 'DROP TABLE fruit')],
    ['was made by something else', () => change(path(), 'DROP SCHEMA askgraph CASCADE')],
  ])('makes its data again, and says so, when the file %s', async (_, damage) => {
    await pieces(fruit);
    await damage();
    expect(await pieces(fruit)).toEqual([[3]]);
    expect(reports[1]).toBe(`making the demo data of market again, because ${path()} is damaged`);
  });

  it('names a damaged file that it cannot replace', async () => {
    await mkdir(join(path(), 'in the way'), { recursive: true });
    await expect(open(fruit)).rejects.toMatchObject({
      code: 'DATA_CORRUPT',
      message: `${path()} is damaged and can't be replaced. Delete it and start again.`,
    });
    expect((await readdir(directory)).sort()).toEqual(['market.duckdb', 'market.files']);
  });

  it('says which data it could not make, and leaves no half of it', async () => {
    const broken: Demo = { statements: () => ['CREATE TABLE one AS SELECT 1', 'SELECT * FROM nowhere'] };
    await expect(open(broken)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      domain: 'market',
      message: `The demo data of market can't be made in ${directory}.`,
    });
    expect(await readdir(directory)).toEqual([]);
  });

  it('serves all who open it at the same time', async () => {
    const everybody = await Promise.all(Array.from({ length: 4 }, () => pieces(fruit)));
    expect(everybody).toEqual([[[3]], [[3]], [[3]], [[3]]]);
    expect((await readdir(directory)).sort()).toEqual(['market.duckdb', 'market.files']);
  });
});

async function change(path: string, statement: string): Promise<void> {
  const database = await DuckDBInstance.create(path);
  const connection = await database.connect();
  await connection.run(statement);
  connection.closeSync();
  database.closeSync();
}
