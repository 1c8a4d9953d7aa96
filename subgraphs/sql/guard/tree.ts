import { refuse } from './refusal.js';

/**
 * The parser's tree as the guard sees it. An expression is an object with one key, its kind, over that kind's fields:
 * `{ column: { name: {…}, table: null } }`. Nothing about it is trusted before `checkShape` has passed it; after that
 * the readers below only give the checked fields their types.
 */
export type Node = Record<string, unknown>;
export type Fields = Record<string, unknown>;

export interface Identifier {
  name: string;
  quoted: boolean;
  trailing_comments: string[];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}

/** The fields under a node's kind; kinds without fields (`null`, `row_number`) have none. */
export function fieldsOf(node: Node): Fields {
  const value = node[kindOf(node)];
  return isObject(value) ? value : {};
}

/** A field that its kind cannot do without. */
export function nodeIn(fields: Fields, name: string): Node {
  return optionalNodeIn(fields, name) ?? incomplete();
}

export function optionalNodeIn(fields: Fields, name: string): Node | undefined {
  return (fields[name] ?? undefined) as Node | undefined;
}

export function nodesIn(fields: Fields, name: string): Node[] {
  return (fields[name] ?? []) as Node[];
}

/** The text of an identifier that its kind cannot do without. */
export function nameIn(fields: Fields, name: string): string {
  return optionalNameIn(fields, name) ?? incomplete();
}

export function optionalNameIn(fields: Fields, name: string): string | undefined {
  const identifier = fields[name] as Identifier | null | undefined;
  return identifier?.name;
}

export function identifiersIn(fields: Fields, name: string): Identifier[] {
  return (fields[name] ?? []) as Identifier[];
}

function incomplete(): never {
  throw refuse('node', 'it is not built as a query is');
}

/** Turns a node into another where it stands, whatever holds it. */
export function become(node: Node, other: Node): void {
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, other);
}

/** Whether a field says nothing: absent, null, false, or an empty list. */
export function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0)
  );
}

/** An identifier that the engine cannot read as anything else. */
export function makeIdentifier(name: string): Identifier {
  return { name, quoted: true, trailing_comments: [] };
}

/** The fields of columns and tables that the guard wrote itself, once it knew what they are. */
const written = new WeakSet<object>();

export function markWritten(fields: Fields): void {
  written.add(fields);
}

export function isWritten(fields: object): boolean {
  return written.has(fields);
}

/** Copies a tree, and with it what the guard knows of it. */
export function copyTree<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyTree) as Value;
  if (!isObject(value)) return value;
  const copy: Fields = {};
  for (const [key, field] of Object.entries(value)) copy[key] = copyTree(field);
  if (isWritten(value)) markWritten(copy);
  return copy as Value;
}

export function makeColumnNode(table: string | undefined, name: string): Node {
  const column = {
    name: makeIdentifier(name),
    table: table === undefined ? null : makeIdentifier(table),
    join_mark: false,
    trailing_comments: [],
  };
  markWritten(column);
  return { column };
}

export function makeAliasNode(expression: Node, name: string): Node {
  return {
    alias: {
      this: expression,
      alias: makeIdentifier(name),
      column_aliases: [],
      alias_explicit_as: true,
      pre_alias_comments: [],
      trailing_comments: [],
    },
  };
}

export function makeCall(name: string, args: Node[]): Node {
  return {
    function: {
      name,
      args,
      distinct: false,
      trailing_comments: [],
      use_bracket_syntax: false,
      no_parens: false,
      quoted: false,
    },
  };
}

export function makeNumber(value: number | bigint): Node {
  return { literal: { literal_type: 'number', value: String(value) } };
}
