import { unknownName } from '../../../schema/did-you-mean.js';
import { refuse } from './refusal.js';
import { QUERY_KINDS } from './resolve-expression.js';
import { resolveSelect } from './resolve-select.js';
import { renameColumns } from './resolve-sources.js';
import {
  type Environment,
  namesOf,
  type OutputColumn,
  type Outputs,
  type Relation,
  type Resolution,
  sameName,
} from './scope.js';
import {
  become,
  type Fields,
  fieldsOf,
  isEmpty,
  isObject,
  kindOf,
  makeColumnNode,
  makeIdentifier,
  type Node,
  nameIn,
  nodeIn,
  nodesIn,
} from './tree.js';

/** Resolves every name of a query, in place, and gives its columns. */
export function resolveQuery(
  node: Node,
  environment: Environment,
  resolution: Resolution,
  outputs: Outputs,
): OutputColumn[] {
  const fields = fieldsOf(node);
  const inner = { ...environment, ctes: resolveCtes(fields, environment, resolution) };
  switch (kindOf(node)) {
    case 'select':
      return resolveSelect(fields, inner, resolution, outputs);
    case 'subquery': {
      if (!isEmpty(fields.alias)) throw refuse('node', 'a query has a name only in FROM');
      const columns = resolveQuery(nodeIn(fields, 'this'), inner, resolution, outputs);
      resolveOutputOrder(fields, columns);
      return columns;
    }
    case 'union':
    case 'intersect':
    case 'except': {
      const left = resolveQuery(nodeIn(fields, 'left'), inner, resolution, outputs);
      const right = resolveQuery(nodeIn(fields, 'right'), inner, resolution, outputs);
      resolveOutputOrder(fields, left);
      return left.map(({ name, size }, index) => ({ name, size: Math.max(size, right[index]?.size ?? 0) }));
    }
    default:
      throw refuse('node', `"${kindOf(node)}" is not a query`);
  }
}

function resolveCtes(
  fields: Fields,
  environment: Environment,
  resolution: Resolution,
): ReadonlyMap<string, Relation> {
  if (!isObject(fields.with)) return environment.ctes;
  const ctes = new Map(environment.ctes);
  const own = new Set<string>();
  for (const cte of nodesIn(fields.with, 'ctes')) {
    const name = nameIn(cte, 'alias');
    const key = name.toLowerCase();
    if (own.has(key) || resolution.catalog.tables.some((table) => sameName(table.name, name))) {
      throw refuse('shadowing', `"${name}" in WITH takes the name of another table`);
    }
    own.add(key);
    const query = nodeIn(cte, 'this');
    if (!QUERY_KINDS.has(kindOf(query))) throw refuse('node', `"${kindOf(query)}" is not allowed in WITH`);
    const columns = resolveQuery(
      query,
      { ctes: new Map(ctes), parent: environment.parent },
      resolution,
      'named',
    );
    ctes.set(key, nameCte(cte, name, columns));
  }
  return ctes;
}

function nameCte(cte: Fields, name: string, columns: readonly OutputColumn[]): Relation {
  const renamed = renameColumns(cte, 'columns', columns, name);
  cte.alias = makeIdentifier(name);
  return { name, columns: renamed };
}

/** The ORDER BY of a set operation speaks of its result: by a column's name or position. */
function resolveOutputOrder(fields: Fields, columns: readonly OutputColumn[]): void {
  if (!isObject(fields.order_by)) return;
  for (const item of nodesIn(fields.order_by, 'expressions')) {
    const expression = nodeIn(item, 'this');
    if (kindOf(expression) === 'literal') continue;
    const column = fieldsOf(expression);
    if (kindOf(expression) !== 'column' || !isEmpty(column.table)) {
      throw refuse('node', 'the result of a set operation is ordered by its columns only');
    }
    const name = nameIn(column, 'name');
    const found = columns.find((candidate) => sameName(candidate.name, name));
    if (found === undefined)
      throw unknownName('column', name, 'the result of the set operation', namesOf(columns));
    become(expression, makeColumnNode(undefined, found.name));
  }
}
