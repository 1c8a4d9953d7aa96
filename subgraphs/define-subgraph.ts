import type { GraphQLSchema } from 'graphql';
import type { GlueCatalogPlace } from '../schema/glue-client.js';
import type { Source } from './connectors/connector.js';

/** The environment's variables, handed down by `main.ts`, which alone reads them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a domain's typed schema comes from: the Glue database whose snapshot is the folder's `catalog.json`. */
export interface CatalogReference {
  readonly database: string;
  /** Where `catalog pull` finds it, if not in the account's own catalog of the AWS region in force. */
  readonly places?: readonly GlueCatalogPlace[];
}

export function glue(reference: CatalogReference): CatalogReference {
  return reference;
}

/** Terms of the business, with what each stands for in the catalog. */
export type Glossary = Readonly<Record<string, string | readonly string[]>>;

interface Common {
  /** The namespace in the supergraph and the folder's name. */
  readonly name: string;
  /** One sentence for people, for retrieval and for the schema's documentation. */
  readonly description: string;
  /** The engine that the domain's data lives on in production. */
  readonly production: string;
  /**
   * What the business says for what the catalog calls otherwise: a table (`claims`), a column (`sales.pricepaid`),
   * or a condition (`claims.fraud = 1`); a list where it may stand for one or the other.
   */
  readonly glossary?: Glossary;
  /** Questions that the domain answers, shown to people as examples. */
  readonly examples?: readonly string[];
}

/** A domain whose typed schema is generated from its catalog and compiled to SQL. */
export interface CatalogSubgraph extends Common {
  readonly catalog: CatalogReference;
  readonly source: (environment: Environment) => Source;
}

/** A domain whose schema people wrote, with TypeGraphQL classes, over something that is no database. */
export interface HandWrittenSubgraph extends Common {
  readonly open: (context: HandWrittenContext) => Promise<OpenHandWrittenSubgraph>;
}

export interface HandWrittenContext {
  readonly environment: Environment;
  readonly report: (message: string) => void;
}

export interface OpenHandWrittenSubgraph {
  /** The engine in force, as people say it. */
  readonly engine: string;
  /** An executable federation subgraph schema (it answers `_service` and `_entities`). */
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

export type SubgraphDefinition = CatalogSubgraph | HandWrittenSubgraph;

export function isCatalogSubgraph(definition: SubgraphDefinition): definition is CatalogSubgraph {
  return 'catalog' in definition;
}

export function defineSubgraph<Definition extends SubgraphDefinition>(definition: Definition): Definition {
  return definition;
}
