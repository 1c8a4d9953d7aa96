import { AskgraphError } from '../schema/errors.js';
import { printSubgraphSdl } from '../schema/print-sdl.js';
import { buildSubgraphSchemaFor } from './build-schema.js';
import type { Connector } from './connectors/connector.js';
import type { LoadedDefinition } from './list.js';
import type { OpenSubgraph } from './open-subgraph.js';
import { duckdbDialect } from './sql/dialects/duckdb.js';

/**
 * A domain whose source could not be opened, with the schema that its catalog gives: it answers every field with
 * what went wrong, so that the other domains are served. Undefined for a domain without a catalog, whose schema is
 * only known from its source.
 */
export function unavailableSubgraph(
  { definition, catalog }: LoadedDefinition,
  reason: AskgraphError,
): OpenSubgraph | undefined {
  if (catalog === undefined) return undefined;
  // The reason names files and addresses, which are the operator's to know.
  const fault = new AskgraphError(reason.code, `The domain ${definition.name} is not available now.`, {
    domain: definition.name,
    cause: reason,
  });
  const fail = () => Promise.reject(fault);
  const connector: Connector = {
    engine: 'unavailable',
    dialect: duckdbDialect,
    query: fail,
    checkHealth: fail,
    close: async () => {},
  };
  const domain = { name: definition.name, description: catalog.description };
  return {
    name: definition.name,
    definition,
    sdl: printSubgraphSdl(domain, catalog),
    schema: buildSubgraphSchemaFor({ domain, catalog, connector }),
    engine: connector.engine,
    catalog,
    dialect: connector.dialect,
    runSql: fail,
    checkHealth: fail,
    close: connector.close,
  };
}
