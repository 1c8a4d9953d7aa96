import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { ApiKeys } from '../prisma/api-keys.js';
import type { Sessions } from '../prisma/sessions.js';
import { asAskgraphError } from '../schema/errors.js';
import type { AuditTrail } from '../subgraphs/audit/audit-trail.js';
import { runStatement } from '../subgraphs/audit/run-statement.js';
import { combineInSandbox } from '../subgraphs/connectors/sandbox.js';
import type { LoadedDefinition } from '../subgraphs/list.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { RequestContext } from '../subgraphs/request-context.js';
import { warmSqlDoor } from '../subgraphs/sql-door.js';
import { openWriter, readPrices } from './answer-models.js';
import { makeAskService } from './ask/make-ask-service.js';
import type { AskService } from './ask/schema/ask-service.js';
import { auditQuestions } from './audit/audit-questions.js';
import { withheldAnswers } from './audit/policy-events.js';
import { makeCallModel } from './call-model.js';
import type { AccessOf } from './caller-access.js';
import type { Config } from './config.js';
import { type Edition, openEdition, type ServedDomain } from './edition/edition.js';
import { type Editions, makeEditions } from './edition/editions.js';
import { makeRefresh, type Refreshed, type Report } from './edition/refresh.js';
import type { Knowledge } from './knowledge/knowledge.js';
import type { CallerLimits } from './limits/caller-limits.js';
import { openEmbedding } from './model/open-embedding.js';
import { openOne } from './open-domains.js';
import { closeSources, openSources } from './open-sources.js';
import { openPlanner } from './planner/open-planner.js';
import { startSubscription } from './subscriptions/start-subscription.js';
import type { Subscribe } from './subscriptions/subscriptions.js';
import type { Supergraph } from './supergraph/supergraph.js';

/** The gateway with everything behind it, without a port. */
export interface Gateway {
  /** The supergraph of the current edition, whichever that is. */
  readonly supergraph: Supergraph;
  readonly ask: AskService;
  /** What is known of the domains, once they have been sampled. */
  knowledge(): Promise<Knowledge>;
  readonly subgraphs: readonly OpenSubgraph[];
  readonly accessOf: AccessOf;
  /** The supergraph as a caller sees it: the same one for the same rights. */
  readonly visible: (context: RequestContext) => Supergraph;
  /** With the names that a caller is told are not permitted; undefined where there are none. */
  readonly namedSchema: (context: RequestContext) => GraphQLSchema | undefined;
  /** Starts a subscription that has been let through. */
  readonly subscribe: Subscribe;
  readonly apiKeys: ApiKeys;
  readonly sessions: Sessions;
  /** Carries out a request with what is served when it begins, which stays open until it has ended. */
  run<Result>(requestId: string, work: () => Promise<Result>): Promise<Result>;
  /** Looks for changes of the domains' catalogs and data, and serves them. */
  refresh(): Promise<Refreshed>;
  /** Loads ahead what the first question would otherwise wait for. */
  warm(): Promise<void>;
  /** What one caller may take. */
  readonly limits: CallerLimits;
  readonly audit: AuditTrail;
  /** Throws what keeps the gateway from answering. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly config: Config;
  readonly definitions: readonly LoadedDefinition[];
  /** How the domains are found again for a refresh; without it they stay as they are. */
  readonly list?: (report: Report) => Promise<readonly LoadedDefinition[]>;
  readonly report: (message: string) => void;
  /** Told of what goes wrong beside the requests: the audit trail, Redis, retention. */
  readonly warn: (message: string, error?: unknown) => void;
}

/** Opens every domain, composes them with `ask` into one supergraph, and starts to sample what they hold. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, definitions, list, report, warn } = options;
  const priceOf = readPrices(config.models);
  // `ask` is a subgraph of the supergraph that it asks: what it needs of it is looked up when it is asked.
  let editions: Editions | undefined;
  const currentAccess = () => editions?.current().accessOf;
  const sources = await openSources({ definitions, config, report, warn, currentAccess });
  const { store, audit, limits } = sources;

  const callModel = makeCallModel({ trail: audit.trail, budget: limits.callers.budget, priceOf });
  const embeddingModel = openEmbedding(config.models);
  const embedding = embeddingModel && {
    model: embeddingModel,
    callModel,
    folder: join(config.home, 'embeddings'),
    variant: String(config.models.ASKGRAPH_EMBEDDING_DIMENSIONS ?? ''),
  };
  const editionOf = (requestId: string): Edition => editions!.of(requestId);
  const asking = makeAskService({
    knowledge: ({ requestId, caller }) => editionOf(requestId).knowledgeOf(caller),
    namedKnowledge: ({ requestId, caller }) => editionOf(requestId).namedKnowledgeOf(caller),
    policyDigestOf: (caller) => editions!.current().accessOf(caller).digest,
    planner: openPlanner(config.models, embeddingModel, warn),
    writer: openWriter(config.models),
    doors: {
      graphql: (query, variables, context) =>
        editionOf(context.requestId).doors.graphql(query, variables, context),
      sql: (domain, text, rowLimit, context) =>
        editionOf(context.requestId).doors.sql(domain, text, rowLimit, context),
      explain: (domain, text, rowLimit, context) =>
        editionOf(context.requestId).doors.explain(domain, text, rowLimit, context),
      inspect: (domain, text, context) => editionOf(context.requestId).doors.inspect(domain, text, context),
      rowsToModel: (domain, context) => editionOf(context.requestId).doors.rowsToModel(domain, context),
      schema: (context) => editionOf(context.requestId).visible(context.caller).schema,
    },
    callModel,
    combine: ({ sql, tables, rowLimit, context }) =>
      combineInSandbox({
        sql,
        tables,
        limits: { rowLimit, signal: context.signal },
        run: (statement, connector) => runStatement(statement, { connector, audit: audit.trail }, context),
      }),
    store,
    now: () => new Date(),
    newId: randomUUID,
    priceOf,
    onWithheld: (answerIds, context) => audit.trail.note(withheldAnswers(answerIds, context)),
    stewardRole: config.stewardRole,
  });
  const audited = auditQuestions(asking, audit.trail);
  const ask: AskService = {
    ...audited,
    async ask(input, context, tell) {
      try {
        return await editions!.run(context.requestId, () => audited.ask(input, context, tell));
      } catch (error) {
        // Whoever follows a question is told its fault as an event, which no server logs.
        const fault = asAskgraphError(error, 'INTERNAL', 'The question failed.');
        if (tell !== undefined && fault.status >= 500)
          warn(`A question that was followed failed (request ${context.requestId}).`, fault);
        throw error;
      }
    },
  };
  const open = (domains: readonly ServedDomain[], previous: Edition | undefined) =>
    openEdition({
      domains,
      previous,
      ask,
      config,
      audit: audit.trail,
      report,
      now: () => new Date(),
      embedding,
    });
  const first = await open(servedOf(definitions, sources.subgraphs), undefined).catch(
    async (error: unknown) => {
      await closeSources(sources);
      throw error;
    },
  );
  editions = makeEditions(first);
  const { current, run, replace, close } = editions;

  const refresh = makeRefresh({
    current,
    list: list ?? (async () => definitions),
    open: (loaded, tell) => openOne(loaded, config, tell, audit.trail),
    async serve(domains) {
      const next = await open(domains, current());
      await next.knowledge;
      replace(next);
    },
    breakingChanges: config.breakingChanges,
    report,
  });
  let refreshing: Promise<unknown> = Promise.resolve();
  const subgraphs = () => current().domains.map(({ subgraph }) => subgraph);
  return {
    get supergraph() {
      return current().supergraph;
    },
    ask,
    knowledge: () => current().knowledge,
    accessOf: (caller) => current().accessOf(caller),
    subscribe: (subscription, context) =>
      startSubscription(editionOf(context.requestId).askSchema, subscription, context),
    visible: ({ requestId, caller }) => editionOf(requestId).visible(caller),
    namedSchema: ({ requestId, caller }) => editionOf(requestId).namedSchemaOf(caller),
    get subgraphs() {
      return subgraphs();
    },
    limits: limits.callers,
    audit: audit.trail,
    apiKeys: store.apiKeys,
    sessions: store.sessions,
    run,
    refresh() {
      const refreshed = refresh();
      refreshing = refreshed;
      return refreshed;
    },
    async warm() {
      await Promise.all([current().knowledge, store.checkHealth(), warmSqlDoor(subgraphs())]);
    },
    async checkHealth() {
      audit.checkHealth();
      await Promise.all([
        store.checkHealth(),
        ...subgraphs().map((subgraph) => subgraph.checkHealth()),
        current().knowledge,
      ]);
    },
    async close() {
      await refreshing;
      // The editions close the subgraphs, the last as the first.
      await close();
      await closeSources({ ...sources, subgraphs: [] });
    },
  };
}

function servedOf(
  definitions: readonly LoadedDefinition[],
  subgraphs: readonly OpenSubgraph[],
): ServedDomain[] {
  const versions = new Map(definitions.map(({ definition, version }) => [definition.name, version]));
  return subgraphs.map((subgraph) => ({ subgraph, version: versions.get(subgraph.name) }));
}
