import type { ColumnType } from './hive-type.js';

/** The GraphQL scalar of each column type. */
export const GRAPHQL_TYPE: Readonly<Record<ColumnType, string>> = {
  STRING: 'String',
  INTEGER: 'Int',
  BIGINT: 'BigInt',
  DECIMAL: 'Decimal',
  FLOAT: 'Float',
  BOOLEAN: 'Boolean',
  DATE: 'Date',
  DATETIME: 'DateTime',
  JSON: 'JSON',
};

/** One field, argument or enum value: its definition and what it means. */
export interface Line {
  readonly text: string;
  readonly description?: string;
}

export function line(text: string, description?: string): Line {
  return description === undefined || description === '' ? { text } : { text, description };
}

/** The name of the field or value. */
export function lineName({ text }: Line): string {
  return /^\w+/.exec(text)![0];
}

/** A type of the schema. What it has is said when it is asked for: of a large schema most never is. */
export interface Definition {
  readonly kind: 'type' | 'input' | 'enum' | 'scalar';
  readonly name: string;
  readonly description: string;
  /** As they stand after the name, each with a blank before it. */
  readonly directives: string;
  /** Fields or values. The same each time; none of a scalar, and some of all others: GraphQL has no empty types. */
  readonly lines: () => readonly Line[];
}

/** What `make` gives of items, where there are any. */
export function ofSome<Item>(
  items: readonly Item[],
  make: (items: readonly Item[]) => readonly Definition[],
): readonly Definition[] {
  return items.length === 0 ? [] : make(items);
}

export function block(
  kind: 'type' | 'input' | 'enum',
  name: string,
  description: string,
  lines: () => readonly Line[],
  directives = '',
): Definition {
  return { kind, name, description, directives, lines };
}

export function printDefinition({ kind, name, description, directives, lines }: Definition): string {
  const head = [...describe(description, ''), `${kind} ${name}${directives}`].join('\n');
  if (kind === 'scalar') return head;
  const body = lines().flatMap((item) => [...describe(item.description, '  '), `  ${item.text}`]);
  return [`${head} {`, ...body, '}'].join('\n');
}

function describe(description: string | undefined, indent: string): string[] {
  return description === undefined || description === '' ? [] : [`${indent}${JSON.stringify(description)}`];
}
