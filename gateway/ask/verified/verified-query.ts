import type { StoredVerifiedQuery } from '../../../prisma/verified-queries.js';
import { AskgraphError } from '../../../schema/errors.js';
import type { Literal } from '../../../subgraphs/sql/map-literals.js';
import type { Token } from '../../knowledge/text/tokenize.js';
import { isContent } from '../../knowledge/text/tokenize.js';
import type { Plan, PlanRequest } from '../../planner/planner.js';
import { type Dialects, literalsOf, mapPlanLiterals } from '../../planner/plans/map-plan-literals.js';
import { normalQuestion, questionWords } from '../../planner/plans/normal-question.js';
import { type KeptPlan, readKeptPlan } from '../../planner/plans/read-plan.js';
import { fillSlots, matchWords } from './match-question.js';
import { slotsOf } from './slots.js';

/** A question with the plan that a steward has approved for it, ready to be compared with others. */
export interface VerifiedQuery extends KeptPlan {
  readonly id: string;
  /** Without its case. */
  readonly key: string;
  readonly words: readonly Token[];
  readonly stems: ReadonlySet<string>;
}

/** Undefined for what another version has kept and this one cannot read. */
export function readVerifiedQuery({ id, plan }: StoredVerifiedQuery): VerifiedQuery | undefined {
  const kept = readKeptPlan(plan);
  if (kept === undefined) return undefined;
  return {
    id,
    ...kept,
    key: keyOfQuestion(kept.question),
    words: questionWords(kept.question),
    stems: stemsOf(kept.question),
  };
}

export function keyOfQuestion(question: string): string {
  return normalQuestion(question).toLowerCase();
}

/** What a question is about, in words that can be compared. */
export function stemsOf(question: string): Set<string> {
  return new Set(
    questionWords(question)
      .filter(isContent)
      .map(({ stem }) => stem),
  );
}

/** How alike two questions are, from 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const stem of one) if (other.has(stem)) shared += 1;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

/**
 * The plan of a verified query for a question that is the same, or differs from it in values only; undefined for any
 * other question, and where a value cannot be put into the plan beyond doubt.
 */
export async function planFor(
  verified: VerifiedQuery,
  { question, maxRows, candidates }: PlanRequest,
  dialects: Dialects,
): Promise<Plan | undefined> {
  try {
    const literals = await literalsOf(verified.plan, dialects);
    const filled =
      verified.key === keyOfQuestion(question)
        ? []
        : matchWords(
            questionWords(question),
            verified.words,
            slotsOf(verified.words, literals),
            verified.plan,
            candidates.knowledge.profile,
          );
    const changes = filled && fillSlots(verified.plan, literals, filled);
    if (changes === undefined) return undefined;
    const rows = rowsFor(verified, maxRows);
    return await mapPlanLiterals(
      changes.reworded,
      dialects,
      (literal) => rows(literal) ?? changes.change(literal),
    );
  } catch (error) {
    if (error instanceof AskgraphError && error.code === 'STATEMENT_REFUSED') return undefined;
    throw error;
  }
}

/** A bound on rows that was the asker's and not the question's becomes that of whoever asks now. */
function rowsFor(
  { maxRows, words }: VerifiedQuery,
  wanted: number,
): (literal: Literal) => string | undefined {
  const own = words.some(({ lower }) => lower === String(maxRows)) ? undefined : maxRows;
  return ({ kind, place, value }) =>
    kind === 'number' && place === 'limit' && value === String(own) ? String(wanted) : undefined;
}
