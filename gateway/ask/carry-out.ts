import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Asker, FailedPlan, Planned, PlannedPlan, Planner, PlanRequest } from '../planner/planner.js';
import { arrivedRows } from './arrived-rows.js';
import type { Tell } from './ask-event.js';
import { type Combine, type Combined, combine } from './combine.js';
import { dryRun } from './dry-run.js';
import { isMendable } from './mendable.js';
import { missedValues } from './missed-values.js';
import { type Doors, run, type StepRun } from './run.js';
import type { AskInput } from './schema/ask-service.js';
import { type CombiningProgress, combiningStepOf, type StepProgress, stepOf } from './steps.js';
import { tellCuts } from './tell-cuts.js';

export interface CarryOutDependencies {
  readonly planner: Planner;
  readonly doors: Doors;
  readonly combine: Combine;
  readonly knowledge: Knowledge;
  readonly asker: Asker;
  readonly tell: Tell;
}

/** One plan with what became of it. */
export interface Attempt {
  readonly plan: PlannedPlan;
  readonly runs: readonly StepRun[];
  readonly combined: Combined;
  /** What kept the combining step from its result. */
  readonly error?: AskgraphError;
  /** Its engines were asked to plan it, and it was not run. */
  readonly isDry?: true;
}

export interface CarriedOut {
  /** In their order; the last one counts. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** Where the planner, told what failed, had something else to say than another plan. */
  readonly instead?: Exclude<Planned, { kind: 'plan' }>;
}

/** The typed API's own bound on `limit`, and what a combining step is given at most. */
export const MOST_ROWS = 10_000;
const MOST_REPAIRS = 2;
const NOTHING: Combined = { result: null, step: null, milliseconds: null };
/**
 * Runs a plan, and lets its planner mend it, at most twice, where it is one that can and the fault is the plan's. While
 * it still can, the engines plan all of it before any of it runs.
 */
export async function carryOut(
  plan: PlannedPlan,
  request: PlanRequest,
  input: AskInput,
  context: RequestContext,
  dependencies: CarryOutDependencies,
): Promise<CarriedOut> {
  const { planner, knowledge, asker } = dependencies;
  const failed: FailedPlan[] = [];
  const mayMend = (next: PlannedPlan) =>
    planner.revise !== undefined && canBeMended(next) && failed.length < MOST_REPAIRS;
  const attempt = async (next: PlannedPlan): Promise<Attempt> => {
    const under = stage(next, failed.length + 1, input, context, dependencies);
    return (mayMend(next) ? await under.planAhead() : undefined) ?? under.run();
  };
  let last = await attempt(plan);
  const earlier: Attempt[] = [];
  const attempts = (): CarriedOut['attempts'] => {
    const [first = last, ...others] = [...earlier, last];
    return [first, ...others];
  };
  while (planner.revise !== undefined && mayMend(last.plan)) {
    const problems = problemsOf(last, knowledge);
    if (problems.length === 0) break;
    failed.push({ plan: last.plan, problems });
    const next = await planner.revise(request, asker, failed).catch((error: unknown) => {
      // What has been found stands where the model gives out; a plan that failed says why itself.
      if (error instanceof AskgraphError && error.code.startsWith('MODEL_')) return undefined;
      throw error;
    });
    if (next === undefined) {
      // Part of an answer may still be found by the steps that nothing is wrong with.
      if (last.isDry) last = await stage(last.plan, failed.length, input, context, dependencies).run();
      break;
    }
    if (next.kind !== 'plan') return { attempts: attempts(), instead: next };
    earlier.push(last);
    last = await attempt(next);
  }
  return { attempts: attempts() };
}

/** By whoever said it; one that was made before is made anew. */
function canBeMended({ reply, recalled }: PlannedPlan): boolean {
  return reply !== undefined || recalled !== undefined;
}

/** One attempt at a plan, told step by step as it comes along. */
function stage(
  plan: PlannedPlan,
  attempt: number,
  input: AskInput,
  context: RequestContext,
  { doors, combine: runCombine, knowledge: { domains }, tell }: CarryOutDependencies,
) {
  const place = { attempt, domains, requestId: context.requestId };
  const isWorkedOn = plan.combine !== undefined || plan.steps.length > 1;
  const watch = (progress: StepProgress) => {
    tell({ kind: 'StepChanged', step: stepOf(progress, place) });
    // Of a step that is the whole plan, the answer's own table is told.
    if (isWorkedOn && progress.status === 'succeeded')
      tell({ kind: 'RowsArrived', ...arrivedRows(progress, plan, input.maxRows, domains) });
  };
  const watchCombining = (progress: CombiningProgress) => {
    for (const step of combiningStepOf(plan, progress, place)) tell({ kind: 'StepChanged', step });
  };
  const rowLimit = plan.combine === undefined ? input.maxRows : MOST_ROWS;

  return {
    /** Undefined where the engines can plan it, as far as they are asked. */
    async planAhead(): Promise<Attempt | undefined> {
      const runs = await dryRun(plan, rowLimit, doors, context);
      if (runs === undefined) return undefined;
      for (const end of runs) watch(end);
      watchCombining({ combined: NOTHING });
      return { plan, runs, combined: NOTHING, isDry: true };
    },
    async run(): Promise<Attempt> {
      const dialects = new Map(domains.map(({ name, dialect }) => [name, dialect]));
      for (const step of plan.steps) watch({ step, status: 'pending', milliseconds: null });
      watchCombining('pending');
      const runs = tellCuts(await run(plan, rowLimit, { doors, dialects, watch }, context), domains);
      watchCombining('running');
      const end = await combine(plan, runs, input.maxRows, runCombine, context).then(
        (combined) => ({ combined }),
        (thrown: unknown) => ({
          combined: NOTHING,
          error: asAskgraphError(thrown, 'INTERNAL', 'The results of the steps could not be combined.'),
        }),
      );
      watchCombining(end);
      return { plan, runs, ...end };
    },
  };
}

/** What a planner can be told of an attempt: our own words, never an engine's. */
function problemsOf({ plan, runs, combined, error }: Attempt, knowledge: Knowledge): string[] {
  const problems = runs.flatMap((step) =>
    step.status === 'failed' && isMendable(step.error)
      ? [`The step ${step.step.name} failed: ${step.error.code}: ${step.error.message}`]
      : [],
  );
  if (error !== undefined && isMendable(error))
    problems.push(`The combining step failed: ${error.code}: ${error.message}`);
  // Of a plan that was made before, it is known that no better one was found.
  const isNew = plan.recalled === undefined;
  if (isNew && problems.length === 0 && error === undefined && combined.result?.rows.length === 0)
    problems.push(...missedValues(plan, knowledge));
  return problems;
}
