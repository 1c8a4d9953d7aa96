import type { ColumnExpression } from '../../../../subgraphs/sql/table-query.js';
import { type AskColumn, type AskTable, findAskTable } from '../../../knowledge/domain.js';
import { type Draft, type GroupKey, type Item, reachOf } from './draft.js';
import { columnAt, type Reach, type Scope } from './scope.js';
import { isKey, isNumeric, isTime, labelColumns } from './table-facts.js';

/** Something that a question asks for or groups by: what is shown of it, and what tells it apart. */
export interface Entity {
  /** Rows of a table, or the values of one column. */
  readonly kind: 'rows' | 'values';
  readonly labels: readonly GroupKey[];
  /** Further keys to group by, so that two people of one name stay two. */
  readonly identity: readonly GroupKey[];
  readonly table: AskTable;
}

/** The entity that a mentioned table or column stands for; a foreign key stands for the row it points to. */
export function entityOf(draft: Draft, item: Item): Entity | undefined {
  const { meaning } = item;
  if (meaning.kind === 'table') return tableEntity(draft.scope, reachOf(draft, meaning.table));
  if (meaning.kind !== 'column') return undefined;
  const reach = reachOf(draft, meaning.table);
  const relation = meaning.table.relations.find(
    (candidate) => candidate.kind === 'toOne' && candidate.fromColumn === meaning.column.name,
  );
  const target =
    relation === undefined
      ? undefined
      : draft.scope.domain.tables.find((table) => table.name === relation.toTable);
  if (relation !== undefined && target !== undefined) {
    const through: Reach = {
      table: target,
      path: [...reach.path, relation.name],
      relations: [...reach.relations, relation],
      fan: reach.fan,
    };
    const entity = tableEntity(draft.scope, through);
    if (entity !== undefined) return entity;
  }
  // A table's own key stands for its rows, which people know by name.
  const isKeyOfRows =
    meaning.table.primaryKey.length === 1 && meaning.table.primaryKey[0] === meaning.column.name;
  if (isKeyOfRows && labelColumns(meaning.table).length > 0) return tableEntity(draft.scope, reach);
  return { kind: 'values', labels: [keyOf(reach, meaning.column)], identity: [], table: meaning.table };
}

/**
 * What people call the rows at the end of a way: their names; for rows that have none but link others, the names of
 * what they link, people first. Undefined where there is nothing to call them by.
 */
export function tableEntity(scope: Scope, reach: Reach): Entity | undefined {
  const columns = labelColumns(reach.table);
  const keys = reach.table.primaryKey.flatMap((name) =>
    reach.table.columns.filter((column) => column.name === name),
  );
  if (columns.length > 0) {
    const isOneEach = columns.length > 1 || namesRows(scope, reach.table, columns[0]!);
    return {
      kind: 'rows',
      labels: columns.map((column) => keyOf(reach, column)),
      identity: isOneEach ? keys.map((column) => keyOf(reach, column)) : [],
      table: reach.table,
    };
  }
  // Only rows that are nothing but a link are called after what they link.
  const linked =
    keys.length === 1
      ? undefined
      : linkedReaches(scope, reach).toSorted(
          (a, b) => labelColumns(b.table).length - labelColumns(a.table).length,
        )[0];
  if (linked !== undefined) return tableEntity(scope, linked);
  return keys.length === 0
    ? undefined
    : { kind: 'rows', labels: keys.map((column) => keyOf(reach, column)), identity: [], table: reach.table };
}

/**
 * Whether a name all but identifies its rows: two theatres of one name are two, but the shows of one name are meant
 * together. Unknown where the names were too many to sample.
 */
function namesRows(scope: Scope, table: AskTable, column: AskColumn): boolean {
  const names = scope.profile.columnFacts(scope.domain.name, table.name, column.name)?.values?.length;
  const rows = scope.profile.tableFacts(scope.domain.name, table.name)?.rows;
  return names !== undefined && rows !== undefined && names >= 0.9 * rows;
}

function linkedReaches(scope: Scope, reach: Reach): Reach[] {
  return reach.table.relations.flatMap((relation) => {
    const table = relation.kind === 'toOne' ? findAskTable(scope.domain, relation.toTable) : undefined;
    if (table === undefined || labelColumns(table).length === 0) return [];
    return [
      {
        table,
        path: [...reach.path, relation.name],
        relations: [...reach.relations, relation],
        fan: reach.fan,
      },
    ];
  });
}

function keyOf(reach: Reach, column: AskColumn): GroupKey {
  const expression: ColumnExpression = columnAt(reach, column);
  return { expression, label: column.label };
}

/** Whether a mention can be what is asked for: a table, or a column that neither measures nor tells a time. */
export function isEntity(item: Item | undefined): boolean {
  if (item === undefined) return false;
  if (item.meaning.kind === 'table') return true;
  if (item.meaning.kind !== 'column' || isTime(item.meaning.column)) return false;
  return isKey(item.meaning.column) || !isNumeric(item.meaning.column);
}
