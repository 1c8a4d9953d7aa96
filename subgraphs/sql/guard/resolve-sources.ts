import type { Table } from '../../../schema/catalog.js';
import { unknownName } from '../../../schema/did-you-mean.js';
import { refuse } from './refusal.js';
import { QUERY_KINDS, resolveExpression } from './resolve-expression.js';
import {
  addRelation,
  columnOf,
  type MergedColumn,
  namesOf,
  type OutputColumn,
  openScope,
  type Relation,
  type Resolution,
  recordRead,
  type Scope,
  sameName,
} from './scope.js';
import { COLUMN_SIZE } from './text-size.js';
import {
  type Fields,
  fieldsOf,
  type Identifier,
  identifiersIn,
  isEmpty,
  kindOf,
  makeCall,
  makeColumnNode,
  makeIdentifier,
  markWritten,
  type Node,
  nameIn,
  nodeIn,
  nodesIn,
  optionalNameIn,
  optionalNodeIn,
} from './tree.js';

/** Brings what stands in a FROM clause into a scope. */
export function resolveSource(node: Node, scope: Scope, resolution: Resolution): void {
  const fields = fieldsOf(node);
  switch (kindOf(node)) {
    case 'table':
      addRelation(scope, resolveTable(fields, scope, resolution));
      return;
    case 'subquery':
      addRelation(scope, resolveDerivedTable(fields, scope, resolution));
      return;
    case 'joined_table':
      resolveSource(nodeIn(fields, 'left'), scope, resolution);
      for (const join of nodesIn(fields, 'joins')) resolveJoin(join, scope, resolution);
      return;
    case 'paren':
      resolveSource(nodeIn(fields, 'this'), scope, resolution);
      return;
    default:
      throw refuse('source', 'FROM takes tables of the catalog, queries in brackets, and joins of these');
  }
}

function resolveTable(fields: Fields, scope: Scope, resolution: Resolution): Relation {
  const { catalog } = resolution;
  const name = nameIn(fields, 'name');
  const schema = optionalNameIn(fields, 'schema');
  const alias = optionalNameIn(fields, 'alias');
  if (!isEmpty(fields.catalog) || (schema !== undefined && !sameName(schema, catalog.database))) {
    throw refuse('qualifier', `tables are named without a schema or database, or with "${catalog.database}"`);
  }
  const cte = schema === undefined ? scope.environment.ctes.get(name.toLowerCase()) : undefined;
  if (cte !== undefined) return nameRelation(fields, cte, alias ?? cte.name, cte.name);
  const table = catalog.tables.find((candidate) => sameName(candidate.name, name));
  if (table === undefined) {
    const known = namesOf([...catalog.tables, ...scope.environment.ctes.values()]);
    throw unknownName('table', name, catalog.database, known);
  }
  // Engines rename a table's columns by their position, and may count columns that the catalog does not show.
  if (!isEmpty(fields.column_aliases))
    throw refuse('source', 'the columns of a table cannot be renamed in FROM');
  if (!resolution.reads.has(table.name)) resolution.reads.set(table.name, new Set());
  const restricted = resolution.restricted.nameOf(table);
  // What stands in its place has no name of its own.
  if (restricted !== undefined && alias === undefined) {
    fields.alias = makeIdentifier(table.name);
    fields.alias_explicit_as = true;
  }
  return nameRelation(fields, tableRelation(table), alias ?? table.name, restricted ?? table.name);
}

function tableRelation(table: Table): Relation {
  const columns = table.columns.map(({ name }) => ({ name, size: COLUMN_SIZE }));
  return { name: table.name, columns, table };
}

function nameRelation(fields: Fields, relation: Relation, name: string, tableName: string): Relation {
  fields.name = makeIdentifier(tableName);
  fields.schema = null;
  markWritten(fields);
  if (!isEmpty(fields.alias)) fields.alias = makeIdentifier(name);
  return { ...relation, name, columns: renameColumns(fields, 'column_aliases', relation.columns, name) };
}

function resolveDerivedTable(fields: Fields, scope: Scope, resolution: Resolution): Relation {
  const query = nodeIn(fields, 'this');
  const environment = scope.environment;
  resolution.named += 1;
  const name = optionalNameIn(fields, 'alias') ?? `query_${resolution.named}`;
  fields.alias = makeIdentifier(name);
  fields.alias_explicit_as = true;
  if (kindOf(query) === 'values') {
    const columns = resolveValues(query, scope, resolution);
    return { name, columns: renameColumns(fields, 'column_aliases', columns, name) };
  }
  if (!QUERY_KINDS.has(kindOf(query))) throw refuse('source', 'only a query may stand in brackets in FROM');
  if (!isEmpty(fields.order_by) || !isEmpty(fields.limit) || !isEmpty(fields.offset)) {
    throw refuse('source', 'ORDER BY and LIMIT belong inside the brackets of a query in FROM');
  }
  const columns = resolution.resolveQuery(query, environment, 'named');
  return { name, columns: renameColumns(fields, 'column_aliases', columns, name) };
}

function resolveValues(values: Node, scope: Scope, resolution: Resolution): OutputColumn[] {
  const rows = nodesIn(fieldsOf(values), 'expressions').map((row) => nodesIn(row, 'expressions'));
  // Values stand before the tables of their own query, so that they may not speak of them.
  const outside = openScope(scope.environment);
  const sizes = rows.map((row) =>
    row.map((expression) => resolveExpression(expression, outside, resolution, 'none')),
  );
  return (rows[0] ?? []).map((_, index) => ({
    name: `col${index}`,
    size: Math.max(...sizes.map((row) => row[index] ?? 0)),
  }));
}

/** Gives columns the names that stand after a query's name, in brackets; later columns keep theirs. */
export function renameColumns(
  fields: Fields,
  field: 'column_aliases' | 'columns',
  columns: readonly OutputColumn[],
  relation: string,
): OutputColumn[] {
  const names = namesOf(identifiersIn(fields, field));
  if (names.length > columns.length) {
    throw refuse('source', `"${relation}" has fewer columns than names for them`);
  }
  fields[field] = names.map(makeIdentifier);
  return columns.map(({ name, size }, index) => ({ name: names[index] ?? name, size }));
}

/** Brings the right side of a join into the scope, then resolves its condition. */
export function resolveJoin(join: Fields, scope: Scope, resolution: Resolution): void {
  const left = [...scope.relations];
  resolveSource(nodeIn(join, 'this'), scope, resolution);
  const right = scope.relations.filter((relation) => !left.includes(relation));
  const using = identifiersIn(join, 'using');
  for (const identifier of using) mergeColumns(identifier, join, left, right, scope, resolution);
  const condition = optionalNodeIn(join, 'on');
  if (condition !== undefined) resolveExpression(condition, scope, resolution, 'none');
  if (join.kind === 'Semi' || join.kind === 'Anti')
    scope.relations.splice(0, scope.relations.length, ...left);
}

function mergeColumns(
  using: Identifier,
  join: Fields,
  left: readonly Relation[],
  right: readonly Relation[],
  scope: Scope,
  resolution: Resolution,
): void {
  const key = using.name.toLowerCase();
  const before = scope.merged.get(key);
  const leftSide = before ?? sideOfUsing(using.name, left, resolution);
  const rightSide = sideOfUsing(using.name, right, resolution);
  using.quoted = true;
  using.name = rightSide.name;
  const relations = [...leftSide.relations, ...rightSide.relations];
  const { name } = leftSide;
  const size = Math.max(leftSide.size, rightSide.size);
  switch (join.kind) {
    case 'Semi':
    case 'Anti':
      return;
    case 'Right':
      scope.merged.set(key, { name, expression: rightSide.expression, size, relations });
      return;
    case 'Full': {
      const expression = makeCall('coalesce', [leftSide.expression, rightSide.expression]);
      scope.merged.set(key, { name, expression, size, relations });
      return;
    }
    default:
      scope.merged.set(key, { name, expression: leftSide.expression, size, relations });
  }
}

function sideOfUsing(name: string, relations: readonly Relation[], resolution: Resolution): MergedColumn {
  const owners = relations.flatMap((relation) => {
    const column = columnOf(relation, name);
    return column === undefined ? [] : [{ relation, column }];
  });
  const [owner, another] = owners;
  if (owner === undefined) {
    throw unknownName(
      'column',
      name,
      'one side of USING',
      relations.flatMap((relation) => namesOf(relation.columns)),
    );
  }
  if (another !== undefined) throw refuse('ambiguous', `"${name}" could be a column of more than one table`);
  const { relation, column } = owner;
  recordRead(resolution, relation, column.name);
  const expression = makeColumnNode(relation.name, column.name);
  return { ...column, expression, relations: [relation] };
}
