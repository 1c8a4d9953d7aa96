import { AskgraphError } from './errors.js';

/** How a cell leaves Askgraph. DECIMAL and BIGINT are strings, DATE and DATETIME ISO 8601 text. */
export const COLUMN_TYPES = [
  'STRING',
  'INTEGER',
  'BIGINT',
  'DECIMAL',
  'FLOAT',
  'BOOLEAN',
  'DATE',
  'DATETIME',
  'JSON',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A Hive type as AWS Glue writes it: `int`, `decimal(8,2)`, `array<struct<name:string>>`. */
export type HiveType =
  | { kind: 'primitive'; name: string; arguments: readonly number[] }
  | { kind: 'array'; element: HiveType }
  | { kind: 'map'; key: HiveType; value: HiveType }
  | { kind: 'struct'; fields: readonly { name: string; type: HiveType }[] };

const PRIMITIVES: Readonly<Record<string, ColumnType>> = {
  tinyint: 'INTEGER',
  smallint: 'INTEGER',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'FLOAT',
  decimal: 'DECIMAL',
  numeric: 'DECIMAL',
  boolean: 'BOOLEAN',
  string: 'STRING',
  varchar: 'STRING',
  char: 'STRING',
  binary: 'STRING',
  date: 'DATE',
  timestamp: 'DATETIME',
};

/** The column type that a Hive type leaves as. What has no type of its own leaves as text. */
export function columnTypeOf(type: HiveType): ColumnType {
  return type.kind === 'primitive' ? (PRIMITIVES[type.name] ?? 'STRING') : 'JSON';
}

export function isKnownPrimitive(name: string): boolean {
  return Object.hasOwn(PRIMITIVES, name);
}

/** Reads a Hive type expression. Types are lower-cased, struct field names keep their case. */
export function parseHiveType(text: string): HiveType {
  const parser = new HiveTypeParser(text);
  return parser.whole();
}

class HiveTypeParser {
  private position = 0;
  constructor(private readonly text: string) {}

  whole(): HiveType {
    const type = this.type();
    if (this.position < this.text.length) this.fail();
    return type;
  }

  private type(): HiveType {
    const name = this.word().toLowerCase();
    switch (name) {
      case 'array': {
        this.expect('<');
        const element = this.type();
        this.expect('>');
        return { kind: 'array', element };
      }
      case 'map': {
        this.expect('<');
        const key = this.type();
        this.expect(',');
        const value = this.type();
        this.expect('>');
        return { kind: 'map', key, value };
      }
      case 'struct':
        return { kind: 'struct', fields: this.structFields() };
      default:
        return { kind: 'primitive', name, arguments: this.numbers() };
    }
  }

  private structFields(): { name: string; type: HiveType }[] {
    const fields: { name: string; type: HiveType }[] = [];
    this.expect('<');
    do {
      const name = this.word();
      this.expect(':');
      fields.push({ name, type: this.type() });
    } while (this.accept(','));
    this.expect('>');
    return fields;
  }

  private numbers(): number[] {
    if (!this.accept('(')) return [];
    const numbers: number[] = [];
    do numbers.push(Number(this.word()));
    while (this.accept(','));
    this.expect(')');
    return numbers;
  }

  private word(): string {
    const match = /^\s*([\w$-]+)\s*/.exec(this.text.slice(this.position));
    if (match === null) this.fail();
    this.position += match[0].length;
    return match[1]!;
  }

  private accept(symbol: string): boolean {
    if (this.text[this.position] !== symbol) return false;
    this.position += 1;
    while (this.text[this.position] === ' ') this.position += 1;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail();
  }

  private fail(): never {
    throw new AskgraphError(
      'CATALOG_INVALID',
      `Cannot read the Hive type "${this.text}" at position ${this.position}.`,
      {
        details: { type: this.text, position: this.position },
      },
    );
  }
}
