import type { EarlierTurn } from '../planner.js';
import { goesOn } from './goes-on.js';

/**
 * What a question is about, in words: also those of the question that it goes on from, and of what that was understood
 * to mean, since it may itself have gone on from another.
 */
export function subjectOf(question: string, earlier: readonly EarlierTurn[] | undefined): string {
  const before = earlier?.at(-1);
  return before === undefined || !goesOn(question)
    ? question
    : `${before.question} ${before.plan.restatement} ${question}`;
}
