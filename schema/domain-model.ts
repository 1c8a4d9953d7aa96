import type { Catalog, Column, Table } from './catalog.js';
import { unknownName } from './did-you-mean.js';
import { AskgraphError } from './errors.js';
import type { ColumnType } from './hive-type.js';
import { fieldName, namespaceField, namespaceType, type Relation, relationsOf, typeName } from './names.js';

/** A domain's catalog in the words of its typed schema. The schema's printer and its resolvers both read this. */
export interface DomainModel {
  readonly name: string;
  readonly description: string;
  readonly namespaceField: string;
  readonly namespaceType: string;
  readonly tables: readonly TableModel[];
}

export interface TableModel {
  readonly table: Table;
  /** The row type; the names of the table's other types begin with it. */
  readonly typeName: string;
  readonly listField: string;
  /** Absent where the source declares no primary key. */
  readonly byKeyField: string | undefined;
  readonly aggregateField: string;
  readonly fields: readonly FieldModel[];
  readonly keys: readonly FieldModel[];
  readonly toOne: readonly Relation[];
  readonly toMany: readonly Relation[];
}

export interface FieldModel {
  readonly name: string;
  readonly column: Column;
}

const NUMERIC: ReadonlySet<ColumnType> = new Set(['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT']);
/** What a row type's filter uses for itself. */
const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not']);

export function isNumeric({ column }: FieldModel): boolean {
  return NUMERIC.has(column.columnType);
}

export function isTemporal({ column }: FieldModel): boolean {
  return column.columnType === 'DATE' || column.columnType === 'DATETIME';
}

/** Whether rows can be ordered and grouped by the column. */
export function isScalar({ column }: FieldModel): boolean {
  return column.columnType !== 'JSON';
}

/** Whether the column has a smallest and a largest value. */
export function isComparable(field: FieldModel): boolean {
  return isScalar(field) && field.column.columnType !== 'BOOLEAN';
}

/** The field that holds the grouped parts of a date. */
export function partsField(field: FieldModel): string {
  return `${field.name}Parts`;
}

/** @throws CATALOG_INVALID where two names of the catalog become one in GraphQL. */
export function makeDomainModel(
  domain: { name: string; description: string },
  catalog: Catalog,
): DomainModel {
  const tables = catalog.tables.map((table) => makeTableModel(domain.name, catalog, table));
  const namespace = namespaceType(domain.name);
  refuseTwins(domain.name, [namespace, ...tables.map((model) => model.typeName)]);
  refuseTwins(
    namespace,
    tables.flatMap((model) => [model.listField, model.byKeyField ?? [], model.aggregateField].flat()),
  );
  return {
    name: domain.name,
    description: domain.description,
    namespaceField: namespaceField(domain.name),
    namespaceType: namespace,
    tables,
  };
}

export function tableModel(domain: DomainModel, tableName: string): TableModel {
  const found = domain.tables.find((model) => model.table.name === tableName);
  if (found === undefined) {
    throw unknownName(
      'table',
      tableName,
      domain.name,
      domain.tables.map((model) => model.table.name),
    );
  }
  return found;
}

function makeTableModel(domain: string, catalog: Catalog, table: Table): TableModel {
  const fields = table.columns.map((column) => ({ name: fieldName(column.name), column }));
  const relations = relationsOf(catalog, table);
  refuseTwins(table.name, [
    ...RESERVED,
    ...fields.flatMap((field) => (isTemporal(field) ? [field.name, partsField(field)] : [field.name])),
    ...relations.map((relation) => relation.name),
  ]);
  const listField = fieldName(table.name);
  return {
    table,
    typeName: typeName(domain, table.name),
    listField,
    byKeyField: table.primaryKey.length === 0 ? undefined : `${listField}ByPk`,
    aggregateField: `${listField}Aggregate`,
    fields,
    keys: table.primaryKey.flatMap((key) => fields.filter((field) => field.column.name === key)),
    toOne: relations.filter((relation) => relation.kind === 'toOne'),
    toMany: relations.filter((relation) => relation.kind === 'toMany'),
  };
}

function refuseTwins(where: string, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined) {
    throw new AskgraphError('CATALOG_INVALID', `Two names in ${where} become "${twin}" in GraphQL.`, {
      details: { where, name: twin },
    });
  }
}
