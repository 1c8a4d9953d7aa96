import type { Catalog, Column, Relation, Table } from './catalog.js';
import { remembered } from './remembered.js';

export type { Relation } from './catalog.js';

/** `all_stocks_5yr` → `allStocks5yr`, `ORDER_ID` → `orderId`. Names that start with a digit get a leading underscore. */
export function fieldName(name: string): string {
  const words = splitName(name).map((word) => (/[a-z]/.test(word) ? word : word.toLowerCase()));
  return safe(
    words
      .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : capitalise(word)))
      .join(''),
  );
}

/** The generated type of a table: `hr`, `dept_emp` → `HrDeptEmp`. The domain keeps subgraphs' types apart. */
export function typeName(domain: string, table: string): string {
  return safe([...splitName(domain), ...splitName(table)].map(capitalise).join(''));
}

/** The field of the query that a domain's tables are under: `hr` → `hr`, `store_1` → `store1`. */
export function namespaceField(domain: string): string {
  return fieldName(domain);
}

/** The type of a domain's namespace field: `hr` → `HrQuery`. */
export function namespaceType(domain: string): string {
  return `${typeName(domain, '')}Query`;
}

/** The words of a name, in the letters that GraphQL allows: `Größe` is `Grosse`, `名` is `u540d`. */
function splitName(name: string): string[] {
  return withoutMarks(name)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}

function withoutMarks(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return name;
  return name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/(?![A-Za-z0-9])[\p{L}\p{N}]/gu, (letter) => `u${letter.codePointAt(0)!.toString(16)}`);
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function safe(name: string): string {
  if (name === '') return '_';
  return /^[0-9]/.test(name) || name.startsWith('__') ? `_${name.replace(/^_+/, '')}` : name;
}

/**
 * The relations that a table's rows have, from the catalog's declared references, in the catalog's order.
 * To one: `event.venueid → venue.venueid` is `venue`; `sales.sellerid → users.userid` is `seller`, because the
 * column says more than the table. To many: the referring table's name, with the column where there are several.
 * A name that is a column's already gets `Row` or `Rows` appended.
 */
export function relationsOf(catalog: Catalog, table: Table): readonly Relation[] {
  return catalog.relations === undefined
    ? relationsByTable(catalog)(table)
    : (catalog.relations.get(table.name) ?? []);
}

const relationsByTable = remembered((catalog: Catalog) =>
  remembered((table: Table) => findRelations(catalog, table)),
);

function findRelations(catalog: Catalog, table: Table): readonly Relation[] {
  const taken = new Set(table.columns.map((column) => fieldName(column.name)));
  return [...toOneRelations(catalog, table), ...toManyRelations(catalog, table)].map((relation) => {
    let name = relation.name;
    while (taken.has(name)) name += relation.kind === 'toOne' ? 'Row' : 'Rows';
    taken.add(name);
    return { ...relation, name };
  });
}

function toOneRelations(catalog: Catalog, table: Table): Relation[] {
  return table.columns.flatMap((column) => {
    const { references } = column;
    if (references === undefined || !isSingleKey(catalog, references.table, references.column)) return [];
    return [
      {
        name: toOneName(column, references.table, references.column),
        kind: 'toOne' as const,
        fromTable: table.name,
        fromColumn: column.name,
        toTable: references.table,
        toColumn: references.column,
      },
    ];
  });
}

interface Referrer {
  readonly other: Table;
  readonly referring: Column[];
}

/** The tables that refer to each table, and by which columns, in the catalog's order. */
const referrersByTable = remembered((catalog: Catalog) => {
  const referrers = new Map<string, Referrer[]>();
  for (const other of catalog.tables) {
    for (const column of other.columns) {
      if (column.references === undefined) continue;
      const known = referrers.get(column.references.table) ?? [];
      const last = known.at(-1);
      if (last?.other === other) last.referring.push(column);
      else known.push({ other, referring: [column] });
      referrers.set(column.references.table, known);
    }
  }
  return referrers;
});

const keysByTable = remembered(
  (catalog: Catalog) => new Map(catalog.tables.map((table) => [table.name, table.primaryKey])),
);

function toManyRelations(catalog: Catalog, table: Table): Relation[] {
  return (referrersByTable(catalog).get(table.name) ?? []).flatMap(({ other, referring }) => {
    return referring
      .filter((column) => isSingleKey(catalog, table.name, column.references!.column))
      .map((column) => ({
        name:
          referring.length === 1
            ? fieldName(other.name)
            : `${fieldName(other.name)}By${capitalise(fieldName(column.name))}`,
        kind: 'toMany' as const,
        fromTable: table.name,
        fromColumn: column.references!.column,
        toTable: other.name,
        toColumn: column.name,
      }));
  });
}

function isSingleKey(catalog: Catalog, tableName: string, columnName: string): boolean {
  const key = keysByTable(catalog).get(tableName) ?? [];
  return key.length === 1 && key[0] === columnName;
}

function toOneName(column: Column, targetTable: string, targetColumn: string): string {
  const stem = column.name.replace(
    /_(?:id|no|nr|key|code|fk)$|(?:Id|ID|No|Nr|Key|Code)$|(?<=[a-z]{2})id$/,
    '',
  );
  return column.name === targetColumn || stem === '' || stem === column.name
    ? fieldName(targetTable)
    : fieldName(stem);
}
