import { type FieldNode, getArgumentValues, isObjectType } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Relation } from '../../schema/names.js';
import { readRowList } from '../sql/json-cells.js';
import type { Cell } from '../sql/statement.js';
import { MAXIMUM_BATCH_ROWS } from './batch-limits.js';
import { asList, readListArguments } from './read-arguments.js';
import type { Input } from './read-where.js';
import type { Row } from './row-plan.js';
import { SelectList } from './select-list.js';
import type { Operation } from './selection.js';
import { column, type TypedDomain, targetOf } from './typed-domain.js';

type PlanInner = (
  model: TableModel,
  nodes: readonly FieldNode[],
  list: SelectList,
) => (cells: readonly Cell[]) => Row;

/** Where an object holds the rows of a relation that its own statement has brought. */
export function nestedProperty(node: FieldNode): string {
  return `:${node.alias?.value ?? node.name.value}`;
}

/** The nodes of one relation by response name: each has its own arguments. */
export function byResponseName(nodes: readonly FieldNode[]): FieldNode[][] {
  const found = new Map<string, FieldNode[]>();
  for (const node of nodes) {
    const name = nestedProperty(node);
    found.set(name, [...(found.get(name) ?? []), node]);
  }
  return [...found.values()];
}

/**
 * Adds the related rows to the statement that reads the rows around them, and says how they are read from it.
 * Undefined, also as what is read, where they have to be read by batches: the list came incomplete; the engine can't; a column has no certain form in JSON; there could
 * be more rows than a batch may bring; or the rows have no key, so that an engine that reads them twice could disagree
 * with itself. What is wrong with the arguments is also left to the batch, where it costs this field only.
 */
export function planNested(
  domain: TypedDomain,
  model: TableModel,
  relation: Relation,
  nodes: readonly FieldNode[],
  operation: Operation,
  list: SelectList,
  path: readonly string[],
  planInner: PlanInner,
): ((cells: readonly Cell[]) => Row[] | undefined) | undefined {
  const { jsonRows } = domain.connector.dialect;
  const [node] = nodes;
  if (jsonRows === undefined || node === undefined || list.maximumRows === undefined) return undefined;
  if (list.level >= jsonRows.maximumLevels) return undefined;
  const target = targetOf(domain, relation);
  const args = readArguments(domain, model, target, node, operation);
  if (args === undefined) return undefined;
  const { limit, offset, where, orderBy } = args;
  const { maximumRows = MAXIMUM_BATCH_ROWS } = domain.access;
  const rows = Math.min(list.maximumRows, maximumRows) * limit;
  // Where the caller may have fewer rows than that, a batch counts them.
  if (rows > Math.min(MAXIMUM_BATCH_ROWS, maximumRows)) return undefined;
  const inner = new SelectList(target.keys.length > 0 ? rows : undefined, list.level + 1);
  const read = planInner(target, nodes, inner);
  if (!inner.isWritable(jsonRows)) return undefined;
  const makeCells = inner.reader();
  const place = list.nest({
    key: column(path, relation.fromColumn),
    column: relation.toColumn,
    query: {
      table: target.table.name,
      select: inner.items,
      ...(where === undefined ? {} : { where }),
      orderBy,
      limit,
      offset,
      ...inner.nestedRows(),
    },
  });
  return (cells) => {
    const at = place();
    return readRowList(cells[at] ?? 0, cells[at + 1] ?? null, offset)?.map((row) => read(makeCells(row)));
  };
}

function readArguments(
  domain: TypedDomain,
  model: TableModel,
  target: TableModel,
  node: FieldNode,
  operation: Operation,
) {
  const type = operation.schema.getType(model.typeName);
  const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
  if (field === undefined) return undefined;
  try {
    const input: Input = getArgumentValues(field, node, operation.variableValues);
    // Rows that stand for several are grouped by their parent, which batches do.
    if (asList(input.distinct).length > 0) return undefined;
    return readListArguments(domain, target, input);
  } catch (error) {
    if (error instanceof AskgraphError) return undefined;
    throw error;
  }
}
