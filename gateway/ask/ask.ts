import { unknownName } from '../../schema/did-you-mean.js';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type Knowledge, retrieve } from '../knowledge/knowledge.js';
import type { Plan, Planner, PlanOutcome } from '../planner/planner.js';
import { answerClarify, answerNotUnderstood, answerPlan, answerRefusal } from './answer.js';
import { type Combine, combine } from './combine.js';
import { type Doors, run } from './run.js';
import type { AskInput } from './schema/ask-service.js';

export interface AskDependencies {
  /** What is known of the domains now; read afresh for every question. */
  readonly knowledge: () => Promise<Knowledge>;
  readonly planner: Planner;
  readonly doors: Doors;
  readonly combine: Combine;
}

/** The typed API's own bound on `limit`, and what a combining step is given at most. */
const MOST_ROWS = 10_000;

/** The pipeline: from a question to what an answer tells. */
export async function ask(
  input: AskInput,
  context: RequestContext,
  dependencies: AskDependencies,
): Promise<ReturnType<typeof answerPlan>> {
  const knowledge = await dependencies.knowledge();
  checkDomains(input.domains, knowledge);

  const candidates = retrieve(input.question, knowledge, input.domains);
  const outcome = await dependencies.planner.plan({
    question: input.question,
    asOf: input.asOf ?? context.asOf,
    timeZone: input.timeZone,
    // One row more than is shown tells whether there are more.
    maxRows: Math.min(input.maxRows + 1, MOST_ROWS),
    candidates,
  });

  const plan = choose(outcome, input.choiceId);
  switch (plan.kind) {
    case 'clarify':
      return answerClarify(plan);
    case 'notUnderstood':
      return answerNotUnderstood(plan, knowledge.domains);
    case 'refuse':
      return answerRefusal(plan.reason);
    case 'plan':
      return carryOut(plan, input, context, knowledge, dependencies);
  }
}

async function carryOut(
  plan: Plan,
  input: AskInput,
  context: RequestContext,
  knowledge: Knowledge,
  dependencies: AskDependencies,
) {
  const asOf = { ...context, asOf: input.asOf ?? context.asOf };
  const runs = await run(
    plan,
    plan.combine === undefined ? input.maxRows : MOST_ROWS,
    dependencies.doors,
    asOf,
  );
  const failed = runs.find((step) => step.status === 'failed');
  if (failed !== undefined && !runs.some((step) => step.status === 'succeeded')) throw failed.error;

  const combined = await combine(plan, runs, input.maxRows, dependencies.combine, context.signal);
  return answerPlan({
    plan,
    runs,
    combined,
    profile: knowledge.profile,
    engines: new Map(knowledge.domains.map((domain) => [domain.name, domain.engine])),
    requestId: context.requestId,
  });
}

/** A choice is found again by planning the question again: nothing of it has to be kept. */
function choose(outcome: PlanOutcome, choiceId: string | undefined): PlanOutcome {
  if (choiceId === undefined) return outcome;
  const choice = outcome.kind === 'clarify' ? outcome.choices.find(({ id }) => id === choiceId) : undefined;
  if (choice === undefined) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      'The choiceId is not one of this question’s choices. Send the same question that was to be clarified.',
    );
  }
  return choice.plan;
}

function checkDomains(domains: readonly string[] | undefined, knowledge: Knowledge): void {
  const known = knowledge.domains.map((domain) => domain.name);
  for (const name of domains ?? []) {
    if (!known.includes(name)) throw unknownName('domain', name, 'this gateway', known);
  }
}
