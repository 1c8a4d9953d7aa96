import { describe, expect, it } from 'vitest';
import { COLUMN_TYPES, columnTypeOf, isKnownPrimitive, parseHiveType } from './hive-type.js';

const primitive = (name: string, ...numbers: number[]) => ({ kind: 'primitive', name, arguments: numbers });

describe('parseHiveType', () => {
  it.each([
    ['int', primitive('int')],
    ['  BIGINT ', primitive('bigint')],
    ['decimal(8,2)', primitive('decimal', 8, 2)],
    ['DECIMAL( 38 , 10 )', primitive('decimal', 38, 10)],
    ['varchar(255)', primitive('varchar', 255)],
    ['array<string>', { kind: 'array', element: primitive('string') }],
    [
      'map<string,array<int>>',
      { kind: 'map', key: primitive('string'), value: { kind: 'array', element: primitive('int') } },
    ],
    ['geometry', primitive('geometry')],
  ])('reads %s', (text, type) => expect(parseHiveType(text)).toEqual(type));

  it('keeps the case of field names and no other', () =>
    expect(parseHiveType('STRUCT<firstName:STRING, Age : INT>')).toEqual({
      kind: 'struct',
      fields: [
        { name: 'firstName', type: primitive('string') },
        { name: 'Age', type: primitive('int') },
      ],
    }));

  it('reads types inside types, however deep', () => {
    const type = parseHiveType(`${'array<'.repeat(50)}int${'>'.repeat(50)}`);
    let depth = 0;
    for (let inner = type; inner.kind === 'array'; inner = inner.element) depth += 1;
    expect(depth).toBe(50);
  });

  it.each([
    ['', 0],
    ['array<int', 9],
    ['array<>', 6],
    ['map<int>', 7],
    ['struct<a>', 8],
    ['struct<a:int,>', 13],
    ['int)', 3],
    ['decimal(8', 9],
    ['int, string', 3],
  ])('says where it cannot read %j', (text, position) =>
    expect(() => parseHiveType(text)).toThrow(
      expect.objectContaining({
        code: 'CATALOG_INVALID',
        message: `Cannot read the Hive type "${text}" at position ${position}.`,
        details: { type: text, position },
      }),
    ),
  );
});

describe('columnTypeOf', () => {
  it.each([
    ['tinyint', 'INTEGER'],
    ['smallint', 'INTEGER'],
    ['int', 'INTEGER'],
    ['integer', 'INTEGER'],
    ['bigint', 'BIGINT'],
    ['float', 'FLOAT'],
    ['double', 'FLOAT'],
    ['decimal(8,2)', 'DECIMAL'],
    ['numeric(8,2)', 'DECIMAL'],
    ['boolean', 'BOOLEAN'],
    ['string', 'STRING'],
    ['varchar(10)', 'STRING'],
    ['char(2)', 'STRING'],
    ['binary', 'STRING'],
    ['date', 'DATE'],
    ['timestamp', 'DATETIME'],
    ['array<int>', 'JSON'],
    ['map<string,int>', 'JSON'],
    ['struct<a:int>', 'JSON'],
    ['geometry', 'STRING'],
  ])('%s leaves as %s', (text, type) => {
    expect(columnTypeOf(parseHiveType(text))).toBe(type);
    expect(COLUMN_TYPES).toContain(type);
  });

  it('knows which primitives have a type of their own', () => {
    expect(['int', 'timestamp', 'geometry', 'constructor', 'INT'].filter(isKnownPrimitive)).toEqual([
      'int',
      'timestamp',
    ]);
  });
});
