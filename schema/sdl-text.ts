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

/** A definition with fields. One without any is not printed: GraphQL has no empty types. */
export function block(head: string, description: string, lines: readonly Line[]): string[] {
  if (lines.length === 0) return [];
  const body = lines.flatMap((item) => [...describe(item.description, '  '), `  ${item.text}`]);
  return [[...describe(description, ''), `${head} {`, ...body, '}'].join('\n')];
}

export function describe(description: string | undefined, indent: string): string[] {
  return description === undefined || description === '' ? [] : [`${indent}${JSON.stringify(description)}`];
}
