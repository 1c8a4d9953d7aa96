import type { FieldNode } from 'graphql';
import { unknownName } from '../../schema/did-you-mean.js';
import { relationConnection, type TableModel } from '../../schema/domain-model.js';
import type { Cell } from '../sql/statement.js';
import { byResponseName, nestedProperty, planNested } from './nested-plan.js';
import type { SelectList } from './select-list.js';
import { type Operation, selectedFields } from './selection.js';
import { fieldOfColumn, findField, findRelation, type TypedDomain, targetOf } from './typed-domain.js';

export type Row = Readonly<Record<string, unknown>>;
type ReadRow = (cells: readonly Cell[]) => Row;

/**
 * Adds what a selection on a row type needs to `list`, and says how a row of the result becomes the object that the
 * schema's default resolvers read: columns and rows of relations to one, by field name. Rows of relations to many are
 * there too where the same statement can bring them.
 */
export function planRow(
  domain: TypedDomain,
  model: TableModel,
  nodes: readonly FieldNode[],
  operation: Operation,
  list: SelectList,
): ReadRow {
  const read = planAt(domain, model, nodes, operation, list, []);
  // A selection of nothing but __typename still needs a row for each row.
  const [first] = model.keys.length > 0 ? model.keys : model.fields;
  if (list.items.length === 0 && first !== undefined) list.add([], first.column);
  return read;
}

function planAt(
  domain: TypedDomain,
  model: TableModel,
  nodes: readonly FieldNode[],
  operation: Operation,
  list: SelectList,
  path: readonly string[],
): ReadRow {
  const properties: { readonly name: string; readonly read: (cells: readonly Cell[]) => unknown }[] = [];
  const cells = new Map<string, number>();
  const planInner = (target: TableModel, inner: readonly FieldNode[], innerList: SelectList) =>
    planRow(domain, target, inner, operation, innerList);
  for (const [name, fieldNodes] of selectedFields(nodes, model.typeName, operation)) {
    if (model.removed.has(name)) continue;
    const field = findField(model, name);
    const toOne = findRelation(model.toOne, name);
    const toMany = findRelation(model.toMany, name);
    const paged = model.toMany.find((relation) => relationConnection(domain.model, model, relation) === name);
    if (field !== undefined) cells.set(name, list.add(path, field.column));
    else if (toOne !== undefined) {
      const inner = [...path, name];
      const target = targetOf(domain, toOne);
      const key = list.add(inner, fieldOfColumn(target, toOne.toColumn).column);
      const read = planAt(domain, target, fieldNodes, operation, list, inner);
      properties.push({ name, read: (row) => (row[key] === null ? null : read(row)) });
    } else if (toMany !== undefined) {
      for (const related of byResponseName(fieldNodes)) {
        const read = planNested(domain, model, toMany, related, operation, list, path, planInner);
        if (read !== undefined) properties.push({ name: nestedProperty(related[0]!), read });
      }
    }
    const many = toMany ?? paged;
    if (many !== undefined) {
      // What batches find the rows by.
      const key = fieldOfColumn(model, many.fromColumn);
      cells.set(key.name, list.add(path, key.column));
    }
    if (field === undefined && toOne === undefined && many === undefined) {
      // The schema has it, so it is hidden from the caller.
      const known = model.fields.map((candidate) => candidate.name);
      throw unknownName('field', name, model.typeName, known);
    }
  }
  const names = [...cells.keys()];
  const places = [...cells.values()];
  return (row) => {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) object[names[index]!] = row[places[index]!];
    for (const { name, read } of properties) object[name] = read(row);
    return object;
  };
}
