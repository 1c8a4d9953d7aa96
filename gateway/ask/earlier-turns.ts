import type { Store } from '../../prisma/store.js';
import type { EarlierTurn } from '../planner/planner.js';
import { readKeptPlan } from '../planner/plans/read-plan.js';
import type { Answer } from './answer-types.js';
import type { Memory } from './remembering.js';
import type { PolicyDigestOf } from './schema/history.js';

/** As many as a question may speak of. */
const TURNS = 3;
/** Answers without a plan among them are passed over. */
const LOOKED_AT = 8;

/** What a conversation has been about: of its answers those that were given under the caller's present permissions. */
export function earlierTurns(
  store: Pick<Store<Answer>, 'listAnswers'>,
  policyDigestOf: PolicyDigestOf,
): Memory['earlier'] {
  return async ({ conversationId }, { caller }) => {
    if (conversationId === undefined) return [];
    const digest = policyDigestOf(caller);
    const answers = await store.listAnswers(caller.subject, conversationId, LOOKED_AT);
    return answers
      .flatMap(({ policyDigest, plan }): EarlierTurn[] => {
        const kept = policyDigest === digest ? readKeptPlan(plan) : undefined;
        return kept === undefined ? [] : [kept];
      })
      .slice(-TURNS);
  };
}
