import type { AskgraphError } from '../../schema/errors.js';
import type { AskDomain } from '../knowledge/domain.js';
import type { Plan, PlanStep } from '../planner/planner.js';
import type { Fault, Step } from './answer-types.js';
import type { Attempt } from './carry-out.js';
import type { StepRun } from './run.js';

export const COMBINING_STEP = 'combined';

/** A step as it stands: what became of it, or that it has not come so far. */
export type StepProgress =
  | StepRun
  | { readonly step: PlanStep; readonly status: 'pending' | 'running'; readonly milliseconds: null };

export interface StepPlace {
  /** From 1. */
  readonly attempt: number;
  readonly domains: readonly AskDomain[];
  readonly requestId: string;
}

const STATUS = {
  pending: 'PENDING',
  running: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  skipped: 'SKIPPED',
} as const;

export function stepOf(run: StepProgress, { attempt, domains, requestId }: StepPlace): Step {
  const { name, dependsOn, domain, language, query } = run.step;
  const result = run.status === 'succeeded' ? run.result : undefined;
  return {
    name,
    dependsOn,
    domain,
    engine: domains.find((known) => known.name === domain)?.engine ?? '',
    language,
    query,
    variables: (run.step.language === 'GRAPHQL' ? run.step.variables : undefined) ?? null,
    executedSql: run.status === 'succeeded' ? run.executedSql : null,
    status: STATUS[run.status],
    attempt,
    rows: result?.rows.length ?? null,
    bytesScanned: result?.bytesScanned ?? null,
    milliseconds: run.milliseconds,
    error: run.status === 'failed' ? faultOf(run.error, domain, requestId) : null,
  };
}

/** How the combining step stands, where a plan has one: its attempt, or that it has not come so far. */
export type CombiningProgress = Pick<Attempt, 'combined' | 'error'> | 'pending' | 'running';

/** Every step of an attempt, in the order of its plan. */
export function stepsOf({ plan, runs, ...end }: Attempt, place: StepPlace): Step[] {
  return [...runs.map((run) => stepOf(run, place)), ...combiningStepOf(plan, end, place)];
}

/** None where the plan has no combining step. */
export function combiningStepOf(plan: Plan, progress: CombiningProgress, place: StepPlace): Step[] {
  if (plan.combine === undefined) return [];
  const end = typeof progress === 'string' ? undefined : progress;
  const milliseconds = end?.combined.milliseconds ?? null;
  const ended = end?.error !== undefined ? 'failed' : milliseconds === null ? 'skipped' : 'succeeded';
  const status = typeof progress === 'string' ? progress : ended;
  return [
    {
      name: COMBINING_STEP,
      dependsOn: plan.steps.map(({ name }) => name),
      domain: null,
      engine: 'duckdb',
      language: 'SQL',
      query: plan.combine.query,
      variables: null,
      executedSql: null,
      status: STATUS[status],
      attempt: place.attempt,
      rows: milliseconds === null ? null : (end?.combined.result?.rows.length ?? null),
      bytesScanned: null,
      milliseconds,
      error: end?.error === undefined ? null : faultOf(end.error, null, place.requestId),
    },
  ];
}

export function faultOf(error: AskgraphError, domain: string | null, requestId: string): Fault {
  return {
    code: error.code,
    message: error.message,
    domain: error.domain ?? domain,
    retryable: error.retryable,
    requestId,
  };
}
