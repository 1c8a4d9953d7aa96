import type { Catalog, Column, Removal, Table } from './catalog.js';
import { unknownName } from './did-you-mean.js';
import { AskgraphError } from './errors.js';
import { findTwin } from './find-twin.js';
import type { ColumnType } from './hive-type.js';
import type { MetricModel } from './metric-model.js';
import { fieldName, namespaceField, namespaceType, type Relation, relationsOf, typeName } from './names.js';
import { remembered } from './remembered.js';
import { announcedCatalog, firstRemoval } from './removed.js';

/** A domain's catalog in the words of its typed schema. The schema's printer and its resolvers both read this. */
export interface DomainModel {
  readonly name: string;
  readonly description: string;
  readonly namespaceField: string;
  readonly namespaceType: string;
  readonly tables: readonly TableModel[];
  /** Tables that the source has no more, and whose names are still answered. */
  readonly removedTables: readonly TableModel[];
  /** The most rows that one list gives. */
  readonly maximumLimit: number;
}

export interface TableModel {
  readonly table: Table;
  /** The row type; the names of the table's other types begin with it. */
  readonly typeName: string;
  readonly listField: string;
  /** Absent where the source declares no primary key. */
  readonly byKeyField: string | undefined;
  readonly aggregateField: string;
  /** The list as a Relay connection; absent without a primary key, or where another table has its names already. */
  readonly connectionField: string | undefined;
  readonly fields: readonly FieldModel[];
  readonly keys: readonly FieldModel[];
  readonly toOne: readonly Relation[];
  readonly toMany: readonly Relation[];
  readonly metrics: readonly MetricModel[];
  /** What else the schema has of the table because the source had it, by field. */
  readonly removed: ReadonlyMap<string, RemovedField>;
}

/** A field that is answered by nothing; a relation to many by an empty list, its connection by an empty page. */
export interface RemovedField extends Removal {
  readonly kind: 'value' | 'list' | 'connection';
}

/** What a typed schema is made of, beside the catalog. */
export interface DomainDescription {
  readonly name: string;
  readonly description: string;
  readonly metrics?: readonly MetricModel[];
  /** The most rows that one list gives; 10,000 if absent. */
  readonly maximumLimit?: number;
}

/** The most rows that a list gives where a domain says nothing of it. */
const MAXIMUM_LIMIT = 10_000;
const NOTHING_REMOVED: ReadonlyMap<string, RemovedField> = new Map();

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

/** The input field that orders rows by a figure over their related rows. */
export function relatedFigures(relation: Relation): string {
  return `${relation.name}Aggregate`;
}

/**
 * The part of a domain that there is to read.
 * @throws CATALOG_INVALID where two names of the catalog become one in GraphQL.
 */
export function makeDomainModel(domain: DomainDescription, catalog: Catalog): DomainModel {
  const live = modelOf(domain, catalog);
  if (catalog.announced === undefined) return live;
  const announced = modelOf(domain, catalog.announced);
  return {
    ...live,
    tables: live.tables.map((model) => withRemoved(model, announced)),
    removedTables: announced.tables.filter(
      ({ table }) => !live.tables.some((one) => one.table.name === table.name),
    ),
  };
}

/**
 * A domain as its schema prints it: with what was removed and is still answered.
 * @throws as `makeDomainModel`.
 */
export function makeAnnouncedModel(domain: DomainDescription, catalog: Catalog): DomainModel {
  return modelOf(domain, announcedCatalog(catalog));
}

function withRemoved(model: TableModel, domain: DomainModel): TableModel {
  const announced = tableModel(domain, model.table.name);
  const removed = new Map<string, RemovedField>();
  for (const field of announced.fields) {
    const names = isTemporal(field) ? [field.name, partsField(field)] : [field.name];
    if (field.column.removed === undefined) continue;
    for (const name of names) removed.set(name, { ...field.column.removed, kind: 'value' });
  }
  for (const relation of [...announced.toOne, ...announced.toMany]) {
    const removal = removalOf(domain, relation);
    if (removal === undefined) continue;
    if (relation.kind === 'toOne') removed.set(relation.name, { ...removal, kind: 'value' });
    else {
      removed.set(relation.name, { ...removal, kind: 'list' });
      removed.set(relatedFigures(relation), { ...removal, kind: 'value' });
      const connection = relationConnection(domain, announced, relation);
      if (connection !== undefined) removed.set(connection, { ...removal, kind: 'connection' });
    }
  }
  return { ...model, removed, connectionField: model.connectionField && announced.connectionField };
}

/** When a relation was removed: when either of its ends was. */
export function removalOf(domain: DomainModel, relation: Relation): Removal | undefined {
  const ends = [
    [relation.fromTable, relation.fromColumn],
    [relation.toTable, relation.toColumn],
  ] as const;
  return firstRemoval(
    ends.flatMap(([name, columnName]) => {
      const { table } = tableModel(domain, name);
      return [table.removed, table.columns.find((column) => column.name === columnName)?.removed];
    }),
  );
}

/** The same model for the same description: a large catalog's takes a while, and its printer and its resolvers read it. */
function modelOf(domain: DomainDescription, catalog: Catalog): DomainModel {
  const known = lastModel.get(catalog);
  if (known !== undefined && isSameDomain(known.domain, domain)) return known.model;
  const model = makeModel(domain, catalog);
  lastModel.set(catalog, { domain, model });
  return model;
}

const lastModel = new WeakMap<Catalog, { readonly domain: DomainDescription; readonly model: DomainModel }>();

/** Whether two descriptions of a domain make the same of a catalog. */
export function isSameDomain(one: DomainDescription, other: DomainDescription): boolean {
  const hasNoMetrics = [one, other].every(({ metrics = [] }) => metrics.length === 0);
  const isAlike = one.name === other.name && one.description === other.description;
  return (
    isAlike && one.maximumLimit === other.maximumLimit && (hasNoMetrics || one.metrics === other.metrics)
  );
}

function makeModel(domain: DomainDescription, catalog: Catalog): DomainModel {
  const tables = withConnections(catalog.tables.map((table) => makeTableModel(domain, catalog, table)));
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
    removedTables: [],
    maximumLimit: domain.maximumLimit ?? MAXIMUM_LIMIT,
  };
}

const tablesByName = remembered(
  (domain: DomainModel) => new Map(domain.tables.map((model) => [model.table.name, model])),
);

export function tableModel(domain: DomainModel, tableName: string): TableModel {
  const found = tablesByName(domain).get(tableName);
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

function makeTableModel(
  { name, metrics = [] }: DomainDescription,
  catalog: Catalog,
  table: Table,
): TableModel {
  const fields = table.columns.map((column) => ({ name: fieldName(column.name), column }));
  const relations = relationsOf(catalog, table);
  refuseTwins(table.name, [
    ...RESERVED,
    ...fields.flatMap((field) => (isTemporal(field) ? [field.name, partsField(field)] : [field.name])),
    ...relations.flatMap((relation) =>
      relation.kind === 'toMany' ? [relation.name, relatedFigures(relation)] : [relation.name],
    ),
  ]);
  const listField = fieldName(table.name);
  return {
    table,
    typeName: typeName(name, table.name),
    listField,
    byKeyField: table.primaryKey.length === 0 ? undefined : `${listField}ByPk`,
    aggregateField: `${listField}Aggregate`,
    connectionField: undefined,
    fields,
    keys: table.primaryKey.flatMap((key) => fields.filter((field) => field.column.name === key)),
    toOne: relations.filter((relation) => relation.kind === 'toOne'),
    toMany: relations.filter((relation) => relation.kind === 'toMany'),
    metrics: metrics.filter((metric) => metric.table === table.name),
    removed: NOTHING_REMOVED,
  };
}

/** A table `device_connection` keeps its names; `device` then has no connection. */
function withConnections(models: readonly TableModel[]): TableModel[] {
  const taken = new Set(
    models.flatMap(({ typeName: type, listField, byKeyField, aggregateField }) => [
      type,
      listField,
      byKeyField,
      aggregateField,
    ]),
  );
  return models.map((model) => {
    const field = `${model.listField}Connection`;
    const names = [field, `${model.typeName}Connection`, `${model.typeName}Edge`];
    const isFree = model.keys.length > 0 && !names.some((name) => taken.has(name));
    return isFree ? { ...model, connectionField: field } : model;
  });
}

/** The field of a to-many relation's rows as a connection, where its target has one and the name is free. */
export function relationConnection(
  domain: DomainModel,
  model: TableModel,
  relation: Relation,
): string | undefined {
  const name = `${relation.name}Connection`;
  const taken = [...model.fields, ...model.toOne, ...model.toMany].some((other) => other.name === name);
  if (model.removed.has(name)) return undefined;
  return taken || tableModel(domain, relation.toTable).connectionField === undefined ? undefined : name;
}

function refuseTwins(where: string, names: readonly string[]): void {
  const twin = findTwin(names);
  if (twin !== undefined) {
    throw new AskgraphError('CATALOG_INVALID', `Two names in ${where} become "${twin}" in GraphQL.`, {
      details: { where, name: twin },
    });
  }
}
