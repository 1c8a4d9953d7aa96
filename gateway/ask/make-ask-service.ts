import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Store } from '../../prisma/store.js';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { policyDigestOf } from '../policy-digest.js';
import { finishAnswer } from './answer.js';
import type { Answer } from './answer-types.js';
import { type AskDependencies, ask } from './ask.js';
import type { AskInput, AskService } from './schema/ask-service.js';
import { historyOf } from './schema/history.js';

export interface AskServiceOptions extends AskDependencies {
  readonly store: Store<Answer>;
  readonly now: () => Date;
  readonly newId: () => string;
}

const TITLE_LENGTH = 80;
const REMEMBERED_KEYS = 10_000;

/** `ask` with its memory: every answer is kept in its caller's conversation, and asked once for an idempotency key. */
export function makeAskService(options: AskServiceOptions): AskService {
  const inFlight = new LRUCache<string, Promise<Answer>>({ max: REMEMBERED_KEYS });

  async function askAndKeep(input: AskInput, context: RequestContext, id: string): Promise<Answer> {
    const started = performance.now();
    const { subject } = context.caller;
    const known =
      input.conversationId === undefined
        ? undefined
        : await options.store.findConversation(subject, input.conversationId);
    const body = await ask(input, context, options);
    const conversation =
      known ?? (await options.store.ensureConversation(subject, undefined, title(input.question)));
    const head = {
      id,
      conversationId: conversation.id,
      question: input.question,
      createdAt: options.now().toISOString(),
      planner: options.planner.name,
    };
    const document = finishAnswer(head, body, performance.now() - started);
    await options.store.saveAnswer({ subject, policyDigest: policyDigestOf(context.caller), document });
    return document;
  }

  async function askOnce(input: AskInput, context: RequestContext, id: string): Promise<Answer> {
    const kept = await options.store.findAnswer(context.caller.subject, id).catch((error: unknown) => {
      if (error instanceof AskgraphError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
    return kept?.document ?? askAndKeep(input, context, id);
  }

  return {
    ...historyOf(options.store),
    async ask(input, context) {
      const { idempotencyKey } = input;
      if (idempotencyKey === undefined) return askAndKeep(input, context, options.newId());
      const id = idOf(context.caller.subject, idempotencyKey);
      const running = inFlight.get(id) ?? askOnce(input, context, id).finally(() => inFlight.delete(id));
      inFlight.set(id, running);
      const answer = await running;
      if (answer.question !== input.question) {
        throw new AskgraphError('BAD_USER_INPUT', 'This idempotencyKey was used for another question.');
      }
      return answer;
    },
  };
}

/** The same caller's same key is the same answer, also after a restart. */
function idOf(subject: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([subject, key]))
    .digest('base64url')
    .slice(0, 32);
}

function title(question: string): string {
  return question.length <= TITLE_LENGTH ? question : `${question.slice(0, TITLE_LENGTH - 1)}…`;
}
