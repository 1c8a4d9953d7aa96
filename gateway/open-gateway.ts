import { randomUUID } from 'node:crypto';
import { parse } from 'graphql';
import { combineInSandbox } from '../subgraphs/connectors/sandbox.js';
import type { LoadedDefinition } from '../subgraphs/list.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import { encodeRequestHeaders } from '../subgraphs/request-headers.js';
import { runSqlDoor, warmSqlDoor } from '../subgraphs/sql-door.js';
import { makeAskService } from './ask/make-ask-service.js';
import type { Doors } from './ask/run.js';
import type { AskService } from './ask/schema/ask-service.js';
import { buildAskSubgraph } from './ask/schema/schema.js';
import type { Config } from './config.js';
import { ANONYMOUS } from './context.js';
import { type Knowledge, makeKnowledge } from './knowledge/knowledge.js';
import { makeDomain } from './knowledge/make-domains.js';
import { profileDomains } from './knowledge/profile.js';
import { closeSources, openSources } from './open-sources.js';
import { embeddedPlanner } from './planner/embedded/embedded-planner.js';
import { composeSupergraph } from './supergraph/compose.js';
import { httpTransport } from './supergraph/http.js';
import { localTransport } from './supergraph/local.js';
import { assertEntitiesHaveOneOwner } from './supergraph/shared-entities.js';
import { createSupergraph, type Supergraph } from './supergraph/supergraph.js';
import type { Transport } from './supergraph/transport.js';

/** The gateway with everything behind it, without a port. */
export interface Gateway {
  readonly supergraph: Supergraph;
  readonly ask: AskService;
  /** What is known of the domains, once they have been sampled. */
  knowledge(): Promise<Knowledge>;
  readonly subgraphs: readonly OpenSubgraph[];
  /** Loads ahead what the first question would otherwise wait for. */
  warm(): Promise<void>;
  /** Throws what keeps the gateway from answering. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly config: Config;
  readonly definitions: readonly LoadedDefinition[];
  readonly report: (message: string) => void;
}

const PARSED_DOCUMENTS = 2_000;
const PREPARED_OPERATIONS = 1_000;
const PROFILE_TIMEOUT_MILLISECONDS = 120_000;
const MAXIMUM_RESPONSE_BYTES = 100_000_000;
const ASK_SUBGRAPH = 'askgraph';

/** Opens every domain, composes them with `ask` into one supergraph, and starts to sample what they hold. */
export async function openGateway({ config, definitions, report }: GatewayOptions): Promise<Gateway> {
  const sources = await openSources(definitions, config, report);
  const { subgraphs, store } = sources;

  // `ask` is a subgraph of the supergraph that it asks: what it needs of it is looked up when it is asked.
  let supergraph: Supergraph | undefined;
  const doors = makeDoors(subgraphs, () => supergraph!);
  let knowledge: Promise<Knowledge> | undefined;
  const ask = makeAskService({
    knowledge: () => knowledge!,
    planner: embeddedPlanner,
    doors,
    combine: ({ sql, tables, rowLimit, signal }) =>
      combineInSandbox({ sql, tables, limits: { rowLimit, signal } }),
    store,
    now: () => new Date(),
    newId: randomUUID,
  });
  supergraph = await openSupergraph(subgraphs, ask, config).catch(async (error: unknown) => {
    await closeSources(sources);
    throw error;
  });
  knowledge = learn(subgraphs, doors, report);
  // Whoever asks first sees its failure; until then it must not end the process.
  knowledge.catch(() => {});

  return {
    supergraph,
    ask,
    knowledge: () => knowledge,
    subgraphs,
    async warm() {
      await Promise.all([knowledge, store.checkHealth(), warmSqlDoor(subgraphs)]);
    },
    async checkHealth() {
      await Promise.all([
        store.checkHealth(),
        ...subgraphs.map((subgraph) => subgraph.checkHealth()),
        knowledge,
      ]);
    },
    async close() {
      await knowledge.catch(() => {});
      await supergraph.close();
      await closeSources(sources);
    },
  };
}

async function openSupergraph(
  subgraphs: readonly OpenSubgraph[],
  ask: AskService,
  config: Config,
): Promise<Supergraph> {
  const own = await buildAskSubgraph(ask);
  const sources = subgraphs.map(({ name, sdl }) => ({
    name,
    sdl,
    url: config.remoteSubgraphs.get(name) ?? `local:${name}`,
  }));
  assertEntitiesHaveOneOwner(sources);
  const sdl = await composeSupergraph([
    ...sources,
    { name: ASK_SUBGRAPH, sdl: own.sdl, url: `local:${ASK_SUBGRAPH}` },
  ]);
  const transports = new Map<string, Transport>();
  const local = (schema: OpenSubgraph['schema']) =>
    localTransport({ schema, parsedDocuments: PARSED_DOCUMENTS });
  for (const { name, schema } of subgraphs)
    transports.set(name, remoteTransport(name, config) ?? local(schema));
  transports.set(ASK_SUBGRAPH, local(own.schema));
  return createSupergraph({ sdl, transports, preparedOperations: PREPARED_OPERATIONS });
}

function remoteTransport(name: string, config: Config): Transport | undefined {
  const url = config.remoteSubgraphs.get(name);
  return url === undefined
    ? undefined
    : httpTransport({
        subgraph: name,
        url,
        timeoutMilliseconds: config.subgraphTimeoutMilliseconds,
        maximumResponseBytes: MAXIMUM_RESPONSE_BYTES,
        headers: encodeRequestHeaders,
      });
}

function makeDoors(subgraphs: readonly OpenSubgraph[], supergraph: () => Supergraph): Doors {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    graphql: (query, variables, context) =>
      supergraph().execute({ document: parse(query), variables, context }),
    sql: (domain, text, rowLimit, context) =>
      runSqlDoor(byName.get(domain), domain, text, { rowLimit, signal: context.signal }),
  };
}

async function learn(
  subgraphs: readonly OpenSubgraph[],
  doors: Doors,
  report: (message: string) => void,
): Promise<Knowledge> {
  const domains = subgraphs.map(makeDomain);
  const signal = AbortSignal.timeout(PROFILE_TIMEOUT_MILLISECONDS);
  const context = { requestId: 'profile', caller: ANONYMOUS, signal, asOf: new Date() };
  const profile = await profileDomains(domains, (query) => doors.graphql(query, undefined, context), report);
  return makeKnowledge(domains, profile);
}
