import type { Catalog } from '../../schema/catalog.js';
import { type Access, capRows, openAccess } from './access.js';
import type { Dialect } from './dialects/dialect.js';
import { makeCanonical } from './guard/canonical.js';
import { checkResolved } from './guard/check-resolved.js';
import { checkShape } from './guard/check-shape.js';
import { checkEngineText, checkText } from './guard/check-text.js';
import { clean } from './guard/clean.js';
import type { GuardEngine } from './guard/engines/engine.js';
import { limitRows } from './guard/limit-rows.js';
import { loadEngine } from './guard/load-engine.js';
import { loadParser, type SqlParser } from './guard/parser.js';
import { refuse } from './guard/refusal.js';
import { regenerate } from './guard/regenerate.js';
import { QUERY_KINDS } from './guard/resolve-expression.js';
import { resolveQuery } from './guard/resolve-query.js';
import { Restricted } from './guard/restricted.js';
import type { Resolution } from './guard/scope.js';
import { agree } from './guard/second-parser.js';
import { fieldsOf, isEmpty, isObject, kindOf, type Node } from './guard/tree.js';
import { makeStatement, type Statement, type StatementLimits } from './statement.js';

export interface InspectOptions {
  /** What the caller may see; nothing else exists for the statement. */
  readonly catalog: Catalog;
  readonly dialect: Dialect;
}

export interface GuardOptions extends InspectOptions {
  readonly limits: StatementLimits;
}

/** What a statement reads, in the catalog's names and order. */
export interface Inspection {
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
}

/** A statement that may run, and its text as it was checked: without what the caller's permissions add to it. */
export interface Guarded {
  readonly statement: Statement;
  readonly checkedSql: string;
}

/**
 * Makes a statement of SQL that a model, a person or the planner wrote, if it is one query over the catalog's tables
 * made of nothing but what is allowed. What runs is written anew from the checked tree, with at most one row more
 * than the limit, by which a connector knows that there were more.
 * @throws STATEMENT_REFUSED with `details.rule`, UNKNOWN_NAME with the nearest names.
 */
export async function guard(sql: string, { catalog, dialect, limits }: GuardOptions): Promise<Statement> {
  return (await guardFor(openAccess(catalog), sql, dialect, limits)).statement;
}

/**
 * As `guard`, over what a caller may see: every table that is restricted is read through a query of its visible rows
 * and cells.
 * @throws as `guard`; FORBIDDEN for a use of a column that is not permitted.
 */
export async function guardFor(
  access: Access,
  sql: string,
  dialect: Dialect,
  requested: StatementLimits,
): Promise<Guarded> {
  const { root, parser, engine, restricted, reads } = await analyse(sql, access, dialect);
  const limits = capRows(requested, access);
  limitRows(root, limits.rowLimit + 1);
  const text = regenerate(root, parser, engine);
  const checkedSql = restricted.writePlainly(text);
  await agree(dialect, [sql, checkedSql], [...reads.keys()]);
  const statement = makeStatement(restricted.write(text), [], undefined, limits, reads);
  return { statement, checkedSql };
}

/**
 * Says which tables and columns a statement reads. It refuses what the guard refuses.
 * @throws as `guard`.
 */
export async function inspect(sql: string, { catalog, dialect }: InspectOptions): Promise<Inspection> {
  return inspectFor(openAccess(catalog), sql, dialect);
}

/**
 * As `inspect`, over what a caller may see.
 * @throws as `guardFor`.
 */
export async function inspectFor(access: Access, sql: string, dialect: Dialect): Promise<Inspection> {
  const { reads } = await analyse(sql, access, dialect);
  const tables = access.catalog.tables.filter((table) => reads.has(table.name));
  return {
    tables: tables.map((table) => ({
      name: table.name,
      columns: table.columns.map((column) => column.name).filter((name) => reads.get(table.name)?.has(name)),
    })),
  };
}

interface Analysis {
  readonly root: Node;
  readonly parser: SqlParser;
  readonly engine: GuardEngine;
  readonly restricted: Restricted;
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
}

const MAX_COPIED_CHARACTERS = 1_000_000;

async function analyse(sql: string, access: Access, dialect: Dialect): Promise<Analysis> {
  const { catalog } = access;
  const restricted = new Restricted(access, dialect);
  checkText(sql);
  restricted.checkText(sql);
  const engine = await loadEngine(dialect.name);
  checkEngineText(sql, engine);
  const parser = await loadParser(engine.parserDialect);
  const statements = parser.parse(sql);
  clean(statements);
  makeCanonical(statements, engine);
  const root = onlyQuery(statements);
  checkShape(root, engine);
  const resolution: Resolution = {
    catalog,
    engine,
    parser,
    restricted,
    reads: new Map(),
    copies: MAX_COPIED_CHARACTERS,
    named: 0,
    resolveQuery: (node, environment, outputs) => resolveQuery(node, environment, resolution, outputs),
  };
  resolveQuery(root, { ctes: new Map(), parent: undefined }, resolution, 'named');
  checkResolved(root);
  restricted.checkFence(root, engine);
  return { root, parser, engine, restricted, reads: resolution.reads };
}

function onlyQuery(statements: readonly Node[]): Node {
  const [root, ...others] = statements;
  if (root === undefined) throw refuse('one-statement', 'it holds no statement');
  if (others.length > 0) throw refuse('one-statement', 'it holds more than one statement');
  if (!QUERY_KINDS.has(kindOf(root))) throw refuse('root', 'only queries are run');
  return withoutBrackets(root);
}

/** `((SELECT …))` is the query in the brackets; engines differ in what may follow them. */
function withoutBrackets(root: Node): Node {
  if (kindOf(root) !== 'subquery') return root;
  const { this: query, ...others } = fieldsOf(root);
  return isObject(query) && Object.values(others).every(isEmpty) ? withoutBrackets(query) : root;
}
