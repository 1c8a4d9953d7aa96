import { describe, expect, it } from 'vitest';
import { columnTypeOfPostgres, postgresCellReader, readArray } from './postgres-cells.js';

function cell(oid: number, text: string) {
  const type = columnTypeOfPostgres(oid);
  return [type, postgresCellReader(oid, type)(text)];
}

describe('a value of PostgreSQL', () => {
  it.each([
    [701, 'NaN', 'FLOAT', null],
    [701, '-Infinity', 'FLOAT', null],
    [1700, 'NaN', 'DECIMAL', null],
    [1700, '-12345678901234567890.10', 'DECIMAL', '-12345678901234567890.10'],
    [1082, 'infinity', 'DATE', null],
    [1114, '-infinity', 'DATETIME', null],
    [1184, '2008-01-31 10:00:00.5+00', 'DATETIME', '2008-01-31T10:00:00.5Z'],
    [17, '\\x00ff', 'STRING', 'AP8='],
    [6551, '00ff', 'STRING', 'AP8='],
    [4000, '{"a":[1]}', 'JSON', { a: [1] }],
    [2950, '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd', 'STRING', '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'],
    [1016, '{9007199254740993,NULL}', 'JSON', ['9007199254740993', null]],
    [1000, '{t,f}', 'JSON', [true, false]],
    [1115, '{"2008-01-31 10:00:00"}', 'JSON', ['2008-01-31T10:00:00']],
    [99999, 'of a type of its own', 'STRING', 'of a type of its own'],
  ])('of type %i: %s leaves as %s %j', (oid, text, type, value) => {
    expect(cell(oid, text)).toEqual([type, value]);
  });
});

describe('an array', () => {
  const plain = (text: string) => text;
  it.each([
    ['{}', []],
    ['{a,b}', ['a', 'b']],
    ['{"a b","c,d","{e}"}', ['a b', 'c,d', '{e}']],
    ['{"say \\"hi\\"","back\\\\slash",""}', ['say "hi"', 'back\\slash', '']],
    ['{NULL,"NULL",null}', [null, 'NULL', 'null']],
    [
      '{{1,2},{3,4}}',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['[0:1]={x,y}', ['x', 'y']],
  ])('%s is read', (text, items) => {
    expect(readArray(text, plain)).toEqual(items);
  });
});
