import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { dayInZone } from '../../schema/day-in-zone.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { goesOn } from '../planner/conversation/goes-on.js';
import type { PlannedPlan, PlanRequest } from '../planner/planner.js';
import { normalQuestion } from '../planner/plans/normal-question.js';
import { bare } from '../planner/plans/read-plan.js';
import { type Blanked, putInSampled, takeOutSampled } from './sampled-literals.js';

/**
 * Plans by what they depend on: the question, what the asker may see, the catalog and its samples, the day, and what
 * was asked before. An entry holds no rows and no value that was sampled. It is bounded: least recently used ones go.
 */
export interface PlanCache {
  find(request: PlanRequest, policyDigest: string): Promise<PlannedPlan | undefined>;
  /** Keeps a plan that has been carried out well. */
  keep(request: PlanRequest, policyDigest: string, plan: PlannedPlan): Promise<void>;
}

const MOST_PLANS = 2_000;

interface Entry extends Blanked {
  readonly by: Pick<PlannedPlan, 'model'>;
}

export function makePlanCache(): PlanCache {
  const entries = new LRUCache<string, Entry>({ max: MOST_PLANS });
  const versions = new WeakMap<Knowledge, number>();
  let newest = 0;

  /** What is known is made anew with every catalog, and with every sample of its values. */
  function versionOf(knowledge: Knowledge): number {
    const version = versions.get(knowledge) ?? ++newest;
    versions.set(knowledge, version);
    return version;
  }

  function keyOf(request: PlanRequest, policyDigest: string, earlier: PlanRequest['earlier']): string {
    const { question, asOf, timeZone, maxRows, domains, candidates } = request;
    const day = dayInZone(asOf, timeZone);
    const turns = earlier?.map((turn) => [turn.question, turn.plan.steps.map(({ query }) => query)]);
    const parts = [
      normalQuestion(question),
      policyDigest,
      versionOf(candidates.knowledge),
      day,
      timeZone,
      maxRows,
      domains?.toSorted(),
      turns,
    ];
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  }

  return {
    async find(request, policyDigest) {
      const { earlier, question, candidates } = request;
      // A question that stands on its own is the same in every conversation.
      const alone =
        earlier === undefined || goesOn(question)
          ? undefined
          : entries.get(keyOf(request, policyDigest, undefined));
      const entry = alone ?? entries.get(keyOf(request, policyDigest, earlier));
      if (entry === undefined) return undefined;
      const plan = await putInSampled(entry, candidates.knowledge.profile, dialectsOf(candidates.knowledge));
      return plan && { ...plan, ...entry.by, recalled: 'cached' };
    },
    async keep(request, policyDigest, plan) {
      const { model } = plan;
      const { knowledge } = request.candidates;
      try {
        const blanked = await takeOutSampled(
          bare(plan),
          request.question,
          knowledge.profile,
          dialectsOf(knowledge),
        );
        entries.set(keyOf(request, policyDigest, request.earlier), {
          ...blanked,
          by: model === undefined ? {} : { model },
        });
      } catch (error) {
        // A query whose values cannot be told apart is planned again.
        if (!(error instanceof AskgraphError)) throw error;
      }
    },
  };
}

function dialectsOf({ domains }: Knowledge) {
  return new Map(domains.map(({ name, dialect }) => [name, dialect]));
}
