import type { FieldNode } from 'graphql';
import type { TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import { defaultLimit } from '../../schema/print-rows.js';
import type { Cell } from '../sql/statement.js';
import type { Condition, LiteralValue, TableQuery } from '../sql/table-query.js';
import { readCursor, writeCursor } from './cursor.js';
import { beyond, type KeysetItem, keysetItems, notBeyond, reversed } from './keyset.js';
import { readListArguments, readRowNumber } from './read-arguments.js';
import type { Input } from './read-where.js';
import { planRow, type Row } from './row-plan.js';
import { SelectList } from './select-list.js';
import { type Operation, selectedFields } from './selection.js';
import { column, type TypedDomain } from './typed-domain.js';

/** The statements of a connection, each only where what it finds is selected. */
export interface ConnectionPlan {
  /** One row more than the page has, to know whether there are others; from the page's end where it is the last one. */
  readonly page: (TableQuery & { readonly limit: number }) | undefined;
  /** A row beyond the cursor that the page was asked from, or that row itself. */
  readonly behind: (TableQuery & { readonly limit: number }) | undefined;
  readonly count: TableQuery | undefined;
  /** The connection as the schema's default resolvers read it. */
  assemble(found: ConnectionRows): Row;
}

export interface ConnectionRows {
  readonly page: readonly (readonly Cell[])[];
  /** Whether the caller's own limit has cut the page: then there are more rows than it has. */
  readonly pageIsCut: boolean;
  readonly behind: readonly unknown[];
  /** Of one row and cell, or of none where there is nothing to count. */
  readonly count: readonly (readonly Cell[])[];
}

interface PageArguments {
  readonly end: 'first' | 'last';
  readonly size: number;
  readonly after: LiteralValue[] | undefined;
  readonly before: LiteralValue[] | undefined;
}

/** @param nesting whether lists in the nodes may stand in the page's own statement */
export function planConnection(
  domain: TypedDomain,
  model: TableModel,
  input: Input,
  nodes: readonly FieldNode[],
  operation: Operation,
  nesting: 'nested' | 'batches',
): ConnectionPlan {
  const table = model.table.name;
  const { where, orderBy } = readListArguments(domain, model, input);
  const items = keysetItems(domain.catalog, table, orderBy);
  const args = readPageArguments(domain, table, items, input);
  const selected = readSelection(model, nodes, operation);

  const list = new SelectList(nesting === 'nested' ? args.size + 1 : undefined);
  const readNode = planRow(domain, model, selected.node, operation, list);
  const cursorPlaces = selected.cursors
    ? orderBy.map(({ expression }, index) => list.addExpression(`order ${index + 1}`, expression))
    : [];

  const bounds = [
    ...(args.after === undefined ? [] : [beyond(items, args.after, 'after')]),
    ...(args.before === undefined ? [] : [beyond(items, args.before, 'before')]),
  ];
  const opposite = args.end === 'first' ? args.after : args.before;
  const oppositeSide = args.end === 'first' ? 'after' : 'before';
  const oppositeField = args.end === 'first' ? 'hasPreviousPage' : 'hasNextPage';
  const keys = model.keys.map(({ column: { name } }) => ({ as: name, expression: column([], name) }));
  return {
    page: selected.rows
      ? {
          table,
          select: list.items,
          ...restricted([where, ...bounds]),
          orderBy: args.end === 'first' ? orderBy : reversed(orderBy),
          limit: args.size + 1,
          ...list.nestedRows(),
        }
      : undefined,
    behind:
      opposite !== undefined && selected.pageInfo.has(oppositeField)
        ? { table, select: keys, ...restricted([where, notBeyond(items, opposite, oppositeSide)]), limit: 1 }
        : undefined,
    count: selected.count
      ? {
          table,
          select: [{ as: 'count', expression: { kind: 'aggregate', function: 'count' } }],
          ...restricted([where]),
        }
      : undefined,
    assemble({ page, pageIsCut, behind, count }) {
      const kept = page.slice(0, args.size);
      if (args.end === 'last') kept.reverse();
      const edges = kept.map((row) => ({
        node: readNode(row),
        cursor: selected.cursors
          ? writeCursor(
              table,
              items,
              cursorPlaces.map((place) => row[place] ?? null),
            )
          : undefined,
      }));
      const more = page.length > args.size || pageIsCut;
      const isBehind = behind.length > 0;
      return {
        edges,
        pageInfo: {
          hasNextPage: args.end === 'first' ? more : isBehind,
          hasPreviousPage: args.end === 'first' ? isBehind : more,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
        totalCount: count[0]?.[0] ?? '0',
      };
    },
  };
}

function readPageArguments(
  domain: TypedDomain,
  table: string,
  items: readonly KeysetItem[],
  input: Input,
): PageArguments {
  if (input.first != null && input.last != null) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      'A page is of the first or of the last rows: give one of the two.',
    );
  }
  const end = input.last == null ? 'first' : 'last';
  const cursor = (name: 'after' | 'before') =>
    input[name] == null ? undefined : readCursor(table, items, String(input[name]), name);
  return {
    end,
    size: readRowNumber(domain, end, input[end] ?? defaultLimit(domain.model)),
    after: cursor('after'),
    before: cursor('before'),
  };
}

function readSelection(model: TableModel, nodes: readonly FieldNode[], operation: Operation) {
  const fields = selectedFields(nodes, `${model.typeName}Connection`, operation);
  const edge = selectedFields(fields.get('edges') ?? [], `${model.typeName}Edge`, operation);
  const pageInfo = selectedFields(fields.get('pageInfo') ?? [], 'PageInfo', operation);
  return {
    node: edge.get('node') ?? [],
    pageInfo,
    rows: fields.has('edges') || pageInfo.size > 0,
    cursors: edge.has('cursor') || pageInfo.has('startCursor') || pageInfo.has('endCursor'),
    count: fields.has('totalCount'),
  };
}

function restricted(conditions: readonly (Condition | undefined)[]): { where?: Condition } {
  const given = conditions.filter((condition) => condition !== undefined);
  const [only, ...others] = given;
  if (only === undefined) return {};
  return { where: others.length === 0 ? only : { kind: 'and', conditions: given } };
}
