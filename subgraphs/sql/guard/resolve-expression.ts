import { unknownName } from '../../../schema/did-you-mean.js';
import { AskgraphError } from '../../../schema/errors.js';
import { childrenOf } from './children.js';
import { refuse } from './refusal.js';
import { plainFigure } from './restricted.js';
import {
  columnKey,
  columnOf,
  findRelation,
  type MergedColumn,
  namesOf,
  type OutputColumn,
  type Relation,
  type Resolution,
  recordAggregated,
  recordRead,
  type Scope,
  type SelectAlias,
  sameName,
  scopesFrom,
} from './scope.js';
import { textSize } from './text-size.js';
import {
  become,
  copyTree,
  fieldsOf,
  kindOf,
  makeColumnNode,
  type Node,
  nameIn,
  optionalNameIn,
} from './tree.js';

/**
 * How the names of select items count in an expression: not at all, after the columns (WHERE, QUALIFY, later items),
 * after the grouped columns but before the others (HAVING), or before the columns (a whole ORDER BY item).
 */
export type AliasUse = 'none' | 'afterColumns' | 'afterGroups' | 'beforeColumns';

export const QUERY_KINDS: ReadonlySet<string> = new Set([
  'select',
  'union',
  'intersect',
  'except',
  'subquery',
]);
const OUT_OF_PLACE: ReadonlySet<string> = new Set(['alias', 'table', 'joined_table', 'values']);

/**
 * Resolves every name in an expression, and writes each column down as `"relation"."column"`, so that no engine can
 * read it as another: as a column of a table that the catalog does not show, for instance. Gives about the number of
 * characters that its value has.
 */
export function resolveExpression(node: Node, scope: Scope, resolution: Resolution, use: AliasUse): number {
  const kind = kindOf(node);
  if (kind === 'column') return resolveColumn(node, scope, resolution, use);
  if (QUERY_KINDS.has(kind)) {
    const environment = { ctes: scope.environment.ctes, parent: scope };
    const columns = resolution.resolveQuery(node, environment, 'values');
    return Math.max(...columns.map((column) => column.size));
  }
  if (kind === 'star') throw refuse('star', '* stands only in a select list and in count(*)');
  if (OUT_OF_PLACE.has(kind)) throw refuse('node', `"${kind}" is not allowed in an expression`);
  const figure = resolveFigure(node, scope, resolution);
  if (figure !== undefined) return figure;
  const inner = innerUse(kind, use, resolution);
  const parts = childrenOf(node, resolution.engine);
  const sizes = parts.map((part) => resolveExpression(part, scope, resolution, inner));
  if (kind === 'window_function' && resolution.restricted.isSuppressed(fieldsOf(node).this)) {
    throw new AskgraphError('FORBIDDEN', 'What is seen in aggregates only is seen in no window.');
  }
  return textSize(node, parts, sizes);
}

function innerUse(kind: string, use: AliasUse, { engine }: Resolution): AliasUse {
  if (use === 'beforeColumns') return 'afterColumns';
  const aggregates = kind === 'count' || kind === 'aggregate_function' || engine.aggregates.has(kind);
  return use === 'afterGroups' && aggregates ? 'none' : use;
}

function resolveColumn(node: Node, scope: Scope, resolution: Resolution, use: AliasUse): number {
  const fields = fieldsOf(node);
  const name = nameIn(fields, 'name');
  const qualifier = optionalNameIn(fields, 'table');
  if (qualifier !== undefined) {
    const relation = findRelation(scope, qualifier);
    const column = columnOf(relation, name);
    if (column === undefined) throw unknownName('column', name, relation.name, namesOf(relation.columns));
    return writeColumn(node, relation, column, resolution);
  }
  const alias = use === 'none' ? undefined : scope.aliases.get(name.toLowerCase());
  if (alias !== undefined && use === 'beforeColumns') {
    become(node, makeColumnNode(undefined, alias.name));
    return alias.size;
  }
  const found = findUnqualified(name, scope, alias === undefined ? scopesFrom(scope) : [scope]);
  if (alias !== undefined && (found === undefined || (use === 'afterGroups' && !isGrouped(found, scope)))) {
    return writeAlias(node, alias, resolution);
  }
  if (found !== undefined) return found.write(node, resolution);
  throw unknownName('column', name, 'the tables of the query', visibleNames(scope));
}

/** A figure over a column that is seen in aggregates only; undefined for anything else. */
function resolveFigure(node: Node, scope: Scope, resolution: Resolution): number | undefined {
  const found = plainFigure(node);
  if (found === undefined) return undefined;
  const name = nameIn(fieldsOf(found.operand), 'name');
  const qualifier = optionalNameIn(fieldsOf(found.operand), 'table');
  const relations = qualifier === undefined ? scope.relations : [findRelation(scope, qualifier)];
  const owners = relations.flatMap((relation) => {
    const column = columnOf(relation, name);
    return column === undefined ? [] : [{ relation, column }];
  });
  const [owner] = owners;
  const table = owner?.relation.table;
  if (owner === undefined || owners.length > 1 || table === undefined) return undefined;
  if (scope.merged.has(name.toLowerCase())) return undefined;
  if (!scope.relations.includes(owner.relation)) return undefined;
  const { relation, column } = owner;
  if (!resolution.restricted.isAggregateOnly(table, column.name)) return undefined;
  recordAggregated(resolution, relation, column.name);
  resolution.restricted.suppress(node, found.figure, relation.name, table, column.name);
  return column.size;
}

interface FoundColumn {
  readonly key: string | undefined;
  /** Writes it down in place of a node, and gives its size. */
  write(node: Node, resolution: Resolution): number;
}

function findUnqualified(name: string, from: Scope, scopes: readonly Scope[]): FoundColumn | undefined {
  for (const scope of scopes) {
    const merged = scope.merged.get(name.toLowerCase());
    const owners = scope.relations.flatMap((relation) => {
      const column = columnOf(relation, name);
      return column === undefined || merged?.relations.includes(relation) ? [] : [{ relation, column }];
    });
    const [first, second] = owners;
    if (second !== undefined || (first !== undefined && merged !== undefined)) {
      throw refuse('ambiguous', `"${name}" could be a column of more than one table`);
    }
    if (merged !== undefined) return foundMerged(merged, from, scope);
    if (first !== undefined) return foundColumn(first.relation, first.column, from, scope);
  }
  return undefined;
}

function foundColumn(relation: Relation, column: OutputColumn, from: Scope, owner: Scope): FoundColumn {
  return {
    key: columnKey(relation.name, column.name),
    write(node, resolution) {
      checkReachable(relation, from, owner);
      return writeColumn(node, relation, column, resolution);
    },
  };
}

function foundMerged(merged: MergedColumn, from: Scope, owner: Scope): FoundColumn {
  return {
    key: undefined,
    write(node, resolution) {
      for (const relation of merged.relations) checkReachable(relation, from, owner);
      become(node, copyNode(merged.expression, resolution));
      return merged.size;
    },
  };
}

/** A column that was found further out is of no use where a nearer table bears its table's name. */
function checkReachable(relation: Relation, from: Scope, owner: Scope): void {
  for (const scope of scopesFrom(from)) {
    if (scope === owner) return;
    if (scope.relations.some((nearer) => sameName(nearer.name, relation.name))) {
      throw refuse('ambiguous', `"${relation.name}" stands for two tables, one inside the other`);
    }
  }
}

function writeColumn(node: Node, relation: Relation, column: OutputColumn, resolution: Resolution): number {
  recordRead(resolution, relation, column.name);
  become(node, makeColumnNode(relation.name, column.name));
  return column.size;
}

/** The item's expression stands in for its name: engines look for columns of that name first, seen or unseen. */
function writeAlias(node: Node, alias: SelectAlias, resolution: Resolution): number {
  const copy = copyNode(alias.expression, resolution);
  become(node, kindOf(copy) === 'column' ? copy : { paren: { this: copy, trailing_comments: [] } });
  return alias.size;
}

function isGrouped(found: FoundColumn, scope: Scope): boolean {
  return found.key !== undefined && scope.groupKeys.has(found.key);
}

export function copyNode(node: Node, resolution: Resolution): Node {
  resolution.copies -= JSON.stringify(node).length;
  if (resolution.copies < 0) throw refuse('size', 'its names stand for too much');
  return copyTree(node);
}

function visibleNames(scope: Scope): string[] {
  const relations = scopesFrom(scope).flatMap((current) => current.relations);
  const columns = relations.flatMap((relation) => namesOf(relation.columns));
  return [...new Set([...columns, ...namesOf([...scope.aliases.values()])])];
}
