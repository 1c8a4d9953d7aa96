import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestFolder, type TestFolder, told } from './folder.test-helper.js';

let folder: TestFolder;
const put: TestFolder['put'] = (...given) => folder.put(...given);
const only: TestFolder['only'] = (...given) => folder.only(...given);
const rows: TestFolder['rows'] = (...given) => folder.rows(...given);
const problems: TestFolder['problems'] = (...given) => folder.problems(...given);

beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

describe('a text file with separated values', () => {
  it('has types that lose nothing: codes keep their zeros, money its cents, dates are dates', async () => {
    await put(
      'shop/t.csv',
      [
        'id,zip,price,ratio,day,moment,open,letter,time,card,mixed',
        '1,01234,12.50,0.123456,2024-02-29,2024-02-29 10:11:12,true,T,10:00:00,12345678901234567890,1',
        '2,99999,3.1,1e-3,2023-01-01,2023-01-01 00:00:00,false,F,11:30:00,1,x',
        '3,,,,,,,,,,',
        '',
      ].join('\n'),
    );
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual([
      't(): id BIGINT, zip STRING, price DECIMAL, ratio FLOAT, day DATE, moment DATETIME, open BOOLEAN, letter STRING, time STRING, card STRING, mixed STRING',
    ]);
    expect(await rows(loaded, 'SELECT * FROM t')).toEqual([
      [
        '1',
        '01234',
        '12.50',
        0.123456,
        '2024-02-29',
        '2024-02-29T10:11:12',
        true,
        'T',
        '10:00:00',
        '12345678901234567890',
        '1',
      ],
      ['2', '99999', '3.10', 0.001, '2023-01-01', '2023-01-01T00:00:00', false, 'F', '11:30:00', '1', 'x'],
      ['3', null, null, null, null, null, null, null, null, null, null],
    ]);
    expect(problems()).toEqual([]);
  });

  it('looks at every row: a code in the last of many makes the column text', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `${index + 1},${index + 1}`);
    await put('shop/t.csv', `id,code\n${lines.join('\n')}\n60001,007\n`);
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual(['t(): id BIGINT, code STRING']);
    expect(await rows(loaded, `SELECT count(*), max(id), min(code) FROM t WHERE id > 60000`)).toEqual([
      ['1', '60001', '007'],
    ]);
  });

  it.each([
    ['semicolons', 'id;name\n1;a,b\n2;c\n'],
    ['tabs', 'id\tname\n1\ta,b\n2\tc\n'],
    ['a byte order mark', '\ufeffid,name\n1,"a,b"\n2,c\n'],
    ['line ends of Windows', 'id,name\r\n1,"a,b"\r\n2,c\r\n'],
    ['no line end at its end', 'id,name\n1,"a,b"\n2,c'],
    ['UTF-16', Buffer.from('\ufeffid,name\n1,"a,b"\n2,c\n', 'utf16le')],
  ])('is read with %s', async (_, text) => {
    await put('shop/t.csv', text);
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual(['t(): id BIGINT, name STRING']);
    expect(await rows(loaded, 'SELECT * FROM t')).toEqual([
      ['1', 'a,b'],
      ['2', 'c'],
    ]);
    expect(problems()).toEqual([]);
  });

  it('is read compressed, as .tsv, and with line ends inside quotes', async () => {
    await put('shop/packed.csv.gz', gzipSync('id,name\n1,x\n'));
    await put('shop/tabs.tsv', 'id\tname\n1\tx\n');
    await put('shop/long.csv', 'id,name\n1,"x\ny"\n2,"say ""hi"""\n');
    const loaded = await only();
    expect(loaded.catalog?.tables.map(({ name }) => name)).toEqual(['long', 'packed', 'tabs']);
    expect(await rows(loaded, 'SELECT name FROM long')).toEqual([['x\ny'], ['say "hi"']]);
    expect(await rows(loaded, 'SELECT * FROM packed')).toEqual([['1', 'x']]);
  });

  it('in the encoding of Windows keeps its letters, and says so', async () => {
    await put('shop/t.csv', Buffer.from('id,name\n1,Zoë\n', 'latin1'));
    const loaded = await only();
    expect(await rows(loaded, 'SELECT name FROM t')).toEqual([['Zoë']]);
    expect(problems()).toEqual(['shop: t.csv: it is not in UTF-8 and was read as Windows-1252']);
  });

  it('without a header has numbered columns, with nothing but a header no rows', async () => {
    await put('shop/bare.csv', '1,2.5,x\n2,3.5,y\n');
    await put('shop/head.csv', 'id,name\n');
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual([
      'bare(): column0 BIGINT, column1 DECIMAL, column2 STRING',
      'head(): id STRING, name STRING',
    ]);
    expect(await rows(loaded, 'SELECT count(*) FROM head')).toEqual([['0']]);
  });

  it('keeps dates text whose day and month nobody can tell apart, and reads those that one can', async () => {
    await put('shop/unclear.csv', 'd\n01/02/2020\n03/04/2020\n');
    await put('shop/clear.csv', 'd\n01/02/2020\n13/04/2020\n');
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual(['clear(): d DATE', 'unclear(): d STRING']);
    expect(await rows(loaded, 'SELECT d FROM clear')).toEqual([['2020-02-01'], ['2020-04-13']]);
    expect(problems()).toEqual([
      'shop: unclear.csv: d: day and month cannot be told apart (written as %d/%m/%Y), so they stay text',
    ]);
  });

  it('may have columns of any name', async () => {
    await put('shop/odd names (1).csv', 'Order ID,order_id,and,"a.b,""c""",,Größe,名\n1,2,3,4,5,6,7\n');
    const loaded = await only();
    expect(told(loaded.catalog)).toEqual([
      'odd_names_1(): Order ID BIGINT, order_id_2 BIGINT, and_2 BIGINT, a b c BIGINT, column4 BIGINT, Größe BIGINT, 名 BIGINT',
    ]);
    expect(await rows(loaded, 'SELECT * FROM odd_names_1')).toEqual([['1', '2', '3', '4', '5', '6', '7']]);
  });

  it('of a name with quotes, patterns and spaces is that file and no other', async () => {
    await put('shop/it\'s [1] * "x" é.csv', 'id\n7\n');
    await put('shop/its.csv', 'id\n8\n');
    const loaded = await only();
    expect(await rows(loaded, `SELECT id FROM "it_s_1_x_é"`)).toEqual([['7']]);
  });
});
