import type { Store } from '../../../prisma/store.js';
import { AskgraphError } from '../../../schema/errors.js';
import type { Caller, RequestContext } from '../../../subgraphs/request-context.js';
import type { Answer } from '../answer-types.js';
import type { History } from './ask-service.js';

/** A hash of what decides what a caller may see. */
export type PolicyDigestOf = (caller: Caller) => string;

/** Told which answers were kept from a caller whose rights are not what they were. */
export type OnWithheld = (answerIds: readonly string[], context: RequestContext) => void;

/**
 * What was asked before, out of the store. An answer holds rows of its time: to a caller whose rights are not what they
 * were, it is not given again.
 */
export function historyOf(
  store: Store<Answer>,
  policyDigestOf: PolicyDigestOf,
  onWithheld: OnWithheld,
): History {
  return {
    async answer(id, context) {
      const { caller } = context;
      const { document, policyDigest } = await store.findAnswer(caller.subject, id);
      if (policyDigest === policyDigestOf(caller)) return document;
      onWithheld([id], context);
      throw new AskgraphError('FORBIDDEN', 'This was answered under other permissions. Ask again.', {
        details: { id },
      });
    },
    conversation: (id, { caller }) => store.findConversation(caller.subject, id),
    conversations: (page, { caller }) => store.listConversations(caller.subject, page),
    async answersOf(conversation, last, context) {
      const { caller } = context;
      const digest = policyDigestOf(caller);
      const answers = await store.listAnswers(caller.subject, conversation.id, last);
      const given = answers.filter(({ policyDigest }) => policyDigest === digest);
      if (given.length < answers.length) {
        const withheld = answers.filter((answer) => !given.includes(answer));
        onWithheld(
          withheld.map(({ document }) => document.id),
          context,
        );
      }
      return given.map(({ document }) => document);
    },
    async giveFeedback(input, { caller }) {
      return { feedbackId: await store.saveFeedback({ ...input, subject: caller.subject }) };
    },
    async deleteConversation(id, { caller }) {
      await store.deleteConversation(caller.subject, id);
      return id;
    },
  };
}
