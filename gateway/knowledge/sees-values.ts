import type { DomainAccess } from '../../subgraphs/policy/permissions.js';

/** Whether all rows of a table are seen. */
export function seesRows(access: DomainAccess | undefined, table: string): boolean {
  if (access?.domain !== 'visible') return false;
  const isThere = access.whole.tables.length === 0 || columnsOf(access).has(table);
  return isThere && access.tables.get(table)?.rows === undefined;
}

/** Whether the values of a column may be known: it is seen as it stands, in a table whose rows are all seen. */
export function seesValues(access: DomainAccess | undefined, table: string, column: string): boolean {
  if (access === undefined || !seesRows(access, table)) return false;
  const columns = columnsOf(access);
  if (columns.size > 0 && columns.get(table)?.has(column) !== true) return false;
  const { cells, aggregateOnly } = access.tables.get(table) ?? {};
  return cells?.has(column) !== true && aggregateOnly?.columns.has(column) !== true;
}

type ColumnsByTable = ReadonlyMap<string, ReadonlySet<string>>;

const KNOWN = new WeakMap<DomainAccess, ColumnsByTable>();

function columnsOf(access: DomainAccess): ColumnsByTable {
  let known = KNOWN.get(access);
  if (known === undefined) {
    known = new Map(
      access.catalog.tables.map((table) => [table.name, new Set(table.columns.map(({ name }) => name))]),
    );
    KNOWN.set(access, known);
  }
  return known;
}
