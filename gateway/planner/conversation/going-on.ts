import { AskgraphError } from '../../../schema/errors.js';
import { retrieve } from '../../knowledge/retrieve/retrieve.js';
import { isContent, tokenize } from '../../knowledge/text/tokenize.js';
import type { EarlierTurn, NotUnderstood, Plan, Planner, PlanRequest } from '../planner.js';
import { literalsOf } from '../plans/map-plan-literals.js';
import { type Fragment, readFragment } from './fragment.js';
import { goesOn, leansBack } from './goes-on.js';
import { wholeQuestion } from './whole-question.js';

/**
 * A planner that reads whole questions, for those too that go on from an earlier one: the earlier question is asked
 * again with a value, a period or a grouping changed, so that all that guards the reading of a question guards this.
 * What speaks of an earlier question and cannot be read with it is not read without it: that would answer another.
 */
export function goingOn(planner: Planner): Planner {
  return {
    ...planner,
    async plan(request, asker) {
      const earlier = request.earlier?.at(-1);
      if (earlier === undefined || !goesOn(request.question)) return planner.plan(request, asker);
      const fragment = readFragment(request.question);
      const whole = fragment && (await askWhole(fragment, request, earlier));
      if (whole !== undefined) {
        const outcome = await planner.plan(whole, asker);
        if (outcome.kind === 'plan' && staysWith(outcome, earlier.plan)) return withQuestion(outcome, whole);
        if (outcome.kind === 'clarify')
          return {
            ...outcome,
            choices: outcome.choices.map(({ plan, ...choice }) =>
              plan === undefined ? choice : { ...choice, plan: withQuestion(plan, whole) },
            ),
          };
      }
      return fragment !== undefined && leansBack(request.question)
        ? notRead(request.question)
        : planner.plan(request, asker);
    },
  };
}

/** The request for the whole question; undefined where it is not plain what that is. */
async function askWhole(
  fragment: Fragment,
  request: PlanRequest,
  earlier: EarlierTurn,
): Promise<PlanRequest | undefined> {
  const { knowledge } = request.candidates;
  const literals = await textsIn(earlier.plan, request);
  const question = literals && wholeQuestion(fragment, earlier, literals, knowledge);
  if (question === undefined) return undefined;
  const domains = earlier.plan.steps.map(({ domain }) => domain);
  if (domains.some((name) => request.domains?.includes(name) === false)) return undefined;
  const { earlier: _, ...rest } = request;
  return { ...rest, question, candidates: retrieve(question, knowledge, domains) };
}

function withQuestion<Made extends Plan>(plan: Made, { question }: PlanRequest): Made {
  return { ...plan, question };
}

function notRead(question: string): NotUnderstood {
  const unplaced = tokenize(question)
    .filter(isContent)
    .map(({ text }) => text);
  return { kind: 'notUnderstood', unplaced, understood: undefined };
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
