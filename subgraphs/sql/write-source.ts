import type { Column, Table } from '../../schema/catalog.js';
import { type CellCase, INDIVIDUAL } from './access.js';
import { writeMask } from './masks.js';
import { writeCondition } from './write-condition.js';
import { indent } from './write-expression.js';
import { inWhere, type SelectWriter, selectWriter, type Writer } from './writer.js';

/**
 * What stands in FROM in place of a table that is not seen as it stands: a query of its visible rows and cells, in
 * brackets, without a name. Undefined for a table without restrictions. A fence keeps the engine from working out
 * anything of the query around it on rows that are not seen, where an error would tell of them.
 */
export function writeSource(writer: Writer, table: Table): string | undefined {
  const access = writer.permitted?.access;
  const restriction = access?.tables.get(table.name);
  if (access === undefined || restriction === undefined) return undefined;
  const { rows, cells, aggregateOnly } = restriction;
  const { dialect, literals } = writer;
  // Filters are about the data as it is: about hidden columns and other tables too, without their own filters. What
  // they read is no reading of the caller's.
  const reads = new Map<string, Set<string>>();
  const inner = selectWriter({ catalog: access.whole, dialect, literals, reads }, table.name);
  const columns = table.columns.map((column) =>
    writeCell(inner, column, cells.get(column.name), access.hashKey),
  );
  if (aggregateOnly !== undefined) {
    columns.push(`${inner.scope.resolve([], aggregateOnly.individual).sql} AS ${dialect.quote(INDIVIDUAL)}`);
  }
  const where = rows === undefined ? [] : [`WHERE ${writeCondition(inWhere(inner), rows)}`];
  const fence = rows === undefined ? [] : [dialect.fence.text];
  const lines = [`SELECT ${columns.join(', ')}`, ...inner.scope.from(), ...where, ...fence];
  return `(\n${indent(lines.join('\n'))}\n)`;
}

function writeCell(
  writer: SelectWriter,
  column: Column,
  cases: readonly CellCase[] | undefined,
  key: string,
): string {
  const value = writer.scope.resolve([], column.name).sql;
  if (cases === undefined) return value;
  const { dialect } = writer;
  const plain = column.columnType === 'STRING' ? dialect.masking.text(value) : value;
  const show = (what: CellCase['show']) =>
    what === 'value' ? plain : writeMask(writer, column, value, what, key);
  const always = cases.find(({ when }) => when === undefined)?.show ?? 'null';
  const whens = cases.flatMap(({ when, show: what }) =>
    when === undefined ? [] : [`WHEN ${writeCondition(writer, when)} THEN ${show(what)}`],
  );
  const text = whens.length === 0 ? show(always) : `CASE ${whens.join(' ')} ELSE ${show(always)} END`;
  return `${text} AS ${dialect.quote(column.name)}`;
}
