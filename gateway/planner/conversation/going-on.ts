import { AskgraphError } from '../../../schema/errors.js';
import { retrieve } from '../../knowledge/knowledge.js';
import type { Asker, EarlierTurn, Plan, Planned, Planner, PlanRequest } from '../planner.js';
import { literalsOf } from '../plans/map-plan-literals.js';
import { readFragment } from './fragment.js';
import { goesOn } from './goes-on.js';
import { wholeQuestion } from './whole-question.js';

/**
 * A planner that reads whole questions, for those too that go on from an earlier one: the earlier question is asked
 * again with a value, a period or a grouping changed, so that all that guards the reading of a question guards this.
 * What changes more than that, or leads to other tables, is left to the planner as it stands.
 */
export function goingOn(planner: Planner): Planner {
  return {
    ...planner,
    async plan(request, asker) {
      const earlier = request.earlier?.at(-1);
      if (earlier === undefined || !goesOn(request.question)) return planner.plan(request, asker);
      return (await goOn(planner, request, asker, earlier)) ?? planner.plan(request, asker);
    },
  };
}

async function goOn(
  planner: Planner,
  request: PlanRequest,
  asker: Asker,
  earlier: EarlierTurn,
): Promise<Planned | undefined> {
  const { knowledge } = request.candidates;
  const fragment = readFragment(request.question);
  if (fragment === undefined) return undefined;
  const literals = await textsIn(earlier.plan, request);
  const question = literals && wholeQuestion(fragment, earlier, literals, knowledge.profile);
  if (question === undefined) return undefined;
  const domains = earlier.plan.steps.map(({ domain }) => domain);
  if (domains.some((name) => request.domains?.includes(name) === false)) return undefined;
  const candidates = retrieve(question, knowledge, domains);
  const { earlier: _, ...rest } = request;
  const outcome = await planner.plan({ ...rest, question, candidates }, asker);
  return outcome.kind === 'plan' && staysWith(outcome, earlier.plan) ? { ...outcome, question } : undefined;
}

/** Undefined where the earlier plan cannot be read. */
async function textsIn(plan: Plan, { candidates }: PlanRequest): Promise<string[] | undefined> {
  const dialects = new Map(candidates.knowledge.domains.map(({ name, dialect }) => [name, dialect]));
  try {
    const literals = await literalsOf(plan, dialects);
    return literals.filter(({ kind }) => kind === 'text').map(({ value }) => value);
  } catch (error) {
    if (error instanceof AskgraphError) return undefined;
    throw error;
  }
}

/** Whether a plan reads the table that an earlier one was about. */
function staysWith(plan: Plan, { sources: [about] }: Plan): boolean {
  return (
    about === undefined ||
    plan.sources.some(({ domain, table }) => domain === about.domain && table === about.table)
  );
}
