import { isDeepStrictEqual } from 'node:util';
import { findTable } from '../../schema/catalog.js';
import { AskgraphError } from '../../schema/errors.js';
import { checkQuery } from './check-query.js';
import type { NullsPlace } from './dialects/dialect.js';
import { needsRanks, rankRows } from './rank-rows.js';
import type { Scope } from './scope.js';
import type { Condition, Expression, OrderItem, SelectItem, TableQuery } from './table-query.js';
import { inBrackets, writeCondition } from './write-condition.js';
import { indent, writeExpression } from './write-expression.js';
import { inWhere, type SelectWriter, selectWriter, typeIn, type Writer } from './writer.js';

/** One SELECT over lines; `around` is the query that it stands in. */
export function writeQuery(base: Writer, query: TableQuery, around?: Scope): string {
  checkQuery(query);
  const writer = selectWriter(base, query.table, around);
  return query.limitPer === undefined
    ? [...writeSelect(writer, query), ...writePage(writer, query)].join('\n')
    : writeLimitedPer(writer, query, query.limitPer);
}

/**
 * Everything but the page. The joins are written last, since they are known when all else is. `restrict` writes a
 * condition beside the query's own.
 */
export function writeSelect(
  writer: SelectWriter,
  query: TableQuery,
  writeMore: (writer: SelectWriter) => string[] = () => [],
  restrict?: (writer: SelectWriter) => string,
): string[] {
  if (needsRanks(query, writer.dialect)) return writeRanked(writer, query, writeMore);
  const items = [...query.select.map((item) => writeItem(writer, item)), ...writeMore(writer)];
  const where = writeWhere(writer, query, restrict?.(writer));
  const tail = writeGrouping(writer, query);
  return [writeItems(query, items), ...writer.scope.from(), ...where, ...tail];
}

/** The query over rows that carry all it needs, each with its rank by whatever a value is picked by. */
function writeRanked(
  writer: SelectWriter,
  query: TableQuery,
  writeMore: (writer: SelectWriter) => string[],
): string[] {
  const source = writer.dialect.quote(writer.scope.newAlias('ranked_rows'));
  const { columns, prepared } = rankRows(writer, query, source);
  const where = writeWhere(writer, query);
  const rows = [writeItems({}, columns), ...writer.scope.from(), ...where].join('\n');
  const outer: SelectWriter = { ...writer, prepared };
  const items = [...query.select.map((item) => writeItem(outer, item)), ...writeMore(outer)];
  const tail = writeGrouping(outer, query);
  return [writeItems(query, items), `FROM (\n${indent(rows)}\n) AS ${source}`, ...tail];
}

function writeItems({ distinct }: Pick<TableQuery, 'distinct'>, items: readonly string[]): string {
  const select = distinct ? 'SELECT DISTINCT' : 'SELECT';
  return items.length === 1 ? `${select} ${items[0]}` : `${select}\n${indent(items.join(',\n'))}`;
}

function writeWhere(writer: SelectWriter, { where }: TableQuery, restriction?: string): string[] {
  if (where === undefined) return restriction === undefined ? [] : [`WHERE ${restriction}`];
  return restriction === undefined
    ? [`WHERE ${writeLines(inWhere(writer), where)}`]
    : [`WHERE ${restriction}\n  AND ${inBrackets(where, writeCondition(inWhere(writer), where))}`];
}

function writeGrouping(writer: SelectWriter, query: TableQuery): string[] {
  const groups = (query.groupBy ?? []).map((expression) => writeGroup(writer, query.select, expression));
  const having =
    query.having === undefined ? [] : [`HAVING ${writeLines(havingWriter(writer, query), query.having)}`];
  return [
    ...(groups.length === 0 ? [] : [`GROUP BY ${groups.join(', ')}`]),
    ...having,
    ...writeOrder(writer, query),
  ];
}

function havingWriter(writer: SelectWriter, { groupBy = [] }: TableQuery): SelectWriter {
  if (writer.dialect.havingKeys === 'expression' || writer.prepared !== undefined) return writer;
  const keys = groupBy.filter(({ kind }) => kind !== 'column');
  const prepared = new Map(
    keys.map((key) => [JSON.stringify(key), `MIN(${writeExpression(writer, key)})`] as const),
  );
  return { ...writer, prepared };
}

function writeItem(writer: SelectWriter, { as, expression }: SelectItem): string {
  const text = writeExpression(writer, expression);
  const { json } = writer.dialect;
  if (json !== undefined && typeIn(writer, expression) === 'JSON')
    return `${json(text)} AS ${writer.dialect.quote(as)}`;
  return writer.prepared === undefined && expression.kind === 'column' && expression.column === as
    ? text
    : `${text} AS ${writer.dialect.quote(as)}`;
}

function writeLines(writer: SelectWriter, condition: Condition): string {
  if (condition.kind !== 'and' || condition.conditions.length < 2) return writeCondition(writer, condition);
  return condition.conditions.map((item) => inBrackets(item, writeCondition(writer, item))).join('\n  AND ');
}

/** Two placeholders are never the same expression to an engine, so what holds one is named by its place. */
function writeGroup(writer: SelectWriter, select: readonly SelectItem[], expression: Expression): string {
  const place = select.findIndex((item) => isDeepStrictEqual(item.expression, expression));
  return holdsLiteral(expression) && place >= 0 ? String(place + 1) : writeExpression(writer, expression);
}

function holdsLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'grain':
    case 'part':
      return holdsLiteral(expression.of);
    case 'arithmetic':
      return holdsLiteral(expression.left) || holdsLiteral(expression.right);
    default:
      return false;
  }
}

function writeOrder(writer: SelectWriter, query: TableQuery): string[] {
  const { dialect } = writer;
  const items = (query.orderBy ?? []).map((item) => {
    const selected = query.select.find(({ expression }) => isDeepStrictEqual(expression, item.expression));
    // A column is written out: its bare name could be a column of another table too.
    const byName = dialect.orderBy === 'name' || holdsLiteral(item.expression);
    const named = byName && selected?.expression.kind !== 'column' ? selected : undefined;
    const operand = named === undefined ? writeExpression(writer, item.expression) : dialect.quote(named.as);
    return dialect.order(operand, item.direction, nullsOf(writer, item));
  });
  return items.length === 0 ? [] : [`ORDER BY ${items.join(', ')}`];
}

/** A row has a value in every column of its own primary key. */
export function nullsOf(writer: SelectWriter, { expression, nulls }: OrderItem): NullsPlace {
  const isKey =
    expression.kind === 'column' &&
    expression.path.length === 0 &&
    findTable(writer.catalog, writer.table).primaryKey.includes(expression.column);
  return isKey ? 'NONE' : (nulls ?? 'LAST');
}

export function writePage({ dialect }: SelectWriter, { limit, offset }: TableQuery): string[] {
  return dialect.page(limit === undefined ? undefined : wholeNumber(limit), wholeNumber(offset ?? 0));
}

/** Numbers the rows of each group inside, and outside keeps those of the page, in the order of group and number. */
function writeLimitedPer(writer: SelectWriter, query: TableQuery, per: readonly Expression[]): string {
  const { dialect } = writer;
  if (query.distinct) throw new AskgraphError('BAD_USER_INPUT', 'Distinct rows cannot be limited per group.');
  const ranked = dialect.quote(writer.scope.newAlias('ranked'));
  const rank = dialect.quote('rank_in_group');
  const groups = per.map((_, index) => dialect.quote(`group_${index + 1}`));
  const { orderBy = [], ...unordered } = query;
  const body = writeSelect(writer, unordered, (inner) => [
    ...per.map((expression, index) => `${writeExpression(inner, expression)} AS ${groups[index]}`),
    `${writeRank(inner, orderBy, per)} AS ${rank}`,
  ]);
  const offset = wholeNumber(query.offset ?? 0);
  const bounds = [
    `${ranked}.${rank} > ${offset}`,
    ...(query.limit === undefined ? [] : [`${ranked}.${rank} <= ${offset + wholeNumber(query.limit)}`]),
  ];
  const columns = query.select.map((item) => `${ranked}.${dialect.quote(item.as)}`);
  const order = [
    ...groups.map((group) => dialect.order(`${ranked}.${group}`, 'ASC', 'LAST')),
    dialect.order(`${ranked}.${rank}`, 'ASC', 'NONE'),
  ];
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM (\n${indent(body.join('\n'))}\n) AS ${ranked}`,
    `WHERE ${bounds.join(' AND ')}`,
    `ORDER BY ${order.join(', ')}`,
  ].join('\n');
}

export function writeRank(
  writer: SelectWriter,
  orderBy: readonly OrderItem[],
  per: readonly Expression[],
): string {
  const partition = per.map((expression) => writeExpression(writer, expression)).join(', ');
  const order = orderBy.map((item) =>
    writer.dialect.order(writeExpression(writer, item.expression), item.direction, nullsOf(writer, item)),
  );
  const sorted = order.length === 0 ? partition : order.join(', ');
  return `ROW_NUMBER() OVER (PARTITION BY ${partition} ORDER BY ${sorted})`;
}

export function wholeNumber(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new AskgraphError('BAD_USER_INPUT', `${value} is not a number of rows.`, { details: { value } });
}
