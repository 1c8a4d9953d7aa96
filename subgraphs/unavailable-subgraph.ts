import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import { namespaceField, typeName } from '../schema/names.js';
import { joinDomainSdl, printDomainSdl } from '../schema/print-sdl.js';
import { NO_AUDIT } from './audit/audit-trail.js';
import { buildSubgraphSchemaFor } from './build-schema.js';
import type { Connector } from './connectors/connector.js';
import type { Environment } from './define-subgraph.js';
import { describeDomain } from './describe-domain.js';
import type { LoadedDefinition } from './list.js';
import { type OpenSubgraph, permissionsOf } from './open-subgraph.js';
import { duckdbDialect } from './sql/dialects/duckdb.js';

const ENGINE = 'unavailable';

/** Whether a domain is served by what went wrong when it was to be opened. */
export function isUnavailable({ engine }: OpenSubgraph): boolean {
  return engine === ENGINE;
}

/**
 * A domain whose source could not be opened, with the schema that its catalog gives: it answers every field with
 * what went wrong, so that the other domains are served. A domain without a catalog, whose schema is only known from
 * its source, has its namespace and nothing in it.
 */
export function unavailableSubgraph(
  { definition, catalog }: LoadedDefinition,
  environment: Environment,
  reason: AskgraphError,
): OpenSubgraph {
  // The reason names files and addresses, which are the operator's to know.
  const fault = new AskgraphError(reason.code, `The domain ${definition.name} is not available now.`, {
    domain: definition.name,
    cause: reason,
  });
  const fail = () => Promise.reject(fault);
  const connector: Connector = {
    engine: ENGINE,
    dialect: duckdbDialect,
    query: fail,
    explain: fail,
    checkHealth: fail,
    close: async () => {},
  };
  if (catalog === undefined) return emptySubgraph(definition, environment, fail);
  const permissions = permissionsOf(definition, catalog, environment);
  const domain = describeDomain(definition, catalog);
  const printed = printDomainSdl(domain, catalog);
  return {
    name: definition.name,
    definition,
    get sdl() {
      return joinDomainSdl(printed);
    },
    printed,
    schema: buildSubgraphSchemaFor({
      domain,
      catalog,
      sdl: printed,
      connector,
      permissions,
      audit: NO_AUDIT,
    }),
    permissions,
    engine: connector.engine,
    catalog,
    metrics: domain.metrics,
    dialect: connector.dialect,
    runSql: fail,
    explainSql: fail,
    checkHealth: fail,
    close: connector.close,
  };
}

/** The type of the namespace is a name of its own: the domain's own type may be one that others refer to. */
function emptySubgraph(
  definition: LoadedDefinition['definition'],
  environment: Environment,
  fail: () => Promise<never>,
): OpenSubgraph {
  const field = namespaceField(definition.name);
  const sdl = `type Query {
  "Not available now."
  ${field}: ${typeName(definition.name, 'unavailable')}
}

type ${typeName(definition.name, 'unavailable')} {
  "The domain has not said yet what it has."
  unavailable: Boolean
}
`;
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: { Query: { [field]: fail } } });
  return {
    name: definition.name,
    definition,
    sdl,
    schema,
    permissions: permissionsOf(
      definition,
      { database: definition.name, description: definition.description, tables: [] },
      environment,
    ),
    engine: ENGINE,
    checkHealth: fail,
    close: async () => {},
  };
}
