import type { Catalog } from '../../schema/catalog.js';
import { type DomainModel, type FieldModel, type TableModel, tableModel } from '../../schema/domain-model.js';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import type { Relation } from '../../schema/names.js';
import type { Connector, ResultSet } from '../connectors/connector.js';
import type { RequestContext } from '../request-context.js';
import { compile } from '../sql/compile.js';
import type { ColumnExpression, TableQuery } from '../sql/table-query.js';

/** What the resolvers of a domain work with. */
export interface TypedDomain {
  readonly model: DomainModel;
  readonly catalog: Catalog;
  readonly connector: Connector;
}

/** Runs a logical query, and reads at most `rowLimit` rows of its result. */
export function runQuery(
  domain: TypedDomain,
  query: TableQuery,
  rowLimit: number,
  context: RequestContext,
): Promise<ResultSet> {
  const { connector, catalog } = domain;
  return connector.query(compile(query, catalog, connector.dialect, { rowLimit, signal: context.signal }));
}

/** What was thrown, as an error that says which domain it was in. */
export function domainError(domain: TypedDomain, thrown: unknown): AskgraphError {
  const { code, message, details, cause } = asAskgraphError(
    thrown,
    'INTERNAL',
    'The query could not be made.',
  );
  return new AskgraphError(code, message, { domain: domain.model.name, details, cause });
}

export function findField(model: TableModel, name: string): FieldModel | undefined {
  return model.fields.find((field) => field.name === name);
}

/** A field that the schema has printed, and so is there. */
export function fieldNamed(model: TableModel, name: string): FieldModel {
  const field = findField(model, name);
  if (field === undefined) throw new AskgraphError('INTERNAL', `${model.typeName} has no field ${name}.`);
  return field;
}

/** The GraphQL field of a column. */
export function fieldOfColumn(model: TableModel, columnName: string): FieldModel {
  const field = model.fields.find((candidate) => candidate.column.name === columnName);
  if (field === undefined)
    throw new AskgraphError('INTERNAL', `${model.typeName} has no column ${columnName}.`);
  return field;
}

export function findRelation(relations: readonly Relation[], name: string): Relation | undefined {
  return relations.find((relation) => relation.name === name);
}

export function targetOf(domain: TypedDomain, relation: Relation): TableModel {
  return tableModel(domain.model, relation.toTable);
}

export function column(path: readonly string[], name: string): ColumnExpression {
  return { kind: 'column', path, column: name };
}
