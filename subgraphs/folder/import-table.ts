import type { DuckDBConnection } from '@duckdb/node-api';
import { type GlueColumn, type GlueTable, UNIT_PARAMETER } from '../../schema/glue.js';
import { readHiveType } from '../../schema/hive-type.js';
import { chooseForms, type Form, formsOf } from './fit-types.js';
import { columnInCatalog, columnsInCatalog, keyInCatalog, referenceInCatalog } from './folder-catalog.js';
import { distinctColumnNames, quoted } from './folder-names.js';
import { rowsOf, type StagedColumn, type StagedTable } from './staged-table.js';

/** A table that was imported, and what it was made from. */
export interface ImportedTable {
  /** The name that it is to be served by. */
  readonly name: string;
  /** The table of the database that it is in now. */
  readonly place: string;
  readonly file: string;
  /** What the file, or the database in it, calls it. */
  readonly sourceName: string;
  /** What the catalog calls it, where it does. */
  readonly catalogName: string | undefined;
  readonly comment: string;
  readonly columns: readonly ImportedColumn[];
  /** Columns by the names that they are served by. */
  readonly primaryKey: readonly string[];
}

export interface ImportedColumn {
  readonly name: string;
  readonly sourceName: string;
  readonly catalogName: string | undefined;
  readonly hiveType: string;
  readonly comment: string;
  readonly unit: string | undefined;
  /** As the source says it. */
  readonly references: StagedColumn['references'];
  /** As the catalog says it: `table.column`. */
  readonly catalogReferences: string | undefined;
}

export interface TableImport {
  readonly connection: DuckDBConnection;
  /** The name of the file that it comes from. */
  readonly file: string;
  readonly name: string;
  readonly place: string;
  readonly staged: StagedTable;
  readonly inCatalog: GlueTable | undefined;
  readonly warn: (message: string) => void;
}

/** Settles a table's types on its values and copies its rows into the database, under `place`. */
export async function importTable(job: TableImport): Promise<ImportedTable> {
  const { connection, name, place, staged, inCatalog, warn } = job;
  const found = staged.columns.map((column) => columnInCatalog(inCatalog, column.name));
  const names = distinctColumnNames(staged.columns.map((column, index) => found[index]?.Name ?? column.name));
  const wanted = found.map((column) => wantedType(column, warn));
  const forms = await chooseForms(
    connection,
    staged.relation,
    staged.columns.map((column, index) => formsOf(column, wanted[index])),
  );
  const list = forms.map(({ expression }, index) => `${expression} AS ${quoted(names[index]!)}`);
  await connection.run(`CREATE TABLE ${quoted(place)} AS SELECT ${list.join(', ')} FROM ${staged.relation}`);
  warnOfDifferences(job, found, wanted, forms);
  const columns = staged.columns.map((column, index) => ({
    name: names[index]!,
    sourceName: column.name,
    catalogName: found[index]?.Name,
    hiveType: forms[index]!.hiveType,
    comment: found[index]?.Comment || column.comment,
    unit: found[index]?.Parameters?.[UNIT_PARAMETER],
    references: column.references,
    catalogReferences: referenceInCatalog(found[index]),
  }));
  return {
    name,
    place,
    file: job.file,
    sourceName: staged.name,
    catalogName: inCatalog?.Name,
    comment: inCatalog?.Description || staged.comment,
    columns,
    primaryKey: await primaryKeyOf(job, columns),
  };
}

function wantedType(column: GlueColumn | undefined, warn: (message: string) => void): string | undefined {
  if (!column?.Type) return undefined;
  let isKnown = true;
  readHiveType(column.Type, (message) => {
    isKnown = false;
    warn(`${column.Name}: ${message}`);
  });
  return isKnown ? column.Type : 'string';
}

function warnOfDifferences(
  { name, staged, inCatalog, warn }: TableImport,
  found: readonly (GlueColumn | undefined)[],
  wanted: readonly (string | undefined)[],
  forms: readonly Form[],
): void {
  if (inCatalog === undefined) return;
  const listed = columnsInCatalog(inCatalog);
  const missing = listed.filter((column) => !found.includes(column)).map((column) => column.Name);
  if (missing.length > 0) warn(`${name}: catalog.json has ${missing.join(', ')}, the data has not`);
  const extra = staged.columns.filter((_, index) => found[index] === undefined).map((column) => column.name);
  if (listed.length > 0 && extra.length > 0)
    warn(`${name}: the data has ${extra.join(', ')}, catalog.json has not`);
  staged.columns.forEach((column, index) => {
    const [type, form] = [wanted[index], forms[index]!];
    if (type !== undefined && !sameType(type, form.hiveType))
      warn(`${name}.${column.name}: not every value is a ${type}, so it is ${form.hiveType}`);
  });
}

/** Nested values keep the file's own shape, whatever the catalog says is in them. */
function sameType(wanted: string, given: string): boolean {
  const plain = (type: string) =>
    type
      .toLowerCase()
      .replaceAll(/\s/g, '')
      .replace(/[(<].*$/s, '');
  return plain(wanted) === plain(given);
}

/** The key that the catalog or the source declares, if no two rows have the same and none has a part missing. */
async function primaryKeyOf(
  { connection, name, place, staged, inCatalog, warn }: TableImport,
  columns: readonly ImportedColumn[],
): Promise<string[]> {
  const declared = keyInCatalog(inCatalog);
  const key = (declared ?? staged.primaryKey).map((text) =>
    columns.find((column) => {
      const names = declared === undefined ? [column.sourceName] : [column.catalogName, column.sourceName];
      return names.some((known) => known?.toLowerCase() === text.toLowerCase());
    }),
  );
  if (key.length === 0) return [];
  const names = key.flatMap((column) => (column === undefined ? [] : [column.name]));
  if (names.length < key.length) {
    warn(`${name}: its key names a column that is not there, so it has none`);
    return [];
  }
  const list = names.map(quoted).join(', ');
  const [counted] = await rowsOf(
    connection,
    `SELECT count(*) = count(DISTINCT (${list})) AND count(*) FILTER (WHERE ${names
      .map((column) => `${quoted(column)} IS NULL`)
      .join(' OR ')}) = 0 AS holds FROM ${quoted(place)}`,
  );
  if (counted?.holds === true) return names;
  warn(`${name}: the rows' values of ${names.join(', ')} are not unique, so it has no key`);
  return [];
}
