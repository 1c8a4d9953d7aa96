import { childrenOf } from './children.js';
import { expandStar, type StarItem } from './expand-star.js';
import { refuse } from './refusal.js';
import { type AliasUse, resolveExpression } from './resolve-expression.js';
import { resolveJoin, resolveSource } from './resolve-sources.js';
import {
  columnKey,
  type Environment,
  type OutputColumn,
  type Outputs,
  openScope,
  type Resolution,
  type Scope,
} from './scope.js';
import {
  become,
  type Fields,
  fieldsOf,
  isObject,
  kindOf,
  makeAliasNode,
  makeIdentifier,
  makeNumber,
  type Node,
  nameIn,
  nodeIn,
  nodesIn,
  optionalNameIn,
  optionalNodeIn,
} from './tree.js';

const LONGEST_LABEL = 60;

/** Resolves a SELECT in the order in which its clauses see one another, and gives its columns. */
export function resolveSelect(
  select: Fields,
  environment: Environment,
  resolution: Resolution,
  outputs: Outputs,
): OutputColumn[] {
  const scope = openScope(environment);
  const resolve = (expression: Node | undefined, use: AliasUse) => {
    if (expression !== undefined) resolveExpression(expression, scope, resolution, use);
  };
  if (isObject(select.from)) {
    for (const source of nodesIn(select.from, 'expressions')) resolveSource(source, scope, resolution);
  }
  for (const join of nodesIn(select, 'joins')) resolveJoin(join, scope, resolution);
  resolveWindows(select, scope, resolution);
  const columns = resolveItems(select, scope, resolution, outputs);
  for (const expression of nodesIn(select, 'distinct_on')) resolve(expression, 'afterColumns');
  resolve(clause(select, 'where_clause'), 'afterColumns');
  resolveGroups(select, scope, resolution);
  resolve(clause(select, 'having'), 'afterGroups');
  resolve(clause(select, 'qualify'), 'afterColumns');
  if (isObject(select.order_by)) {
    for (const item of nodesIn(select.order_by, 'expressions'))
      resolve(optionalNodeIn(item, 'this'), 'beforeColumns');
  }
  return columns;
}

function clause(select: Fields, name: string): Node | undefined {
  const value = select[name];
  return isObject(value) ? optionalNodeIn(value, 'this') : undefined;
}

function resolveItems(
  select: Fields,
  scope: Scope,
  resolution: Resolution,
  outputs: Outputs,
): OutputColumn[] {
  const items = nodesIn(select, 'expressions').flatMap((node): (StarItem | Node)[] =>
    kindOf(node) === 'star' ? expandStar(node, scope, resolution) : [node],
  );
  if (items.length === 0) throw refuse('node', 'a query selects at least one column');
  select.expressions = items.map((item) => (isStarItem(item) ? item.node : item));
  return items.map((item, index) =>
    isStarItem(item)
      ? { name: item.name, size: item.size }
      : resolveItem(item, index + 1, scope, resolution, outputs),
  );
}

function isStarItem(item: StarItem | Node): item is StarItem {
  return 'node' in item;
}

function nameOfItem(column: Node): string {
  return nameIn(fieldsOf(column), 'name');
}

function resolveItem(
  item: Node,
  position: number,
  scope: Scope,
  resolution: Resolution,
  outputs: Outputs,
): OutputColumn {
  if (kindOf(item) === 'alias') return resolveAliasItem(item, position, scope, resolution);
  const wasColumn = kindOf(item) === 'column';
  const label = wasColumn ? nameOfItem(item) : labelOf(item, position, resolution);
  const size = resolveExpression(item, scope, resolution, 'afterColumns');
  if (kindOf(item) === 'column') return { name: nameOfItem(item), size };
  if (outputs === 'named' || wasColumn) become(item, makeAliasNode({ ...item }, label));
  return { name: label, size };
}

function resolveAliasItem(item: Node, position: number, scope: Scope, resolution: Resolution): OutputColumn {
  const fields = fieldsOf(item);
  const name = nameIn(fields, 'alias');
  const expression = nodeIn(fields, 'this');
  const size = resolveExpression(expression, scope, resolution, 'afterColumns');
  fields.alias = makeIdentifier(name);
  const key = name.toLowerCase();
  if (!scope.aliases.has(key)) scope.aliases.set(key, { name, expression, size, position });
  return { name, size };
}

/** What an item without a name of its own is called: its own text where that is short. */
function labelOf(item: Node, position: number, { parser }: Resolution): string {
  const text = parser.generate(item).replaceAll(/["`\\\s]+/g, ' ');
  return text.length > LONGEST_LABEL ? `column_${position}` : text;
}

/** A named window holds what a window of an expression holds. */
function resolveWindows(select: Fields, scope: Scope, resolution: Resolution): void {
  for (const { spec } of nodesIn(select, 'windows')) {
    for (const expression of childrenOf({ window_function: { over: spec } }, resolution.engine)) {
      resolveExpression(expression, scope, resolution, 'none');
    }
  }
}

function resolveGroups(select: Fields, scope: Scope, resolution: Resolution): void {
  if (!isObject(select.group_by)) return;
  for (const expression of nodesIn(select.group_by, 'expressions')) {
    const alias = aliasPosition(expression, scope);
    resolveExpression(expression, scope, resolution, 'afterColumns');
    if (kindOf(expression) === 'column') addGroupKey(expression, scope);
    // By its position: an expression that happened to be a number would be read as one.
    else if (alias !== undefined) become(expression, makeNumber(alias));
  }
}

function aliasPosition(expression: Node, scope: Scope): number | undefined {
  if (kindOf(expression) !== 'column' || fieldsOf(expression).table) return undefined;
  const name = nameIn(fieldsOf(expression), 'name').toLowerCase();
  return scope.aliases.get(name)?.position;
}

function addGroupKey(column: Node, scope: Scope): void {
  const fields = fieldsOf(column);
  const relation = optionalNameIn(fields, 'table') ?? '';
  scope.groupKeys.add(columnKey(relation, nameIn(fields, 'name')));
}
