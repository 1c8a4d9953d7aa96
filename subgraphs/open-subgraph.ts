import type { GraphQLSchema } from 'graphql';
import type { Catalog } from '../schema/catalog.js';
import { AskgraphError } from '../schema/errors.js';
import { type DomainSdl, joinDomainSdl, printDomainSdl } from '../schema/print-sdl.js';
import type { AuditTrail } from './audit/audit-trail.js';
import { explainStatement, runStatement } from './audit/run-statement.js';
import { buildSubgraphSchemaFor } from './build-schema.js';
import type { ResultSet } from './connectors/connector.js';
import {
  type CatalogSubgraph,
  type Environment,
  type HandWrittenSubgraph,
  isCatalogSubgraph,
  type SubgraphDefinition,
} from './define-subgraph.js';
import { describeDomain } from './describe-domain.js';
import type { LoadedDefinition } from './list.js';
import type { Metric } from './metrics/metric.js';
import { admitToSchema } from './policy/admit-to-schema.js';
import { makePermissions, type Permissions } from './policy/permissions.js';
import type { RequestContext } from './request-context.js';
import type { Dialect } from './sql/dialects/dialect.js';
import type { Statement } from './sql/statement.js';
import type { SqlDoorResult } from './sql-door.js';

export interface OpenOptions {
  readonly environment: Environment;
  /** A folder for files that can be made again. */
  readonly dataDirectory: string;
  readonly report: (message: string) => void;
  /** Where every statement is on record before it runs. */
  readonly audit: AuditTrail;
}

/** A domain that answers, whichever way it was defined. */
export interface OpenSubgraph {
  readonly name: string;
  readonly definition: SubgraphDefinition;
  readonly sdl: string;
  /** The same type by type, of a catalog domain whose source is opened here. */
  readonly printed?: DomainSdl;
  readonly schema: GraphQLSchema;
  /** The engine in force, as people say it. */
  readonly engine: string;
  readonly catalog?: Catalog;
  /** The figures that a catalog domain has declared. */
  readonly metrics?: readonly Metric[];
  readonly dialect?: Dialect | undefined;
  readonly permissions: Permissions;
  /** The internal door for native SQL; only `compile` and `guard` make what it takes. */
  readonly runSql?: (statement: Statement, context: RequestContext) => Promise<ResultSet>;
  /** The same door for having the engine plan a statement that is not run yet. */
  readonly explainSql?: (statement: Statement, context: RequestContext) => Promise<void>;
  /** Where the domain's own refusals are on record; absent where it runs elsewhere or takes no SQL. */
  readonly audit?: AuditTrail;
  /** The door of a domain that runs elsewhere, behind which a guard of its own stands. */
  readonly runRemoteSql?: (sql: string, rowLimit: number, context: RequestContext) => Promise<SqlDoorResult>;
  readonly explainRemoteSql?: (sql: string, rowLimit: number, context: RequestContext) => Promise<void>;
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a domain's source and makes its schema executable. */
export async function openSubgraph(loaded: LoadedDefinition, options: OpenOptions): Promise<OpenSubgraph> {
  const { definition, catalog } = loaded;
  if (!isCatalogSubgraph(definition)) return openHandWritten(definition, options);
  if (catalog === undefined) {
    throw new AskgraphError('CATALOG_INVALID', `The domain ${definition.name} has no catalog.`, {
      domain: definition.name,
    });
  }
  return openCatalogDomain(definition, catalog, options);
}

async function openCatalogDomain(
  definition: CatalogSubgraph,
  catalog: Catalog,
  { environment, dataDirectory, report, audit }: OpenOptions,
): Promise<OpenSubgraph> {
  // As `generate` prints it, from the catalog alone; and before the source is opened, so that a bad catalog leaves
  // no connection behind.
  const domain = describeDomain(definition, catalog);
  const printed = printDomainSdl(domain, catalog);
  const permissions = permissionsOf(definition, catalog, environment);
  const connector = await definition
    .source(environment)
    .open({ domain: definition.name, dataDirectory, report });
  const placeFor = ({ caller }: RequestContext) => ({
    domain: definition.name,
    connector,
    audit,
    access: permissions.accessOf(caller),
  });
  return {
    name: definition.name,
    definition,
    get sdl() {
      return joinDomainSdl(printed);
    },
    printed,
    schema: buildSubgraphSchemaFor({ domain, catalog, sdl: printed, connector, permissions, audit }),
    engine: connector.engine,
    catalog,
    metrics: domain.metrics,
    dialect: connector.dialect,
    permissions,
    audit,
    runSql: (statement, context) => runStatement(statement, placeFor(context), context),
    explainSql: (statement, context) => explainStatement(statement, placeFor(context), context),
    checkHealth: () => connector.checkHealth(),
    close: () => connector.close(),
  };
}

async function openHandWritten(
  definition: HandWrittenSubgraph,
  { environment, report, audit }: OpenOptions,
): Promise<OpenSubgraph> {
  const nothing = { database: definition.name, description: definition.description, tables: [] };
  const permissions = permissionsOf(definition, nothing, environment);
  const open = await definition.open({ environment, report, audit });
  return {
    name: definition.name,
    definition,
    sdl: open.sdl,
    schema: admitToSchema(open.schema, definition.name, permissions),
    permissions,
    engine: open.engine,
    checkHealth: () => open.checkHealth(),
    close: () => open.close(),
  };
}

/** @throws CONFIGURATION_INVALID for policies that do not fit the catalog. */
export function permissionsOf(
  { name, policy }: SubgraphDefinition,
  catalog: Catalog,
  environment: Environment,
): Permissions {
  const hashKey = environment.ASKGRAPH_HASH_KEY ?? '';
  return makePermissions({ domain: name, catalog, policies: policy, hashKey });
}
