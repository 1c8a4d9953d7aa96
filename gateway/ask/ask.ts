import { AskgraphError, assertNever } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { retrieve } from '../knowledge/retrieve/retrieve.js';
import { readChoiceId } from '../planner/choice-id.js';
import type { Asker, Planned, Planner, PlanRequest } from '../planner/planner.js';
import { bare, type KeptPlan } from '../planner/plans/read-plan.js';
import {
  answerClarify,
  answerNotPermitted,
  answerNotUnderstood,
  answerPlan,
  answerRefusal,
  tableOf,
} from './answer.js';
import type { Trust } from './answer-types.js';
import type { Tell } from './ask-event.js';
import { askerOf, type CallModel, withoutModel } from './asker.js';
import { assumed } from './assumed.js';
import { type Attempt, carryOut } from './carry-out.js';
import { chartOf } from './chart.js';
import type { Combine } from './combine.js';
import { type Findings, findingsOf, type Told, tellByTemplate } from './findings.js';
import { followUps } from './follow-ups.js';
import { checkDomains, requestOf } from './plan-request.js';
import type { ModelUse } from './prices.js';
import { type Memory, remembering } from './remembering.js';
import type { Doors } from './run.js';
import type { AskInput } from './schema/ask-service.js';
import type { PolicyDigestOf } from './schema/history.js';
import { writeText } from './write/write-text.js';
import type { Writer } from './write/writer.js';

export interface AskDependencies {
  /** What the caller may know of the domains now; read afresh for every question. */
  readonly knowledge: (context: RequestContext) => Promise<Knowledge>;
  /** That and what they may be told of as not permitted; undefined where it is no more. */
  readonly namedKnowledge: (context: RequestContext) => Promise<Knowledge | undefined>;
  readonly planner: Planner;
  readonly doors: Doors;
  readonly combine: Combine;
  /** The way to language models, on record and within the caller's budget. */
  readonly callModel: CallModel;
  /** Words answers; undefined where templates do. */
  readonly writer: Writer | undefined;
  readonly now: () => Date;
  readonly memory: Memory;
  readonly policyDigestOf: PolicyDigestOf;
}

/** What the pipeline made of a question, and what its making cost. */
export interface Asked {
  readonly body: ReturnType<typeof answerPlan>;
  /** Who planned it. */
  readonly planner: string;
  readonly calls: readonly ModelUse[];
  /** What it was answered by, where it was. */
  readonly kept?: KeptPlan;
}

/** The pipeline: from a question to what an answer tells. */
export async function ask(
  input: AskInput,
  context: RequestContext,
  dependencies: AskDependencies,
  tell: Tell,
): Promise<Asked> {
  const knowledge = await dependencies.knowledge(context);
  checkDomains(input.domains, knowledge);
  const calls: ModelUse[] = [];
  const asker = askerOf(context, dependencies, calls);
  const request = await requestOf(input, context, knowledge, asker, dependencies.memory);
  const policyDigest = dependencies.policyDigestOf(context.caller);
  const planner =
    input.choiceId === undefined
      ? remembering(dependencies.planner, dependencies.memory, policyDigest)
      : dependencies.planner;

  const planned = choose(await planner.plan(request, asker), input.choiceId);
  const by = plannerOf(planned, planner);
  if (planned.kind === 'notUnderstood' && (await asksForHidden(input, request, context, dependencies)))
    return { body: answerNotPermitted(), planner: by, calls };
  if (planned.kind !== 'plan') return { body: answerUnplanned(planned, knowledge), planner: by, calls };

  const asOf = { ...context, asOf: request.asOf };
  const { attempts, instead } = await carryOut(planned, request, input, asOf, {
    ...dependencies,
    planner,
    knowledge,
    asker,
    tell,
  });
  if (instead !== undefined)
    return { body: answerUnplanned(instead, knowledge), planner: plannerOf(instead, planner), calls };
  const last = attempts.at(-1) ?? attempts[0];
  throwIfNothing(last);
  const { plan } = last;
  if (isWhole(last) && plan.recalled === undefined && input.choiceId === undefined)
    await dependencies.memory.plans.keep(request, policyDigest, plan);
  const findings = findingsOf({
    ...last,
    plan: { ...plan, assumptions: assumed(plan, request) },
    earlier: attempts.slice(0, -1),
    trust: trustIn(plan),
    profile: knowledge.profile,
    domains: knowledge.domains,
    requestId: context.requestId,
  });
  tell({ kind: 'RowsArrived', stepName: findings.step, ...tableOf(findings.shown) });
  const told = await tellFindings(findings, input, context, asker, dependencies, tell);
  const body = answerPlan(findings, told);
  const kept = { question: plan.question ?? input.question, maxRows: request.maxRows, plan: bare(plan) };
  const { question } = kept;
  const next = { request, question, plan, planner: dependencies.planner, asker: withoutModel(asker) };
  return {
    body: { ...body, chart: chartOf(body.table), followUps: await followUps(next) },
    planner: plannerOf(plan, planner),
    calls,
    kept,
  };
}

/** In a model's words where one made the plan; what was read without one, or is remembered, is told without one. */
async function tellFindings(
  findings: Findings,
  { question }: AskInput,
  context: RequestContext,
  asker: Asker,
  { writer, doors, now }: AskDependencies,
  tell: Tell,
): Promise<Told> {
  const { model, recalled } = findings.outcome.plan;
  if (writer === undefined || model === undefined || recalled !== undefined) return tellByTemplate(findings);
  return writeText(findings, {
    question,
    writer,
    asker,
    rowsToModel: (domain) => doors.rowsToModel(domain, context),
    millisecondsLeft: context.deadline && context.deadline.getTime() - now().getTime(),
    say: (text) => tell({ kind: 'TextDelta', text }),
  });
}

/** Who planned it. */
function plannerOf({ recalled, model }: Planned, { name }: Planner): string {
  return recalled === 'verified' ? 'verified' : (model ?? name);
}

function trustIn({ recalled, model }: Planned): Trust {
  if (recalled === 'verified') return 'VERIFIED';
  return model === undefined ? 'COMPUTED' : 'GENERATED';
}

/**
 * Whether the question would be read if the caller saw what a domain lets be known without being seen. No model is
 * asked: it would hear of the hidden.
 */
async function asksForHidden(
  { domains }: AskInput,
  request: PlanRequest,
  context: RequestContext,
  dependencies: AskDependencies,
): Promise<boolean> {
  const named = await dependencies.namedKnowledge(context);
  if (named === undefined) return false;
  const asker = withoutModel(askerOf(context, dependencies, []));
  const candidates = retrieve(request.question, named, domains);
  const outcome = await dependencies.planner.plan({ ...request, candidates }, asker);
  return outcome.kind !== 'notUnderstood';
}

function answerUnplanned(planned: Exclude<Planned, { kind: 'plan' }>, knowledge: Knowledge): Asked['body'] {
  switch (planned.kind) {
    case 'clarify':
      return answerClarify(planned);
    case 'notUnderstood':
      return answerNotUnderstood(planned, knowledge.domains);
    case 'refuse':
      return answerRefusal(planned.reason);
    default:
      return assertNever(planned);
  }
}

/** An answer without anything found is a fault, and told as one. */
function throwIfNothing({ runs, combined, error }: Attempt): void {
  if (error !== undefined && combined.result === null) throw error;
  const failed = runs.find((step) => step.status === 'failed');
  if (failed !== undefined && !runs.some((step) => step.status === 'succeeded')) throw failed.error;
}

/** Whether all of a plan was carried out. */
function isWhole({ runs, error }: Attempt): boolean {
  return error === undefined && runs.every(({ status }) => status === 'succeeded');
}

/** A choice is found again by planning the question again: nothing of it has to be kept. */
function choose(outcome: Planned, choiceId: string | undefined): Planned {
  if (choiceId === undefined || readChoiceId(choiceId) !== undefined) return outcome;
  const choice = outcome.kind === 'clarify' ? outcome.choices.find(({ id }) => id === choiceId) : undefined;
  if (choice?.plan === undefined) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      'The choiceId is not one of this question’s choices. Send the same question that was to be clarified.',
    );
  }
  return choice.plan;
}
