import type { GraphQLSchema } from 'graphql';
import type { GlueCatalogPlace } from '../schema/glue-client.js';
import type { AuditTrail } from './audit/audit-trail.js';
import type { Source } from './connectors/connector.js';
import type { MetricDefinition } from './metrics/metric.js';
import type { Policy } from './policy/policy.js';

/** The environment's variables, handed down by `main.ts`, which alone reads them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a domain's typed schema comes from: the Glue database whose snapshot is the folder's `catalog.json`. */
export interface CatalogReference {
  readonly database: string;
  /**
   * The tables that are served, by name or by patterns in which `*` stands for anything; all if absent. A catalog of
   * more than 20,000 columns cannot be served whole.
   */
  readonly tables?: readonly string[];
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
  /**
   * Who may see what; checked against the catalog at start. Absent: everybody sees everything, which only a gateway
   * on loopback serves.
   */
  readonly policy?: readonly Policy[];
  /** What asking for a hidden table or column says, however it is asked: as if there were none, or that it is not permitted. */
  readonly hiddenNames?: 'unknown' | 'notPermitted';
  /** Questions that the domain answers, shown to people as examples. */
  readonly examples?: readonly string[];
}

/** A domain whose typed schema is generated from its catalog and compiled to SQL. */
export interface CatalogSubgraph extends Common {
  readonly catalog: CatalogReference;
  /** Whether relations that the catalog does not declare are inferred from names; as the gateway's setting says if absent. */
  readonly relations?: 'declared' | 'inferred';
  readonly source: (environment: Environment) => Source;
  /**
   * The most rows that one list, page or aggregate of the typed schema gives, 1 to 1,000,000; 10,000 if absent. The schema
   * says it. How many rows come by default is no more than that.
   */
  readonly maximumLimit?: number;
  /** Figures that the domain answers for; fields of their table's aggregate, and words that questions may use. */
  readonly metrics?: readonly MetricDefinition[];
}

/** A domain whose schema people wrote, with TypeGraphQL classes, over something that is no database. */
export interface HandWrittenSubgraph extends Common {
  readonly open: (context: HandWrittenContext) => Promise<OpenHandWrittenSubgraph>;
}

export interface HandWrittenContext {
  readonly environment: Environment;
  /** Where it puts on record what it reads for a caller, before it does (`runRequest`). */
  readonly audit: AuditTrail;
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
