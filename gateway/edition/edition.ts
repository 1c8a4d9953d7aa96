import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { type GraphQLSchema, parse } from 'graphql';
import type { AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import { SAMPLER } from '../../subgraphs/own-callers.js';
import type { Caller, RequestContext } from '../../subgraphs/request-context.js';
import { explainSqlDoor, inspectSql, runSqlDoor } from '../../subgraphs/sql-door.js';
import type { Doors } from '../ask/run.js';
import type { AskService } from '../ask/schema/ask-service.js';
import { buildAskSubgraph } from '../ask/schema/schema.js';
import { type AccessOf, checkOpenDomains, makeAccessOf } from '../caller-access.js';
import type { Config } from '../config.js';
import { embedTables, type TableEmbedding } from '../embedding/embed-tables.js';
import { makeNamedAccessOf, makeNamedSchemas } from '../hidden-names.js';
import type { Profile } from '../knowledge/domain.js';
import { CatalogIndexer } from '../knowledge/index/catalog-index.js';
import { type Knowledge, knowledgeOf } from '../knowledge/knowledge.js';
import { makeDomain } from '../knowledge/make-domains.js';
import { TableMeanings } from '../knowledge/meaning/table-meanings.js';
import { profileDomains } from '../knowledge/profile.js';
import { makeVisibleKnowledge } from '../knowledge/visible-knowledge.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { makeVisibleSupergraphs } from '../visible-supergraph.js';
import { openSupergraph } from './open-supergraph.js';

/** A domain as it is served, and the version of its catalog and data. */
export interface ServedDomain {
  readonly subgraph: OpenSubgraph;
  readonly version: string | undefined;
}

/** All that is served at one time. It never changes: what is new is another edition, which takes its place whole. */
export interface Edition {
  readonly domains: readonly ServedDomain[];
  readonly supergraph: Supergraph;
  /** Executable: `ask` and what belongs to it, which subscriptions are of. */
  readonly askSchema: GraphQLSchema;
  readonly doors: Doors;
  readonly accessOf: AccessOf;
  /** The supergraph as a caller sees it: the same one for the same rights. */
  readonly visible: (caller: Caller) => Supergraph;
  /** With the names that a caller is told are not permitted; undefined where there are none. */
  readonly namedSchemaOf: (caller: Caller) => GraphQLSchema | undefined;
  /** What questions can be about, once the domains have been sampled. */
  readonly knowledge: Promise<Knowledge>;
  /** The part of it that a caller may see. */
  readonly knowledgeOf: (caller: Caller) => Promise<Knowledge>;
  /** That part, and what a caller is told is not permitted; undefined where there is nothing of that kind. */
  readonly namedKnowledgeOf: (caller: Caller) => Promise<Knowledge | undefined>;
  /** What was sampled of each domain, for the editions that serve it too. */
  readonly profiles: ReadonlyMap<OpenSubgraph, Promise<Profile>>;
  /** Closes what no other edition goes on serving. */
  close(successor: Edition | undefined): Promise<void>;
}

export interface EditionOptions {
  readonly domains: readonly ServedDomain[];
  /** What of it is served again needs not be sampled again. */
  readonly previous: Edition | undefined;
  readonly ask: AskService;
  readonly config: Config;
  readonly audit: AuditTrail;
  readonly report: (message: string) => void;
  readonly now: () => Date;
  /** How tables are placed by what they mean; undefined without an embedding model. */
  readonly embedding: TableEmbedding | undefined;
}

const PROFILE_TIMEOUT_MILLISECONDS = 120_000;

/** Composes domains that are open with `ask` into one supergraph, and starts to sample what is new of them. */
export async function openEdition(options: EditionOptions): Promise<Edition> {
  const { domains, previous, ask, config, report } = options;
  const subgraphs = domains.map(({ subgraph }) => subgraph);
  checkOpenDomains(subgraphs, config.host, report);
  const own = await buildAskSubgraph(ask);
  const supergraph = await openSupergraph(subgraphs, own, config, options.audit);
  const accessOf = makeAccessOf(subgraphs);
  const namedAccessOf = makeNamedAccessOf(subgraphs, accessOf);
  const seeKnowledge = makeVisibleKnowledge(subgraphs);
  const nameKnowledge = makeVisibleKnowledge(subgraphs);
  const common = [own.sdl];
  const visible = makeVisibleSupergraphs({ supergraph, subgraphs, common, accessOf });
  const doors = makeDoors(subgraphs, supergraph, visible);
  const profiles = profileEach(subgraphs, doors, previous?.profiles, options);
  const knowledge = learn(subgraphs, profiles, options.embedding);
  const ended = new AbortController();
  // Whoever asks first sees its failure; until then it must not end the process.
  const embedded = knowledge.then((known) => embed(known, subgraphs, ended.signal, options)).catch(() => {});
  return {
    domains,
    supergraph,
    askSchema: own.schema,
    doors,
    accessOf,
    visible,
    namedSchemaOf: makeNamedSchemas({ schema: supergraph.schema, subgraphs, common, namedAccessOf }),
    knowledge,
    knowledgeOf: async (caller) => {
      const seen = accessOf(caller);
      return seeKnowledge(await knowledge, seen, seen);
    },
    namedKnowledgeOf: async (caller) => {
      const named = namedAccessOf(caller);
      return named && nameKnowledge(await knowledge, named, accessOf(caller));
    },
    profiles,
    async close(successor) {
      ended.abort();
      await embedded;
      await supergraph.close();
      const kept = new Set(successor?.domains.map(({ subgraph }) => subgraph));
      const others = subgraphs.filter((subgraph) => !kept.has(subgraph));
      await Promise.all(others.map((subgraph) => subgraph.close()));
    },
  };
}

function makeDoors(
  subgraphs: readonly OpenSubgraph[],
  supergraph: Supergraph,
  visible: Edition['visible'],
): Doors {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    graphql: (query, variables, context) =>
      supergraph.execute({ document: parse(query), variables, context }),
    sql: (domain, text, rowLimit, context) => runSqlDoor(byName.get(domain), domain, text, rowLimit, context),
    explain: (domain, text, rowLimit, context) =>
      explainSqlDoor(byName.get(domain), domain, text, rowLimit, context),
    inspect: (domain, text, context) => inspectSql(byName.get(domain), domain, text, context),
    rowsToModel: (domain, { caller }) => byName.get(domain)?.permissions.accessOf(caller).rowsToModel,
    schema: ({ caller }) => visible(caller).schema,
  };
}

/** Samples one domain after another, so that sampling leaves room for those who ask. */
function profileEach(
  subgraphs: readonly OpenSubgraph[],
  doors: Doors,
  known: ReadonlyMap<OpenSubgraph, Promise<Profile>> | undefined,
  { report, now }: EditionOptions,
): Map<OpenSubgraph, Promise<Profile>> {
  const profiles = new Map<OpenSubgraph, Promise<Profile>>();
  let before: Promise<unknown> = Promise.resolve();
  for (const subgraph of subgraphs) {
    const profile =
      known?.get(subgraph) ??
      before.then(() => {
        const signal = AbortSignal.timeout(PROFILE_TIMEOUT_MILLISECONDS);
        // One listener for each column that is sampled at the same time.
        setMaxListeners(0, signal);
        const context: RequestContext = {
          requestId: 'profile',
          caller: SAMPLER,
          signal,
          asOf: now(),
          isSampling: true,
        };
        const run = (query: string) => doors.graphql(query, undefined, context);
        return profileDomains([makeDomain(subgraph)], run, report);
      });
    profiles.set(subgraph, profile);
    before = profile.catch(() => {});
  }
  return profiles;
}

/** Takes one domain after another as it is sampled, and lets those who ask in between. */
async function learn(
  subgraphs: readonly OpenSubgraph[],
  profiles: ReadonlyMap<OpenSubgraph, Promise<Profile>>,
  embedding: TableEmbedding | undefined,
): Promise<Knowledge> {
  const indexer = new CatalogIndexer();
  const byName = new Map<string, Profile>();
  for (const subgraph of subgraphs) {
    const profile = await profiles.get(subgraph)!;
    byName.set(subgraph.name, profile);
    indexer.add(makeDomain(subgraph), profile);
    await setImmediate();
  }
  const index = indexer.finish();
  const profile: Profile = {
    tableFacts: (domain, table) => byName.get(domain)?.tableFacts(domain, table),
    columnFacts: (domain, table, column) => byName.get(domain)?.columnFacts(domain, table, column),
  };
  const meanings = embedding && new TableMeanings(index.tableElements.length);
  return knowledgeOf(index, profile, meanings);
}

async function embed(
  knowledge: Knowledge,
  subgraphs: readonly OpenSubgraph[],
  signal: AbortSignal,
  { embedding, report, now }: EditionOptions,
): Promise<void> {
  if (embedding !== undefined) await embedTables(knowledge, { ...embedding, subgraphs, report, signal, now });
}
