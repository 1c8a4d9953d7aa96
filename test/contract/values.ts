import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../../subgraphs/sql/statement.js';

/** Every kind of column, in each engine's words, and what its values look like when they leave. */
export interface ValueColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Its type in each engine's DDL. */
  readonly ddl: Readonly<Record<EngineName, string>>;
  /** As the engines' literals spell them, and as cells; row 3 of the table holds nulls. */
  readonly values: readonly (readonly [literal: string | Readonly<Record<EngineName, string>>, cell: Cell])[];
}

export type EngineName = 'duckdb' | 'postgres' | 'mysql';

function same(type: string): Readonly<Record<EngineName, string>> {
  return { duckdb: type, postgres: type, mysql: type };
}

function json(text: string): Readonly<Record<EngineName, string>> {
  return { duckdb: `'${text}'`, postgres: `'${text}'`, mysql: `'${text}'` };
}

export const VALUE_COLUMNS: readonly ValueColumn[] = [
  {
    name: 'small',
    type: 'INTEGER',
    ddl: same('SMALLINT'),
    values: [
      ['7', 7],
      ['-32768', -32768],
    ],
  },
  {
    name: 'whole',
    type: 'INTEGER',
    ddl: same('INTEGER'),
    values: [
      ['2147483647', 2147483647],
      ['-2147483648', -2147483648],
    ],
  },
  {
    name: 'big',
    type: 'BIGINT',
    ddl: same('BIGINT'),
    values: [
      ['9007199254740993', '9007199254740993'],
      ['-9223372036854775807', '-9223372036854775807'],
    ],
  },
  {
    name: 'exact',
    type: 'DECIMAL',
    ddl: same('DECIMAL(30, 10)'),
    values: [
      ['12345678901234567890.0123456789', '12345678901234567890.0123456789'],
      ['-0.1', '-0.1000000000'],
    ],
  },
  {
    name: 'money',
    type: 'DECIMAL',
    ddl: same('DECIMAL(8, 2)'),
    values: [
      ['0.10', '0.10'],
      ['-999999.99', '-999999.99'],
    ],
  },
  {
    name: 'ratio',
    type: 'FLOAT',
    ddl: { duckdb: 'DOUBLE', postgres: 'DOUBLE PRECISION', mysql: 'DOUBLE' },
    values: [
      ['0.1', 0.1],
      ['-1.7976931348623157e308', -1.7976931348623157e308],
    ],
  },
  {
    name: 'single',
    type: 'FLOAT',
    ddl: { duckdb: 'FLOAT', postgres: 'REAL', mysql: 'FLOAT' },
    values: [
      ['4.2', 4.2],
      ['-0.5', -0.5],
    ],
  },
  {
    name: 'flag',
    type: 'BOOLEAN',
    ddl: same('BOOLEAN'),
    values: [
      ['TRUE', true],
      ['FALSE', false],
    ],
  },
  {
    name: 'day',
    type: 'DATE',
    ddl: same('DATE'),
    values: [
      ["'2008-02-29'", '2008-02-29'],
      ["'1900-01-01'", '1900-01-01'],
    ],
  },
  {
    name: 'moment',
    type: 'DATETIME',
    ddl: { duckdb: 'TIMESTAMP', postgres: 'TIMESTAMP', mysql: 'DATETIME(6)' },
    values: [
      ["'2008-03-30 02:30:00'", '2008-03-30T02:30:00'],
      ["'1969-12-31 23:59:59.000001'", '1969-12-31T23:59:59.000001'],
    ],
  },
  {
    name: 'fraction',
    type: 'DATETIME',
    ddl: { duckdb: 'TIMESTAMP', postgres: 'TIMESTAMP', mysql: 'DATETIME(6)' },
    values: [
      ["'2024-10-27 01:00:00.5'", '2024-10-27T01:00:00.5'],
      ["'2024-01-01 00:00:00.120'", '2024-01-01T00:00:00.12'],
    ],
  },
  {
    name: 'clock',
    type: 'STRING',
    ddl: same('TIME'),
    values: [
      ["'12:30:00'", '12:30:00'],
      ["'00:00:00'", '00:00:00'],
    ],
  },
  {
    name: 'words',
    type: 'STRING',
    ddl: { duckdb: 'VARCHAR', postgres: 'TEXT', mysql: 'TEXT' },
    values: [
      ["'Ärger, Ελλάδα, 日本, 😀'", 'Ärger, Ελλάδα, 日本, 😀'],
      ["''", ''],
    ],
  },
  {
    name: 'code',
    type: 'STRING',
    ddl: same('CHAR(2)'),
    values: [
      ["'DE'", 'DE'],
      ["'FR'", 'FR'],
    ],
  },
  {
    name: 'bytes',
    type: 'STRING',
    ddl: { duckdb: 'BLOB', postgres: 'BYTEA', mysql: 'BLOB' },
    values: [
      [{ duckdb: "'\\x00\\xFF\\x80'::BLOB", postgres: "'\\x00FF80'", mysql: "X'00FF80'" }, 'AP+A'],
      [{ duckdb: "''::BLOB", postgres: "''", mysql: "''" }, ''],
    ],
  },
  {
    name: 'doc',
    type: 'JSON',
    ddl: same('JSON'),
    values: [
      [json('{"a": [1, null, "x"], "b": {"c": true}}'), { a: [1, null, 'x'], b: { c: true } }],
      [json('[]'), []],
    ],
  },
];

/** The statements that make `contract_values`: rows 1 and 2 as above, row 3 of nulls. */
export function valuesTable(engine: EngineName): string[] {
  const columns = VALUE_COLUMNS.map(({ name, ddl }) => `${name} ${ddl[engine]}`);
  const rows = [0, 1].map((row) =>
    VALUE_COLUMNS.map(({ values }) => {
      const literal = values[row]?.[0] ?? 'NULL';
      return typeof literal === 'string' ? literal : literal[engine];
    }),
  );
  const nulls = VALUE_COLUMNS.map(() => 'NULL');
  return [
    `CREATE TABLE contract_values (id INTEGER, ${columns.join(', ')})`,
    ...[...rows, nulls].map(
      (row, index) => `INSERT INTO contract_values VALUES (${index + 1}, ${row.join(', ')})`,
    ),
  ];
}

/** Texts that must arrive as data and leave unchanged. */
export const TEXTS: Readonly<Record<string, string>> = {
  'a quote': "it's",
  'a closing quote and a statement': "'; DROP TABLE contract_values; --",
  'an always true condition': "' OR '1'='1",
  'double quotes': '"double"',
  backticks: '`tick`',
  'a backslash at the end': 'C:\\temp\\',
  'a backslash and a quote': "\\' OR 1=1 -- ",
  'wildcards of LIKE': '100%_[a-z]*',
  'line breaks and tabs': 'one\r\ntwo\tthree',
  'a comment': '/* comment */ -- # comment',
  'placeholders of all kinds': '$1 ? :name @variable {{template}} %s',
  'many scripts': 'Grüße Ελλάδα русский 日本語 العربية हिन्दी',
  'letters beyond 16 bits': '😀👩‍👩‍👧‍👦𝔘𝔫𝔦',
  'combining characters': 'e\u0301 o\u0308',
  'the word null': 'NULL',
  'what looks like a number': '007',
  'spaces around it': '  spaced  ',
  nothing: '',
};
