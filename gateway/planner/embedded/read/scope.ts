import type { Relation } from '../../../../schema/names.js';
import type { ColumnExpression } from '../../../../subgraphs/sql/table-query.js';
import {
  type AskColumn,
  type AskDomain,
  type AskTable,
  findAskColumn,
  findAskTable,
  type Profile,
} from '../../../knowledge/domain.js';

/** How a table's rows are reached from the root's rows. */
export interface Reach {
  readonly table: AskTable;
  readonly path: readonly string[];
  readonly relations: readonly Relation[];
  /** Whether one row of the root may meet several rows of the table. */
  readonly fan: 'one' | 'many';
}

/** One way to look at a domain: the rows of one table, with all that each row leads to. */
export interface Scope {
  readonly domain: AskDomain;
  readonly root: AskTable;
  readonly profile: Profile;
  /** Every reachable table, nearest way first; several ways to one table stay apart (a seller, a buyer). */
  readonly reaches: ReadonlyMap<string, readonly Reach[]>;
}

const MAX_DEPTH = 4;

export function makeScope(domain: AskDomain, root: AskTable, profile: Profile): Scope {
  const reaches = new Map<string, Reach[]>();
  let frontier: Reach[] = [{ table: root, path: [], relations: [], fan: 'one' }];
  for (let depth = 0; depth <= MAX_DEPTH && frontier.length > 0; depth++) {
    const next: Reach[] = [];
    for (const reach of frontier) {
      const known = reaches.get(reach.table.name) ?? [];
      if (known.some((other) => isBetter(other, reach))) continue;
      reaches.set(reach.table.name, [...known, reach]);
      next.push(...stepsFrom(domain, reach));
    }
    frontier = next;
  }
  return { domain, root, profile, reaches };
}

/** A way of the same length that does not fan out is as good; a longer way is never wanted beside a shorter one. */
function isBetter(known: Reach, other: Reach): boolean {
  if (known.path.length < other.path.length) return known.fan === 'one' || other.fan === 'many';
  return known.fan === 'one' && other.fan === 'many';
}

/** To one: always. To many: once, and only so that a link between two tables can be crossed. */
function stepsFrom(domain: AskDomain, reach: Reach): Reach[] {
  return reach.table.relations.flatMap((relation) => {
    if (relation.kind === 'toMany' && (reach.fan === 'many' || !crosses(reach, relation))) return [];
    const table = findAskTable(domain, relation.toTable);
    if (table === undefined || reach.relations.some((step) => step.fromTable === relation.toTable)) return [];
    return [
      {
        table,
        path: [...reach.path, relation.name],
        relations: [...reach.relations, relation],
        fan: relation.kind === 'toMany' ? ('many' as const) : reach.fan,
      },
    ];
  });
}

/** Coming down a to-one relation and going up the same one again would pair a row with its siblings. */
function crosses(reach: Reach, relation: Relation): boolean {
  return reach.path.length <= 1 && relation.toTable !== reach.relations[0]?.fromTable;
}

export function columnAt(reach: Reach, column: AskColumn): ColumnExpression {
  return { kind: 'column', path: reach.path, column: column.name };
}

/** The table and column that an expression of this scope names. */
export function columnOf(
  scope: Scope,
  expression: ColumnExpression,
): { table: AskTable; column: AskColumn } | undefined {
  let table = scope.root;
  for (const step of expression.path) {
    const relation = table.relations.find((candidate) => candidate.name === step);
    const next = relation === undefined ? undefined : findAskTable(scope.domain, relation.toTable);
    if (next === undefined) return undefined;
    table = next;
  }
  const column = findAskColumn(table, expression.column);
  return column === undefined ? undefined : { table, column };
}

/** Whether a way crosses a to-many relation, where a row of the root meets several. */
export function crossesMany(scope: Scope, path: readonly string[]): boolean {
  let table = scope.root;
  for (const step of path) {
    const relation = table.relations.find((candidate) => candidate.name === step);
    const next = relation === undefined ? undefined : findAskTable(scope.domain, relation.toTable);
    if (relation === undefined || next === undefined) return false;
    if (relation.kind === 'toMany') return true;
    table = next;
  }
  return false;
}
