import type { GraphQLSchema } from 'graphql';
import type { Catalog } from '../schema/catalog.js';
import { AskgraphError } from '../schema/errors.js';
import { printSubgraphSdl } from '../schema/print-sdl.js';
import { buildSubgraphSchemaFor } from './build-schema.js';
import type { ResultSet } from './connectors/connector.js';
import {
  type CatalogSubgraph,
  type Environment,
  type HandWrittenSubgraph,
  isCatalogSubgraph,
  type SubgraphDefinition,
} from './define-subgraph.js';
import type { LoadedDefinition } from './list.js';
import type { Dialect } from './sql/dialects/dialect.js';
import type { Statement } from './sql/statement.js';

export interface OpenOptions {
  readonly environment: Environment;
  /** A folder for files that can be made again. */
  readonly dataDirectory: string;
  readonly report: (message: string) => void;
}

/** A domain that answers, whichever way it was defined. */
export interface OpenSubgraph {
  readonly name: string;
  readonly definition: SubgraphDefinition;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  /** The engine in force, as people say it. */
  readonly engine: string;
  readonly catalog?: Catalog;
  readonly dialect?: Dialect;
  /** The internal door for native SQL; only `compile` and `guard` make what it takes. */
  readonly runSql?: (statement: Statement) => Promise<ResultSet>;
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
  { environment, dataDirectory, report }: OpenOptions,
): Promise<OpenSubgraph> {
  // As `generate` prints it, from the catalog alone; and before the source is opened, so that a bad catalog leaves
  // no connection behind.
  const domain = { name: definition.name, description: catalog.description };
  const sdl = printSubgraphSdl(domain, catalog);
  const connector = await definition
    .source(environment)
    .open({ domain: definition.name, dataDirectory, report });
  return {
    name: definition.name,
    definition,
    sdl,
    schema: buildSubgraphSchemaFor({ domain, catalog, connector }),
    engine: connector.engine,
    catalog,
    dialect: connector.dialect,
    runSql: (statement) => connector.query(statement),
    checkHealth: () => connector.checkHealth(),
    close: () => connector.close(),
  };
}

async function openHandWritten(
  definition: HandWrittenSubgraph,
  { environment, report }: OpenOptions,
): Promise<OpenSubgraph> {
  const open = await definition.open({ environment, report });
  return {
    name: definition.name,
    definition,
    sdl: open.sdl,
    schema: open.schema,
    engine: open.engine,
    checkHealth: () => open.checkHealth(),
    close: () => open.close(),
  };
}
