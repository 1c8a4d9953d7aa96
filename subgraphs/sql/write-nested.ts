import { findColumn, findTable } from '../../schema/catalog.js';
import { AskgraphError } from '../../schema/errors.js';
import { checkQuery, isAggregating } from './check-query.js';
import type { JsonRows } from './dialects/json-rows.js';
import type { Scope } from './scope.js';
import type { ResultColumn } from './statement.js';
import type { Expression, NestedRows, SelectItem, TableQuery } from './table-query.js';
import { indent, writeExpression } from './write-expression.js';
import { nullsOf, wholeNumber, writePage, writeQuery, writeRank, writeSelect } from './write-query.js';
import { type SelectWriter, selectWriter, type Writer } from './writer.js';

/**
 * A whole statement. Rows that stand in other rows make it a chain of named queries: the page of the rows around, the
 * related rows of just that page with their place in each list, and from the innermost out the lists, each gathered by
 * the key that it belongs to. It asks for no more of an engine than window functions and an aggregate that makes JSON,
 * reads each table once however many rows there are around, and needs no order from that aggregate: a row says its place.
 */
export function writeStatement(base: Writer, query: TableQuery): string {
  const { nested = [], orderBy = [] } = query;
  if (nested.length === 0) return writeQuery(base, query);
  checkNesting(query);
  const writer = selectWriter(base, query.table);
  const names = new Names(writer);
  const page = names.of(`${query.table}_page`);
  const select: SelectItem[] = [
    ...query.select.map(({ expression }, index) => ({ as: `column_${index + 1}`, expression })),
    ...keysOf(nested),
    ...orderBy.map(({ expression }, index) => ({ as: `order_${index + 1}`, expression })),
  ];
  const body = [...writeSelect(writer, { ...query, select }), ...writePage(writer, query)];
  const parts = [named(page, body)];
  const lists = writeLists({ base, around: writer.scope, names, parts }, nested, page);
  const { quote } = writer.dialect;
  const cells = query.select.map(
    ({ as }, index) => `${page}.${quote(`column_${index + 1}`)} AS ${quote(as)}`,
  );
  const listCells = nested.flatMap(({ as }, index) => {
    const list = lists[index] ?? '';
    return [
      `COALESCE(${list}.${quote('number')}, 0) AS ${quote(countName(as))}`,
      `${list}.${quote('list')} AS ${quote(as)}`,
    ];
  });
  const order = orderBy.map((item, index) =>
    writer.dialect.order(`${page}.${quote(`order_${index + 1}`)}`, item.direction, nullsOf(writer, item)),
  );
  return [
    `WITH ${parts.join(',\n')}`,
    `SELECT\n${indent([...cells, ...listCells].join(',\n'))}`,
    `FROM ${page}`,
    ...joins(writer, lists, page),
    ...(order.length === 0 ? [] : [`ORDER BY ${order.join(', ')}`]),
  ].join('\n');
}

/** The columns that nested rows add to a result, after its own. */
export function nestedColumns(nested: readonly NestedRows[]): ResultColumn[] {
  return nested.flatMap(({ as }): ResultColumn[] => [
    { name: countName(as), type: 'INTEGER' },
    { name: as, type: 'JSON' },
  ]);
}

function countName(as: string): string {
  return `number of ${as}`;
}

interface Context {
  readonly base: Writer;
  readonly around: Scope;
  readonly names: Names;
  /** The named queries so far. */
  readonly parts: string[];
}

/** Writes the named queries of rows nested in a page; the names of their lists, which have a `parent` each. */
function writeLists(context: Context, nested: readonly NestedRows[], outer: string): string[] {
  return nested.map((rows, index) => {
    const { quote } = context.base.dialect;
    const writer = selectWriter(context.base, rows.query.table, context.around);
    const page = context.names.of(`${rows.query.table}_page`);
    const inner = rows.query.nested ?? [];
    const outerKey = `${outer}.${quote(`key_${index + 1}`)}`;
    context.parts.push(named(page, writeRelated(context, writer, rows, `SELECT ${outerKey} FROM ${outer}`)));
    const lists = writeLists(context, inner, page);
    const name = context.names.of(`${rows.query.table}_lists`);
    const parent = `${page}.${quote('parent')}`;
    const row = writeRow(writer, rows.query, page, lists);
    context.parts.push(
      named(name, [
        `SELECT\n${indent([`${parent} AS ${quote('parent')}`, `COUNT(*) AS ${quote('number')}`, `${jsonRows(writer).gather(row)} AS ${quote('list')}`].join(',\n'))}`,
        `FROM ${page}`,
        ...joins(writer, lists, page),
        `GROUP BY ${parent}`,
      ]),
    );
    return name;
  });
}

/** The related rows of the keys that `keys` gives, each with its place among those of its key. */
function writeRelated(context: Context, writer: SelectWriter, rows: NestedRows, keys: string): string[] {
  const { dialect } = writer;
  const { orderBy = [], limit, offset, ...query } = rows.query;
  const column: Expression = { kind: 'column', path: [], column: rows.column };
  const select: SelectItem[] = [
    ...query.select.map(({ expression }, index) => ({ as: `column_${index + 1}`, expression })),
    ...keysOf(query.nested ?? []),
  ];
  const body = writeSelect(
    writer,
    { ...query, select },
    (inner) => [
      `${writeExpression(inner, column)} AS ${dialect.quote('parent')}`,
      `${writeRank(inner, orderBy, [column])} AS ${dialect.quote('place')}`,
    ],
    (inner) => `${writeExpression(inner, column)} IN (${keys})`,
  );
  const ranked = context.names.of('ranked');
  const place = `${ranked}.${dialect.quote('place')}`;
  const first = wholeNumber(offset ?? 0);
  const bounds = [
    `${place} > ${first}`,
    ...(limit === undefined ? [] : [`${place} <= ${first + wholeNumber(limit)}`]),
  ];
  return [
    `SELECT ${ranked}.*`,
    `FROM (\n${indent(body.join('\n'))}\n) AS ${ranked}`,
    `WHERE ${bounds.join(' AND ')}`,
  ];
}

/** A row as JSON: its cells, for each nested relation the number of its rows and their list, and last its place. */
function writeRow(writer: SelectWriter, query: TableQuery, page: string, lists: readonly string[]): string {
  const { quote } = writer.dialect;
  const json = jsonRows(writer);
  const cells = query.select.map(({ expression }, index) =>
    jsonCell(writer, expression, `${page}.${quote(`column_${index + 1}`)}`),
  );
  const inner = lists.flatMap((list) => [
    `COALESCE(${list}.${quote('number')}, 0)`,
    json.list(`${list}.${quote('list')}`),
  ]);
  return json.row([...cells, ...inner, `${page}.${quote('place')}`]);
}

function jsonCell(writer: SelectWriter, expression: Expression, operand: string): string {
  const column =
    expression.kind === 'column' ? columnAt(writer, expression.path, expression.column) : undefined;
  const cell = column && jsonRows(writer).cell(operand, column);
  if (cell === undefined) throw new AskgraphError('INTERNAL', 'A nested row holds what cannot be JSON.');
  return cell;
}

function columnAt(writer: SelectWriter, path: readonly string[], column: string) {
  return path.length === 0
    ? findColumn(findTable(writer.catalog, writer.table), column)
    : writer.scope.resolve(path, column).column;
}

function joins({ dialect: { quote } }: SelectWriter, lists: readonly string[], page: string): string[] {
  return lists.map(
    (list, index) => `LEFT JOIN ${list} ON ${list}.${quote('parent')} = ${page}.${quote(`key_${index + 1}`)}`,
  );
}

function keysOf(nested: readonly NestedRows[]): SelectItem[] {
  return nested.map(({ key }, index) => ({ as: `key_${index + 1}`, expression: key }));
}

function named(name: string, body: readonly string[]): string {
  return `${name} AS (\n${indent(body.join('\n'))}\n)`;
}

/** Names of queries, quoted; none is a table's, which it would hide. */
class Names {
  constructor(private readonly writer: SelectWriter) {}

  of(wanted: string): string {
    const { catalog, dialect, scope } = this.writer;
    const isTable = (name: string) =>
      catalog.tables.some((table) => table.name.toLowerCase() === name.toLowerCase());
    let name = scope.newAlias(wanted);
    while (isTable(name)) name = scope.newAlias(`${name}_`);
    return dialect.quote(name);
  }
}

function jsonRows({ dialect }: Writer): JsonRows {
  if (dialect.jsonRows !== undefined) return dialect.jsonRows;
  throw new AskgraphError('INTERNAL', `${dialect.name} does not gather rows in rows.`);
}

function checkNesting(query: TableQuery): void {
  checkQuery(query);
  if (isAggregating(query) || query.distinct || query.limitPer !== undefined) {
    throw new AskgraphError('INTERNAL', 'Only plain rows can hold other rows.');
  }
  for (const { query: inner } of query.nested ?? []) checkNesting(inner);
}
