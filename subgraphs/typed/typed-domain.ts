import type { Catalog } from '../../schema/catalog.js';
import { unknownName } from '../../schema/did-you-mean.js';
import { type DomainModel, type FieldModel, type TableModel, tableModel } from '../../schema/domain-model.js';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import type { Relation } from '../../schema/names.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { policyRefusal } from '../audit/policy-facts.js';
import { runStatement } from '../audit/run-statement.js';
import type { Connector, ResultSet } from '../connectors/connector.js';
import type { Metric } from '../metrics/metric.js';
import { originOf } from '../own-callers.js';
import type { DomainAccess } from '../policy/permissions.js';
import type { RequestContext } from '../request-context.js';
import { compileFor } from '../sql/compile.js';
import type { Statement, StatementLimits } from '../sql/statement.js';
import type { ColumnExpression, TableQuery } from '../sql/table-query.js';
import { refuseRemoved } from './removed.js';

/** What the resolvers of a domain work with: the part of it that a caller sees. */
export interface TypedDomain {
  readonly model: DomainModel;
  readonly catalog: Catalog;
  readonly access: DomainAccess;
  readonly connector: Connector;
  readonly audit: AuditTrail;
  readonly metrics: readonly Metric[];
}

/** Runs a logical query, and reads at most `rowLimit` rows of its result. */
export async function runQuery(
  domain: TypedDomain,
  query: TableQuery,
  rowLimit: number,
  context: RequestContext,
): Promise<ResultSet> {
  const { connector, access, audit, model } = domain;
  const limits = { rowLimit, signal: context.signal, origin: originOf(context) };
  const statement = compilePermitted(domain, query, limits, context);
  return runStatement(statement, { domain: model.name, connector, audit, access }, context);
}

/** What the caller's policies refuse is on record. */
function compilePermitted(
  { connector, access, audit, model }: TypedDomain,
  query: TableQuery,
  limits: StatementLimits,
  context: RequestContext,
): Statement {
  try {
    return compileFor(access, query, connector.dialect, limits);
  } catch (thrown) {
    if (thrown instanceof AskgraphError && thrown.code === 'FORBIDDEN')
      audit.note(policyRefusal(thrown, model.name, access, context));
    throw thrown;
  }
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

/**
 * A field that the schema has printed.
 * @throws UNKNOWN_NAME where the caller does not see it; BAD_USER_INPUT where its column was removed from the catalog.
 */
export function fieldNamed(model: TableModel, name: string): FieldModel {
  const field = findField(model, name);
  if (field === undefined) refuseRemoved(model, name);
  if (field === undefined) throw unknownName('field', name, model.typeName, []);
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
