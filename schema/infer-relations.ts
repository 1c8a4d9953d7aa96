import type { Catalog, Column, ColumnReference, Table } from './catalog.js';
import type { ColumnType } from './hive-type.js';

/**
 * The catalog with the references that its names let one guess: a column refers to the one table whose primary key,
 * of a single column and of the same kind of type, has its name (`customer_id` to `customers.customer_id`), or is what
 * its name says of the table (`customer_id` to `customers.id`). Where two tables could be meant, none is. References
 * that are declared stay as they are, and a table's own key refers to nothing.
 */
export function inferRelations(catalog: Catalog): Catalog {
  const targets = catalog.tables.flatMap(targetOf);
  const byName = new Map<string, Target[]>();
  for (const target of targets) {
    for (const name of target.names) byName.set(name, [...(byName.get(name) ?? []), target]);
  }
  return {
    ...catalog,
    tables: catalog.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => {
        const references = column.references ?? inferredReference(table, column, byName);
        return references === column.references ? column : { ...column, references };
      }),
    })),
  };
}

interface Target {
  readonly table: string;
  readonly column: Column;
  /** What a column that refers to it may be called. */
  readonly names: ReadonlySet<string>;
}

/** Names of keys that say nothing of the table. */
const GENERIC = new Set([
  'id',
  'key',
  'pk',
  'code',
  'no',
  'nr',
  'num',
  'number',
  'name',
  'uuid',
  'guid',
  'value',
]);

function targetOf(table: Table): Target[] {
  const [key, ...others] = table.primaryKey;
  const column = table.columns.find(({ name }) => name === key);
  if (column === undefined || others.length > 0) return [];
  const own = plain(column.name);
  const names = singulars(plain(table.name)).map((word) => word + own);
  return [{ table: table.name, column, names: new Set(GENERIC.has(own) ? names : [own, ...names]) }];
}

function inferredReference(
  table: Table,
  column: Column,
  byName: ReadonlyMap<string, readonly Target[]>,
): ColumnReference | undefined {
  if (table.primaryKey.length === 1 && table.primaryKey[0] === column.name) return undefined;
  const [target, ...others] = byName.get(plain(column.name)) ?? [];
  if (target === undefined || others.length > 0) return undefined;
  if (familyOf(target.column.columnType) !== familyOf(column.columnType)) return undefined;
  return { table: target.table, column: target.column.name, origin: 'inferred' };
}

/** Whole numbers are of one kind, however long. */
function familyOf(type: ColumnType): string {
  return type === 'BIGINT' ? 'INTEGER' : type;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** `categories` → itself, `category`, `categorie`; `addresses` → `addresse`, `address`. */
function singulars(word: string): string[] {
  const forms = new Set([word]);
  if (word.endsWith('ies')) forms.add(`${word.slice(0, -3)}y`);
  if (word.endsWith('es')) forms.add(word.slice(0, -2));
  if (word.endsWith('s')) forms.add(word.slice(0, -1));
  return [...forms];
}
