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
  short: 'INTEGER',
  byte: 'INTEGER',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  long: 'BIGINT',
  float: 'FLOAT',
  real: 'FLOAT',
  double: 'FLOAT',
  decimal: 'DECIMAL',
  dec: 'DECIMAL',
  numeric: 'DECIMAL',
  boolean: 'BOOLEAN',
  string: 'STRING',
  varchar: 'STRING',
  char: 'STRING',
  text: 'STRING',
  uuid: 'STRING',
  binary: 'STRING',
  varbinary: 'STRING',
  time: 'STRING',
  void: 'STRING',
  interval_year_month: 'STRING',
  interval_day_time: 'STRING',
  date: 'DATE',
  timestamp: 'DATETIME',
  timestamp_ntz: 'DATETIME',
  timestamp_ltz: 'DATETIME',
  timestamptz: 'DATETIME',
  json: 'JSON',
  super: 'JSON',
  variant: 'JSON',
};

/** Names of more than one word, and the name of one word that says the same. */
const LONG_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^double\s+precision\b/i, 'double'],
  [/^character\s+varying\b/i, 'varchar'],
  [/^timestamp\s+with\s+local\s+time\s+zone\b/i, 'timestamp_ltz'],
  [/^timestamp\s+with\s+time\s+zone\b/i, 'timestamptz'],
  [/^timestamp\s+without\s+time\s+zone\b/i, 'timestamp'],
  [/^time\s+(?:with|without)\s+time\s+zone\b/i, 'time'],
];

/** Deeper than this a type is an attack or a fault, and would exhaust the stack of whoever walks over it. */
const MAXIMUM_DEPTH = 500;

const TEXT: HiveType = { kind: 'primitive', name: 'string', arguments: [] };

/** The column type that a Hive type leaves as. What has no type of its own leaves as text. */
export function columnTypeOf(type: HiveType): ColumnType {
  return type.kind === 'primitive' ? primitiveType(type.name) : 'JSON';
}

export function isKnownPrimitive(name: string): boolean {
  return Object.hasOwn(PRIMITIVES, name);
}

function primitiveType(name: string): ColumnType {
  return isKnownPrimitive(name) ? PRIMITIVES[name]! : 'STRING';
}

/**
 * Reads a Hive type expression. Types are lower-cased, struct field names keep their case.
 * @throws CATALOG_INVALID where it is none.
 */
export function parseHiveType(text: string): HiveType {
  return new HiveTypeParser(text).whole();
}

/** A type, and what `warn` is told where it is not one that Askgraph knows: such values leave as text. */
export function readHiveType(text: string, warn: (message: string) => void): HiveType {
  try {
    const type = parseHiveType(text);
    const unknown = [...unknownPrimitives(type)];
    if (unknown.length > 0) warn(`the type ${unknown.join(', ')} is not known and is read as string`);
    return type.kind === 'primitive' && unknown.length > 0 ? TEXT : type;
  } catch (error) {
    if (!(error instanceof AskgraphError)) throw error;
    warn(`the type "${text.slice(0, 100)}" cannot be read and is taken for string`);
    return TEXT;
  }
}

function unknownPrimitives(type: HiveType): Set<string> {
  const unknown = new Set<string>();
  const open = [type];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'primitive') {
      if (!isKnownPrimitive(next.name)) unknown.add(next.name);
    } else if (next.kind === 'array') open.push(next.element);
    else if (next.kind === 'map') open.push(next.key, next.value);
    else open.push(...next.fields.map((field) => field.type));
  }
  return unknown;
}

class HiveTypeParser {
  private position = 0;
  private depth = 0;
  constructor(private readonly text: string) {}

  whole(): HiveType {
    this.space();
    const type = this.type();
    if (this.position < this.text.length) this.fail();
    return type;
  }

  private type(): HiveType {
    if (++this.depth > MAXIMUM_DEPTH) this.fail();
    const type = this.typeOf(this.name());
    this.depth -= 1;
    return type;
  }

  /** A container may stand without what it holds: crawlers of schemaless stores write a bare `array` or `struct`. */
  private typeOf(name: string): HiveType {
    switch (name) {
      case 'array':
      case 'set':
        return { kind: 'array', element: this.accept('<') ? this.closed(this.type()) : TEXT };
      case 'map': {
        if (!this.accept('<')) return { kind: 'map', key: TEXT, value: TEXT };
        const key = this.type();
        this.expect(',');
        return { kind: 'map', key, value: this.closed(this.type()) };
      }
      case 'struct':
      case 'row':
        return { kind: 'struct', fields: this.accept('<') ? this.structFields() : [] };
      case 'uniontype':
        return { kind: 'struct', fields: this.unionMembers() };
      default:
        return { kind: 'primitive', name, arguments: this.numbers() };
    }
  }

  private closed(type: HiveType): HiveType {
    this.expect('>');
    return type;
  }

  private structFields(): { name: string; type: HiveType }[] {
    const fields: { name: string; type: HiveType }[] = [];
    if (this.accept('>')) return fields;
    do {
      const name = this.fieldName();
      this.expect(':');
      fields.push({ name, type: this.type() });
      this.comment();
    } while (this.accept(','));
    this.expect('>');
    return fields;
  }

  /** A union is written as the object of its tag and value: `{"1": "text"}`. */
  private unionMembers(): { name: string; type: HiveType }[] {
    const members: { name: string; type: HiveType }[] = [];
    this.expect('<');
    do members.push({ name: String(members.length), type: this.type() });
    while (this.accept(','));
    this.expect('>');
    return members;
  }

  private numbers(): number[] {
    if (!this.accept('(')) return [];
    const numbers: number[] = [];
    do numbers.push(this.number());
    while (this.accept(','));
    this.expect(')');
    return numbers;
  }

  private number(): number {
    const digits = this.match(/^\d+/)?.[0];
    if (digits !== undefined) return Number(digits);
    // Redshift's varchar(max).
    if (this.match(/^max\b/i) !== undefined) return 65_535;
    return this.fail();
  }

  private name(): string {
    for (const [pattern, name] of LONG_NAMES) if (this.match(pattern) !== undefined) return name;
    return (this.match(/^[\w$-]+/)?.[0] ?? this.fail()).toLowerCase();
  }

  /** Field names may hold nearly anything; in backquotes, anything. */
  private fieldName(): string {
    const quoted = this.match(/^`((?:[^`]|``)+)`/);
    if (quoted !== undefined) return quoted[1]!.replaceAll('``', '`');
    return (this.match(/^[^`<>:,()]+/)?.[0] ?? this.fail()).trimEnd();
  }

  private comment(): void {
    this.match(/^comment\s+'(?:[^'\\]|\\.|'')*'/i);
  }

  private accept(symbol: string): boolean {
    if (this.text[this.position] !== symbol) return false;
    this.position += 1;
    this.space();
    return true;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail();
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.text.slice(this.position));
    if (match === null) return undefined;
    this.position += match[0].length;
    this.space();
    return match;
  }

  private space(): void {
    while (/\s/.test(this.text[this.position] ?? '')) this.position += 1;
  }

  private fail(): never {
    throw new AskgraphError(
      'CATALOG_INVALID',
      `Cannot read the Hive type "${this.text.slice(0, 200)}" at position ${this.position}.`,
      { details: { type: this.text.slice(0, 1_000), position: this.position } },
    );
  }
}
