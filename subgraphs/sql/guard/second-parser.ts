import type { Dialect } from '../dialects/dialect.js';
import { refuse } from './refusal.js';
import { isObject } from './tree.js';

/** How much the engine's own parser counts: PostgreSQL's is PostgreSQL's; Redshift has clauses that it cannot read. */
const COUNTS: Readonly<Record<string, 'always' | 'whereItParses'>> = {
  postgres: 'always',
  redshift: 'whereItParses',
};

/** What no read-only query over tables holds, by the parser's names of nodes and fields. */
const REFUSED: ReadonlySet<string> = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'intoClause',
  'lockingClause',
  'RangeFunction',
  'RangeTableFunc',
  'RangeTableSample',
  'JsonTable',
  'ParamRef',
  'CurrentOfExpr',
  'SetToDefault',
  'XmlExpr',
]);

type Parse = (sql: string) => Promise<unknown>;
let loaded: Promise<Parse> | undefined;

/**
 * PostgreSQL's own parser as a second opinion: each text must be one read-only query over the same tables to it.
 * `tables` are the catalog's names. Engines of other families have no second parser.
 */
export async function agree(
  { name }: Dialect,
  texts: readonly string[],
  tables: readonly string[],
): Promise<void> {
  const counts = COUNTS[name];
  if (counts === undefined) return;
  loaded ??= import('libpg-query').then((module) => module.parse as Parse);
  const parse = await loaded;
  for (const text of texts) {
    let tree: unknown;
    try {
      tree = await parse(text);
    } catch (cause) {
      if (counts === 'whereItParses') continue;
      throw refuse('second-parser', 'PostgreSQL could not read it', cause);
    }
    checkTree(tree, tables);
  }
}

function checkTree(tree: unknown, tables: readonly string[]): void {
  const statements = isObject(tree) && Array.isArray(tree.stmts) ? tree.stmts : [];
  const [only] = statements as { stmt?: unknown }[];
  if (statements.length !== 1 || !isObject(only?.stmt) || !('SelectStmt' in only.stmt)) {
    throw refuse('second-parser', 'PostgreSQL reads something other than one query');
  }
  const found = { tables: new Set<string>(), queries: new Set<string>() };
  gather(only.stmt, found);
  const read = [...found.tables].filter((name) => !found.queries.has(name)).sort();
  const expected = [...new Set(tables.map((name) => name.toLowerCase()))].sort();
  if (read.join('\n') !== expected.join('\n')) {
    throw refuse('second-parser', 'PostgreSQL reads other tables in it');
  }
}

function gather(value: unknown, found: { tables: Set<string>; queries: Set<string> }): void {
  if (Array.isArray(value)) {
    for (const item of value) gather(item, found);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, field] of Object.entries(value)) {
    if (REFUSED.has(key) && !(Array.isArray(field) && field.length === 0)) {
      throw refuse('second-parser', `PostgreSQL reads a "${key}" in it`);
    }
    if (key === 'RangeVar' && isObject(field)) found.tables.add(String(field.relname).toLowerCase());
    if (key === 'CommonTableExpr' && isObject(field)) found.queries.add(String(field.ctename).toLowerCase());
    gather(field, found);
  }
}
