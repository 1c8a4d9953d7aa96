import type { QueryPlan } from '@graphql-hive/router-query-planner';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { AskgraphError } from '../../schema/errors.js';
import { continuingPlanner } from './planning/continue-plan.js';
import { narrowPlan } from './planning/narrow-plan.js';
import { fetchesOf } from './planning/plan-nodes.js';
import { openPlannerProcess, PlannerFailure } from './planning/planner-process.js';
import type { QueryPlanner } from './planning/query-planner.js';
import { withoutRequiredArguments } from './planning/required-arguments.js';
import { type WidenedSupergraph, widenAbstractTypes } from './planning/widen-abstract-types.js';
import { orderSubgraphs } from './subgraph-order.js';

const SUPPORTED = 'macOS and Linux with glibc, on x64 and arm64';

/**
 * Loads the query planner, a native addon in a process of its own, with what makes up for its faults.
 * Throws PLATFORM_UNSUPPORTED where there is no binary of it, and COMPOSITION_FAILED where the supergraph is not one.
 */
export async function loadQueryPlanner(supergraph: DocumentNode): Promise<QueryPlanner> {
  const { document, restore } = withoutRequiredArguments(supergraph);
  const load = (part: DocumentNode) => openPlanner(part, restore);
  const widened = widenAbstractTypes(document);
  const planner =
    widened === undefined ? await load(document) : await wideningPlanner(document, widened, load);
  return continuingPlanner(planner, document, load);
}

/** How many operations over which the planner has ended are remembered, so that they do not end it again. */
const REMEMBERED_LOSSES = 1_000;

/** A planner for one supergraph, as it comes. */
async function openPlanner(
  supergraph: DocumentNode,
  restore: (plan: QueryPlan) => void,
): Promise<QueryPlanner> {
  const { sdl, nameOf } = orderSubgraphs(supergraph);
  const planner = await openPlannerProcess(sdl).catch((cause: unknown) => {
    throw openingFailed(cause);
  });
  const lost = new LRUCache<string, PlannerFailure>({ max: REMEMBERED_LOSSES });
  return {
    async plan(source, overrides) {
      const question = `${overrides.key}\n${source}`;
      try {
        const known = lost.get(question);
        if (known !== undefined) throw known;
        const plan = await planner.plan(source, overrides);
        checkOperations(plan);
        for (const fetch of fetchesOf(plan.node)) fetch.serviceName = nameOf(fetch.serviceName);
        restore(plan);
        return plan;
      } catch (cause) {
        if (cause instanceof PlannerFailure && cause.kind === 'lost') lost.set(question, cause);
        throw new AskgraphError('PLAN_FAILED', 'No query plan could be made for this operation.', { cause });
      }
    },
    close: () => planner.close(),
  };
}

/** The planner may write a fragment without anything in it, for what it has left out: such a plan is none. */
function checkOperations(plan: QueryPlan): void {
  try {
    for (const { operation } of fetchesOf(plan.node)) parse(operation, { noLocation: true });
  } catch {
    throw new PlannerFailure('The planner has written an operation that is not one.', 'lost');
  }
}

function openingFailed(cause: unknown): AskgraphError {
  if (cause instanceof PlannerFailure && cause.kind === 'absent') {
    // The addon's own message speaks of a missing optional dependency, whatever the reason.
    return new AskgraphError(
      'PLATFORM_UNSUPPORTED',
      `The query planner has no binary for ${process.platform} on ${process.arch}. It runs on ${SUPPORTED}.`,
      { cause },
    );
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AskgraphError(
    'COMPOSITION_FAILED',
    `The supergraph SDL cannot be read by the query planner: ${reason}`,
    { cause },
  );
}

/** Plans with the widened supergraph, and with the supergraph as it is what cannot be planned so. */
async function wideningPlanner(
  supergraph: DocumentNode,
  widened: WidenedSupergraph,
  load: (document: DocumentNode) => Promise<QueryPlanner>,
): Promise<QueryPlanner> {
  const schema: GraphQLSchema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  const wide = await load(widened.document);
  const narrow = await load(supergraph);
  return {
    async plan(source, overrides) {
      const plan = await wide.plan(source, overrides).catch(() => undefined);
      if (plan === undefined) return narrow.plan(source, overrides);
      narrowPlan(plan.node, widened, schema);
      return plan;
    },
    close() {
      wide.close();
      narrow.close();
    },
  };
}
