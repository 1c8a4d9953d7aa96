import type { FieldNode } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import type { Cell } from '../sql/statement.js';
import type { SelectItem } from '../sql/table-query.js';
import { type Operation, selectedFields } from './selection.js';
import {
  column,
  fieldOfColumn,
  findField,
  findRelation,
  type TypedDomain,
  targetOf,
} from './typed-domain.js';

export type Row = Readonly<Record<string, unknown>>;
type ReadRow = (cells: readonly Cell[]) => Row | null;

/** The columns that a selection reads, each once, in the order of their first use. */
export class SelectList {
  readonly items: SelectItem[] = [];

  /** The place of a column in the result. */
  add(path: readonly string[], columnName: string): number {
    const as = [...path, columnName].join('.');
    const place = this.items.findIndex((item) => item.as === as);
    return place >= 0 ? place : this.items.push({ as, expression: column(path, columnName) }) - 1;
  }
}

/**
 * Adds what a selection on a row type needs to `list`, and says how a row of the result becomes the object that the
 * schema's default resolvers read: columns and rows of relations to one, by field name.
 */
export function planRow(
  domain: TypedDomain,
  model: TableModel,
  nodes: readonly FieldNode[],
  operation: Operation,
  list: SelectList,
): (cells: readonly Cell[]) => Row {
  const read = planAt(domain, model, nodes, operation, list, []);
  // A selection of nothing but __typename still needs a row for each row.
  if (list.items.length === 0) list.add([], (model.keys[0] ?? model.fields[0])?.column.name ?? '');
  return read;
}

function planAt(
  domain: TypedDomain,
  model: TableModel,
  nodes: readonly FieldNode[],
  operation: Operation,
  list: SelectList,
  path: readonly string[],
): (cells: readonly Cell[]) => Row {
  const cells = new Map<string, number>();
  const rows = new Map<string, ReadRow>();
  for (const [name, fieldNodes] of selectedFields(nodes, model.typeName, operation)) {
    const field = findField(model, name);
    const toOne = findRelation(model.toOne, name);
    const toMany = findRelation(model.toMany, name);
    if (field !== undefined) cells.set(name, list.add(path, field.column.name));
    else if (toOne !== undefined) {
      const inner = [...path, name];
      const key = list.add(inner, toOne.toColumn);
      const read = planAt(domain, targetOf(domain, toOne), fieldNodes, operation, list, inner);
      rows.set(name, (row) => (row[key] === null ? null : read(row)));
    } else if (toMany !== undefined) {
      cells.set(fieldOfColumn(model, toMany.fromColumn).name, list.add(path, toMany.fromColumn));
    }
  }
  return (row) => {
    const object: Record<string, unknown> = {};
    for (const [name, place] of cells) object[name] = row[place];
    for (const [name, read] of rows) object[name] = read(row);
    return object;
  };
}
