import { execFileSync, spawn } from 'node:child_process';
import { appendFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestFolder, type TestFolder, told } from './folder.test-helper.js';

let folder: TestFolder;
const put: TestFolder['put'] = (...given) => folder.put(...given);
const list: TestFolder['list'] = (...given) => folder.list(...given);
const only: TestFolder['only'] = (...given) => folder.only(...given);
const rows: TestFolder['rows'] = (...given) => folder.rows(...given);
const problems: TestFolder['problems'] = (...given) => folder.problems(...given);

beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

describe('which domains a folder holds', () => {
  it('every folder with data is one, and the folder itself if it holds data', async () => {
    await put('shop/orders.csv', 'id,amount\n1,2\n');
    await put('people/staff.csv', 'id,name\n1,Ann\n');
    await put('notes/readme.txt', 'nothing');
    await put('loose.csv', 'a,b\n1,2\n');
    const found = (await list()).map(({ definition }) => definition.name);
    expect(found.slice(1)).toEqual(['people', 'shop']);
    expect(found[0]).toMatch(/^askgraph_folder_/);
    expect(problems()).toEqual(['notes: the folder holds no data files']);
  });

  it('gives names that GraphQL can have, the same each time, and keeps clear of its own fields', async () => {
    for (const folder of ['Größe & Gewicht', '2024 sales', 'ask', '名前'])
      await put(`${folder}/t.csv`, 'a\n1\n');
    const names = async () => (await list(['ask'])).map(({ definition }) => definition.name);
    expect(await names()).toEqual(['2024_sales', 'Grosse_Gewicht', 'ask_data', 'u540du524d']);
    expect(await names()).toEqual(await names());
  });

  it('refuses two folders that would be one domain, and names both', async () => {
    await put('shop data/a.csv', 'a\n1\n');
    await put('shop_data/a.csv', 'a\n1\n');
    await expect(list()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringMatching(/shop data".*shop_data"/),
    });
  });

  it.each([
    ['is empty', async () => {}],
    ['holds nothing that is data', async () => void (await put('a/readme.md', 'x'))],
    ['holds only what is broken', async () => void (await put('a/x.parquet', 'no parquet'))],
  ])('says so where the folder %s', async (_, make) => {
    await make();
    await expect(list()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('holds no data that can be served'),
    });
  });

  it('leaves out a folder whose types would be those of another', async () => {
    await put('a/b_c.csv', 'id\n1\n');
    await put('a_b/c.csv', 'id\n1\n');
    expect((await list()).map(({ definition }) => definition.name)).toEqual(['a']);
    expect(problems()).toEqual([expect.stringContaining('a_b is left out: its type ABC')]);
  });

  it('says so where the folder is not there, or is a file', async () => {
    const at = (path: string) => list([], path);
    await expect(at('missing')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    await put('file.csv', 'a\n1\n');
    await expect(at('file.csv')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('overlooks hidden files and folders, and follows links only within the folder', async () => {
    await put('shop/orders.csv', 'id\n1\n');
    await put('shop/.orders.csv', 'id\n1\n');
    await put('.git/index.csv', 'id\n1\n');
    await writeFile(join(folder.home, 'secret.csv'), 'password\nx\n');
    await symlink(join(folder.home, 'secret.csv'), join(folder.root, 'shop', 'secret.csv'));
    await symlink(folder.home, join(folder.root, 'elsewhere'));
    await symlink(join(folder.root, 'shop', 'orders.csv'), join(folder.root, 'shop', 'again.csv'));
    await symlink('/nowhere', join(folder.root, 'shop', 'dangling.csv'));
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual(['again(): id BIGINT', 'orders(): id BIGINT']);
    expect(problems()).toEqual([
      "shop: dangling.csv: it can't be read (ENOENT)",
      'shop: secret.csv: a link that leads out of the data folder is not followed',
    ]);
  });

  it('says of a folder in a domain that it is not read', async () => {
    await put('shop/orders.csv', 'id\n1\n');
    await put('shop/2024/orders.csv', 'id\n1\n');
    expect(told((await only()).catalog)).toEqual(['orders(): id BIGINT']);
    expect(problems()).toEqual(["shop: 2024: a folder in a domain's folder is not read"]);
  });
});

describe('what was imported', () => {
  const imports = () => folder.reports.filter((report) => report.startsWith('importing ')).length;
  const files = async () => (await readdir(join(folder.home, 'folders'))).length;

  it('is kept, with what was told of it, until the folder changes, and follows it', async () => {
    const file = await put('shop/orders.csv', 'id,zip\n1,007\n');
    await put('shop/broken.parquet', 'no');
    const first = await only();
    await utimes(file, new Date(), new Date());
    const second = await only();
    expect([second.version, imports()]).toEqual([first.version, 1]);
    expect(problems()).toHaveLength(2);
    await appendFile(file, '2,008\n');
    const third = await only();
    expect(third.version).not.toBe(second.version);
    expect(await rows(third, 'SELECT zip FROM orders')).toEqual([['007'], ['008']]);
    expect([imports(), await files()]).toEqual([2, 1]);
  });

  it('is imported again where the kept file is damaged', async () => {
    await put('shop/orders.csv', 'id\n1\n');
    await only();
    const [name] = await readdir(join(folder.home, 'folders'));
    await writeFile(join(folder.home, 'folders', name!), 'damaged');
    expect(await rows(await only(), 'SELECT id FROM orders')).toEqual([['1']]);
    expect(imports()).toBe(2);
  });

  it('of two folders of one name in different places is kept apart', async () => {
    await put('a/shop/orders.csv', 'id\n1\n');
    await put('b/shop/orders.csv', 'id\n2\n');
    const at = async (place: string) => (await list([], place))[0]!;
    const [a, b] = [await at('a'), await at('b')];
    expect(await rows(a, 'SELECT id FROM orders')).toEqual([['1']]);
    expect(await rows(b, 'SELECT id FROM orders')).toEqual([['2']]);
    expect(await files()).toBe(2);
  });

  it('takes little room where it has many small tables, which is memory once they are read', async () => {
    for (let table = 0; table < 40; table++) await put(`shop/t${table}.csv`, `id,name\n${table},x\n`);
    const shop = await only();
    expect(await rows(shop, 'SELECT id FROM t7')).toEqual([['7']]);
    const made = (await readdir(folder.home, { recursive: true })).filter((name) => name.endsWith('.duckdb'));
    expect(made).toHaveLength(1);
    const { size } = await stat(join(folder.home, made[0]!));
    expect(size).toBeLessThan(40 * 100_000);
  });

  it('leaves a file that is being written to the next time, and takes it whole then', async () => {
    await put('shop/good.csv', 'id\n1\n');
    const file = await put('shop/growing.csv', 'id\n1\n');
    const script = `const fs = require('fs'); const end = Date.now() + 4000;
      const step = () => { if (Date.now() < end) { fs.appendFileSync(${JSON.stringify(file)}, '2\\n'); setTimeout(step, 1); } }; step();`;
    const writer = spawn(process.execPath, ['-e', script]);
    await new Promise((done) => setTimeout(done, 500));
    const during = await only();
    writer.kill();
    await new Promise((done) => writer.on('exit', done));
    expect(told(during.catalog)).toEqual(['good(): id BIGINT']);
    expect(problems()).toEqual(['shop: growing.csv: the file is still being written']);
    const after = await only();
    const lines = execFileSync('wc', ['-l', file]).toString().trim().split(' ')[0];
    expect(await rows(after, 'SELECT count(*) FROM growing')).toEqual([[String(Number(lines) - 1)]]);
  });
});
