import type { Store } from '../../../prisma/store.js';
import type { Answer } from '../answer-types.js';
import type { History } from './ask-service.js';

/** What was asked before, out of the store. */
export function historyOf(store: Store<Answer>): History {
  return {
    async answer(id, { caller }) {
      return (await store.findAnswer(caller.subject, id)).document;
    },
    conversation: (id, { caller }) => store.findConversation(caller.subject, id),
    conversations: (page, { caller }) => store.listConversations(caller.subject, page),
    async answersOf(conversation, last, { caller }) {
      const answers = await store.listAnswers(caller.subject, conversation.id, last);
      return answers.map((answer) => answer.document);
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
