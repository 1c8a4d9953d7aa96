import { createHash } from 'node:crypto';
import type { StoredFeedback } from '../../../prisma/verified-queries.js';
import { AskgraphError } from '../../../schema/errors.js';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import { findAskTable } from '../../knowledge/domain.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { leansBack } from '../../planner/conversation/goes-on.js';
import type { Asker, Plan } from '../../planner/planner.js';
import { fits } from '../../planner/plans/fits.js';
import { literalsOf } from '../../planner/plans/map-plan-literals.js';
import { planOfQuery } from '../../planner/plans/query-plan.js';
import { type KeptPlan, readKeptPlan } from '../../planner/plans/read-plan.js';
import { type Doors, run } from '../run.js';
import type { Correction } from '../schema/ask-service.js';
import { isDate } from './year-shift.js';

export interface Review {
  readonly knowledge: Knowledge;
  readonly asker: Asker;
  readonly doors: Doors;
  readonly context: RequestContext;
}

/** Rows of a query on trial. */
const TRIAL_ROWS = 1;
/** Sentinels of tables that keep history lie past this. */
const FAR_YEAR = 9_000;

/**
 * The plan that a corrected query is, after it has run once for its author.
 * @throws what the guard refuses them, and what the trial ran into.
 */
export async function tryCorrection(
  question: string,
  { query, language }: Correction,
  likely: readonly string[],
  { knowledge, asker, doors, context }: Review,
): Promise<Plan> {
  const plan = await planOfQuery({ question, query, language }, knowledge.domains, likely, asker);
  const dialects = new Map(knowledge.domains.map(({ name, dialect }) => [name, dialect]));
  const [trial] = await run(plan, TRIAL_ROWS, { doors, dialects, watch: () => {} }, context);
  if (trial?.status === 'failed') throw trial.error;
  return plan;
}

/**
 * What a feedback gives to approve: its corrected query, else the plan of the answer that it calls right.
 * @throws BAD_USER_INPUT where that is nothing, or holds on one day or in one conversation only; FORBIDDEN where the
 * steward may not see all that it names; what the trial of a corrected query ran into.
 */
export async function planToApprove(feedback: StoredFeedback, review: Review): Promise<KeptPlan> {
  const answered = readKeptPlan(feedback.plan);
  const question = answered?.question ?? feedback.question;
  if (leansBack(question))
    throw nothing('The question only makes sense in its conversation. Ask it whole, and approve that.');
  if (feedback.correction !== undefined) {
    const likely = answered?.plan.steps.map(({ domain }) => domain) ?? [];
    return { question, plan: await tryCorrection(question, feedback.correction, likely, review) };
  }
  if (feedback.verdict === 'wrong')
    throw nothing('The feedback says that the answer is wrong, and gives no corrected query.');
  if (answered === undefined) throw nothing('The answer was made of no plan.');
  if (!(await fits(answered.plan, review.asker)))
    throw new AskgraphError(
      'FORBIDDEN',
      'You may not see all that the query names, or it is no longer there.',
    );
  await checkDates(answered, review.knowledge);
  return answered;
}

/** What a planner worked out from the day of the question would be wrong on any other. */
async function checkDates({ question, plan }: KeptPlan, knowledge: Knowledge): Promise<void> {
  const dialects = new Map(knowledge.domains.map(({ name, dialect }) => [name, dialect]));
  const dates = (await literalsOf(plan, dialects)).filter(
    ({ kind, value }) => kind === 'text' && isDate(value),
  );
  const unsaid = dates.find(({ value }) => {
    const year = Number(value.slice(0, 4));
    return year < FAR_YEAR && ![year, year - 1].some((said) => question.includes(String(said)));
  });
  if (unsaid !== undefined)
    throw nothing(
      `The query holds the date ${unsaid.value.slice(0, 10)}, which the question does not name: on another day it would be wrong. Give a corrected query that works it out.`,
    );
}

/** A hash of the tables that a plan reads, as the steward sees them. */
export function catalogVersionOf({ sources }: Plan, { domains }: Knowledge): string {
  const tables = sources.map(({ domain: name, table }) => {
    const domain = domains.find((candidate) => candidate.name === name);
    const found = domain && findAskTable(domain, table);
    return [name, table, found?.columns.map((column) => [column.name, column.columnType])];
  });
  return createHash('sha256').update(JSON.stringify(tables)).digest('base64url');
}

function nothing(message: string): AskgraphError {
  return new AskgraphError('BAD_USER_INPUT', message);
}
