import { unknownName } from '../../../schema/did-you-mean.js';
import { refuse } from './refusal.js';
import { copyNode, resolveExpression } from './resolve-expression.js';
import {
  columnOf,
  namesOf,
  type OutputColumn,
  type Relation,
  type Resolution,
  recordRead,
  type Scope,
  sameName,
} from './scope.js';
import {
  type Fields,
  fieldsOf,
  identifiersIn,
  kindOf,
  makeAliasNode,
  makeColumnNode,
  type Node,
  nameIn,
  nodeIn,
  nodesIn,
  optionalNameIn,
} from './tree.js';

/** A select item that a star stands for. */
export interface StarItem extends OutputColumn {
  readonly node: Node;
}

/**
 * The columns that `*` or `table.*` means by the catalog. It is never left to the engine, whose table may have columns
 * that the catalog does not show. What REPLACE puts in place of columns is resolved here, too.
 */
export function expandStar(star: Node, scope: Scope, resolution: Resolution): StarItem[] {
  const fields = fieldsOf(star);
  const qualifier = optionalNameIn(fields, 'table');
  const relations =
    qualifier === undefined ? scope.relations : scope.relations.filter((r) => sameName(r.name, qualifier));
  if (relations.length === 0) {
    throw qualifier === undefined
      ? refuse('star', '* has no table to stand for')
      : unknownName('table', qualifier, 'the query', namesOf(scope.relations));
  }
  const names = new StarNames(fields, scope, resolution);
  const items = relations.flatMap((relation) =>
    relation.columns.flatMap((column) => {
      if (names.leaveOut(column.name)) return [];
      if (resolution.restricted.isAggregateOnly(relation.table, column.name)) return [];
      return (
        names.replacement(column.name) ??
        expandColumn(relation, column, qualifier === undefined, scope, resolution)
      );
    }),
  );
  names.checkAllUsed(relations.flatMap((relation) => namesOf(relation.columns)));
  return items;
}

function expandColumn(
  relation: Relation,
  column: OutputColumn,
  mergeShared: boolean,
  scope: Scope,
  resolution: Resolution,
): StarItem[] {
  columnOf(relation, column.name); // refuses where the relation has two of that name
  const merged = mergeShared ? scope.merged.get(column.name.toLowerCase()) : undefined;
  if (merged === undefined || !merged.relations.includes(relation)) {
    recordRead(resolution, relation, column.name);
    return [{ ...column, node: makeColumnNode(relation.name, column.name) }];
  }
  if (merged.relations[0] !== relation) return [];
  const { name, size } = merged;
  const copy = copyNode(merged.expression, resolution);
  return [{ name, size, node: kindOf(copy) === 'column' ? copy : makeAliasNode(copy, name) }];
}

/** The names after EXCLUDE and REPLACE; each must be a column that the star means. */
class StarNames {
  private readonly excluded: string[];
  private readonly replaced: readonly StarItem[];

  constructor(fields: Fields, scope: Scope, resolution: Resolution) {
    this.excluded = namesOf(identifiersIn(fields, 'except'));
    this.replaced = nodesIn(fields, 'replace').map((alias) => {
      const name = nameIn(alias, 'alias');
      const expression = nodeIn(alias, 'this');
      const size = resolveExpression(expression, scope, resolution, 'none');
      return { name, size, node: makeAliasNode(expression, name) };
    });
  }

  leaveOut(column: string): boolean {
    return this.excluded.some((name) => sameName(name, column));
  }

  replacement(column: string): StarItem | undefined {
    return this.replaced.find(({ name }) => sameName(name, column));
  }

  checkAllUsed(columns: readonly string[]): void {
    for (const name of [...this.excluded, ...namesOf(this.replaced)]) {
      if (!columns.some((column) => sameName(column, name))) {
        throw unknownName('column', name, 'the columns of *', columns);
      }
    }
  }
}
