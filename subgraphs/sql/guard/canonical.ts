import type { GuardEngine } from './engines/engine.js';
import { become, type Fields, fieldsOf, isEmpty, isObject, kindOf, makeCall, type Node } from './tree.js';

/**
 * Gives a tree one form where the parser has several for the same thing, so that there is one to check, and so that
 * the tree of the regenerated text can be compared with it. Nothing is judged here.
 */
export function makeCanonical(value: unknown, engine: GuardEngine): void {
  if (Array.isArray(value)) {
    for (const item of value) makeCanonical(item, engine);
    return;
  }
  if (!isObject(value)) return;
  for (const field of Object.values(value)) makeCanonical(field, engine);
  makeNodeCanonical(value, engine);
}

/** Fields by which the parser remembers how something was spelled. */
const SPELLINGS: ReadonlySet<string> = new Set([
  'explicit_asc',
  'use_plural',
  'double_colon_syntax',
  'postfix_form',
  'integer_spelling',
  'real_spelling',
  'alias_keyword',
]);

function makeNodeCanonical(node: Node, engine: GuardEngine): void {
  engine.normalise?.(node);
  forgetSpelling(node);
  if (typeof node.data_type === 'string') replaceTypeSynonym(node, engine);
  if (Object.keys(node).length !== 1) return;
  const kind = kindOf(node);
  const fields = fieldsOf(node);
  const call = own(engine.calls, kind);
  if (call !== undefined) makePlainCall(node, fields, call);
  else if (kind === 'function' || kind === 'aggregate_function') replaceFunctionSynonym(fields, engine);
  else if (engine.aggregates.has(kind)) replaceFunctionSynonym(fields, engine);
  else if (kind === 'literal') makeLiteralCanonical(node, fields);
  else if (kind === 'select') makeFetchLimit(fields);
  else if (kind === 'count') fields.original_name = 'count';
}

function forgetSpelling(node: Node): void {
  for (const key of Object.keys(node)) {
    if (SPELLINGS.has(key)) node[key] = typeof node[key] === 'boolean' ? false : null;
  }
  if ('alias_explicit_as' in node) node.alias_explicit_as = !isEmpty(node.alias);
  if (Array.isArray(node.column_aliases)) {
    // The parser forgets whether these were quoted.
    for (const identifier of node.column_aliases) if (isObject(identifier)) identifier.quoted = true;
  }
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A field that is no argument makes the call another one than its name says: the node then stays, to be refused. */
function makePlainCall(
  node: Node,
  fields: Fields,
  [name, ...argumentFields]: readonly [string, ...string[]],
): void {
  const known = new Set([...argumentFields, 'original_name', 'alternate_name']);
  const others = Object.entries(fields).filter(([field, value]) => !known.has(field) && !isEmpty(value));
  if (others.length > 0) return;
  const args = argumentFields.flatMap((field): Node[] => {
    const value = fields[field] ?? [];
    return (Array.isArray(value) ? value : [value]) as Node[];
  });
  become(node, makeCall(name, args));
}

function replaceFunctionSynonym(fields: Fields, engine: GuardEngine): void {
  if (typeof fields.name !== 'string') return;
  const name = fields.name.toLowerCase();
  fields.name = own(engine.functionSynonyms, name) ?? name;
}

function replaceTypeSynonym(type: Fields, engine: GuardEngine): void {
  const synonym = own(engine.typeSynonyms, String(type.data_type));
  if (synonym === undefined) return;
  type.data_type = synonym;
  delete type.length;
}

/** `DATE '2013-05-01'` is `CAST('2013-05-01' AS DATE)`, and `.5` is `0.5`. */
function makeLiteralCanonical(node: Node, fields: Fields): void {
  const type = fields.literal_type;
  if (type === 'number' && String(fields.value).startsWith('.')) fields.value = `0${fields.value}`;
  if (type !== 'date' && type !== 'timestamp' && type !== 'time') return;
  become(node, {
    cast: {
      this: { literal: { literal_type: 'string', value: fields.value } },
      to: type === 'date' ? { data_type: 'date' } : { data_type: type, precision: null, timezone: false },
      trailing_comments: [],
      double_colon_syntax: false,
      format: null,
      default: null,
    },
  });
}

/** `FETCH FIRST 5 ROWS ONLY` is `LIMIT 5`. */
function makeFetchLimit(select: Fields): void {
  const fetch = select.fetch;
  if (!isObject(fetch) || select.limit || fetch.percent || fetch.with_ties || !isObject(fetch.count)) return;
  select.limit = { this: fetch.count };
  select.fetch = null;
}
