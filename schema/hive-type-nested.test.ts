import { describe, expect, it } from 'vitest';
import { columnTypeOf, type HiveType, parseHiveType, readHiveType } from './hive-type.js';

/** A type as text again, by a writer that knows nothing of the parser. */
function written(type: HiveType): string {
  switch (type.kind) {
    case 'primitive':
      return type.arguments.length === 0 ? type.name : `${type.name}(${type.arguments.join(',')})`;
    case 'array':
      return `array<${written(type.element)}>`;
    case 'map':
      return `map<${written(type.key)},${written(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${written(field.type)}`).join(',')}>`;
  }
}

const KNOWN: readonly (readonly [text: string, columnType: string, written?: string])[] = [
  ['tinyint', 'INTEGER'],
  ['smallint', 'INTEGER'],
  ['int', 'INTEGER'],
  ['integer', 'INTEGER'],
  ['INT', 'INTEGER', 'int'],
  ['byte', 'INTEGER'],
  ['short', 'INTEGER'],
  ['bigint', 'BIGINT'],
  ['BIGINT', 'BIGINT', 'bigint'],
  ['long', 'BIGINT'],
  ['float', 'FLOAT'],
  ['real', 'FLOAT'],
  ['double', 'FLOAT'],
  ['Double', 'FLOAT', 'double'],
  ['DOUBLE PRECISION', 'FLOAT', 'double'],
  ['double  precision', 'FLOAT', 'double'],
  ['decimal', 'DECIMAL'],
  ['decimal(38,0)', 'DECIMAL'],
  ['decimal(10, 2)', 'DECIMAL', 'decimal(10,2)'],
  ['DECIMAL ( 10 , 2 )', 'DECIMAL', 'decimal(10,2)'],
  ['dec(5,1)', 'DECIMAL'],
  ['numeric(18)', 'DECIMAL'],
  ['boolean', 'BOOLEAN'],
  ['BOOLEAN', 'BOOLEAN', 'boolean'],
  ['string', 'STRING'],
  ['String', 'STRING', 'string'],
  ['text', 'STRING'],
  ['varchar(255)', 'STRING'],
  ['VARCHAR(MAX)', 'STRING', 'varchar(65535)'],
  ['varchar', 'STRING'],
  ['character varying(20)', 'STRING', 'varchar(20)'],
  ['char(2)', 'STRING'],
  ['uuid', 'STRING'],
  ['binary', 'STRING'],
  ['varbinary', 'STRING'],
  ['void', 'STRING'],
  ['time', 'STRING'],
  ['time without time zone', 'STRING', 'time'],
  ['interval_year_month', 'STRING'],
  ['interval_day_time', 'STRING'],
  ['date', 'DATE'],
  ['DATE', 'DATE', 'date'],
  ['timestamp', 'DATETIME'],
  ['timestamp(6)', 'DATETIME'],
  ['TIMESTAMP WITH LOCAL TIME ZONE', 'DATETIME', 'timestamp_ltz'],
  ['timestamp with time zone', 'DATETIME', 'timestamptz'],
  ['timestamp without time zone', 'DATETIME', 'timestamp'],
  ['timestamp_ntz', 'DATETIME'],
  ['timestamptz', 'DATETIME'],
  ['json', 'JSON'],
  ['super', 'JSON'],
  ['variant', 'JSON'],
  ['array<string>', 'JSON'],
  ['ARRAY<INT>', 'JSON', 'array<int>'],
  ['array< decimal(8,2) >', 'JSON', 'array<decimal(8,2)>'],
  ['array<array<array<date>>>', 'JSON'],
  ['array', 'JSON', 'array<string>'],
  ['set<string>', 'JSON', 'array<string>'],
  ['map<string,int>', 'JSON'],
  ['Map<String, Array<BigInt>>', 'JSON', 'map<string,array<bigint>>'],
  ['map', 'JSON', 'map<string,string>'],
  ['struct<name:string>', 'JSON'],
  ['STRUCT<Name:STRING,Zip:VARCHAR(5)>', 'JSON', 'struct<Name:string,Zip:varchar(5)>'],
  ['struct<>', 'JSON'],
  ['struct', 'JSON', 'struct<>'],
  ['row<a:int>', 'JSON', 'struct<a:int>'],
  [
    'struct<a: int, b: struct<c: array<map<string, double>>>>',
    'JSON',
    'struct<a:int,b:struct<c:array<map<string,double>>>>',
  ],
  ["struct<a:int COMMENT 'it''s, <here>', b:string>", 'JSON', 'struct<a:int,b:string>'],
  ['struct<@timestamp:timestamp,user-agent:string,a.b:int,first name:string,$oid:string>', 'JSON'],
  ['struct<`we:ird,<name>`:int>', 'JSON', 'struct<we:ird,<name>:int>'],
  ['struct<größe:double>', 'JSON'],
  ['uniontype<int,string>', 'JSON', 'struct<0:int,1:string>'],
  ['  array<int>  ', 'JSON', 'array<int>'],
];

/** What is not known is text: where it is the whole type, and inside another. */
const UNKNOWN: readonly (readonly [text: string, warning: string, written: string])[] = [
  ['geometry', 'the type geometry is not known', 'string'],
  ['HLLSKETCH', 'the type hllsketch is not known', 'string'],
  ['constructor', 'the type constructor is not known', 'string'],
  ['array<geometry>', 'the type geometry is not known', 'array<geometry>'],
  ['', 'the type "" cannot be read', 'string'],
  ['???', 'the type "???" cannot be read', 'string'],
  ['array<int', 'the type "array<int" cannot be read', 'string'],
  ['array<int>>', 'the type "array<int>>" cannot be read', 'string'],
  ['struct<a>', 'the type "struct<a>" cannot be read', 'string'],
  ['decimal(ten,2)', 'the type "decimal(ten,2)" cannot be read', 'string'],
  ['fixed[16]', 'the type "fixed[16]" cannot be read', 'string'],
];

function nested(depth: number): string {
  return `${'array<'.repeat(depth)}int${'>'.repeat(depth)}`;
}

describe('Hive types', () => {
  it.each(KNOWN.map(([text, columnType, expected = text]) => [text, columnType, expected] as const))(
    'reads %s as %s',
    (text, columnType, expected) => {
      const warnings: string[] = [];
      const type = readHiveType(text, (message) => warnings.push(message));
      expect({ columnType: columnTypeOf(type), text: written(type), warnings }).toEqual({
        columnType,
        text: expected,
        warnings: [],
      });
    },
  );

  it.each(UNKNOWN)('takes %j for text with a warning', (text, warning, expected) => {
    const warnings: string[] = [];
    const type = readHiveType(text, (message) => warnings.push(message));
    expect(written(type)).toBe(expected);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(warning);
  });

  it('follows types to a great depth, and takes what is deeper for text instead of running out of stack', () => {
    expect(written(parseHiveType(nested(400)))).toBe(nested(400));
    const warnings: string[] = [];
    expect(readHiveType(nested(200_000), (message) => warnings.push(message))).toEqual({
      kind: 'primitive',
      name: 'string',
      arguments: [],
    });
    expect(warnings).toHaveLength(1);
  });

  it('refuses what it cannot read where a type is demanded', () => {
    expect(() => parseHiveType('map<string>')).toThrow(
      expect.objectContaining({ code: 'CATALOG_INVALID', details: { type: 'map<string>', position: 10 } }),
    );
  });
});
