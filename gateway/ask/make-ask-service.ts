import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Store } from '../../prisma/store.js';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { finishAnswer } from './answer.js';
import type { Answer } from './answer-types.js';
import { type AskDependencies, ask } from './ask.js';
import { type Tell, tellNobody } from './ask-event.js';
import { askerOf } from './asker.js';
import { earlierTurns } from './earlier-turns.js';
import { makePlanCache } from './plan-cache.js';
import type { PriceOf } from './prices.js';
import type { AskInput, AskService } from './schema/ask-service.js';
import { historyOf, type OnWithheld } from './schema/history.js';
import { usageOf } from './usage-of.js';
import { stewardship } from './verified/stewardship.js';
import { makeVerifiedBook } from './verified/verified-book.js';

export interface AskServiceOptions extends Omit<AskDependencies, 'memory'> {
  readonly store: Store<Answer>;
  readonly newId: () => string;
  /** What a model's tokens cost; undefined where nobody has said. */
  readonly priceOf: PriceOf;
  readonly onWithheld: OnWithheld;
  /** Who has it may approve verified queries. */
  readonly stewardRole: string;
}

type KeptAnswer = Parameters<Store<Answer>['saveAnswer']>[0];
type OwnConversation = Awaited<ReturnType<Store<Answer>['findConversation']>>;

const TITLE_LENGTH = 80;
const REMEMBERED_KEYS = 10_000;

/** `ask` with its memory: every answer is kept in its caller's conversation, and asked once for an idempotency key. */
export function makeAskService(options: AskServiceOptions): AskService {
  const { store, policyDigestOf, now } = options;
  const history = historyOf(store, policyDigestOf, options.onWithheld);
  const book = makeVerifiedBook({ store: store.verifiedQueries, now });
  const memory = { earlier: earlierTurns(store, policyDigestOf), verified: book, plans: makePlanCache() };
  const inFlight = new LRUCache<string, Promise<Answer>>({ max: REMEMBERED_KEYS });

  async function askAndKeep(
    input: AskInput,
    context: RequestContext,
    id: string,
    tell: Tell,
  ): Promise<Answer> {
    const started = performance.now();
    const { subject } = context.caller;
    const conversation = await conversationFor(input, subject);
    tell({ kind: 'AskStarted', answerId: id, conversationId: conversation.id });
    const { body, planner, calls, kept } = await ask(input, context, { ...options, memory }, tell);
    const head = {
      id,
      conversationId: conversation.id,
      question: input.question,
      createdAt: now().toISOString(),
      planner,
    };
    const usage = usageOf(calls, options.priceOf, performance.now() - started);
    const document = finishAnswer(head, body, usage);
    const plan = kept === undefined ? {} : { plan: kept };
    await keep(
      { subject, policyDigest: policyDigestOf(context.caller), document, ...plan },
      input.conversationId === undefined ? conversation : undefined,
    );
    return document;
  }

  /** A new conversation begins with its first answer: of what fails, or is cut off by a crash, there is none. */
  async function keep(answer: KeptAnswer, begun: OwnConversation | undefined): Promise<void> {
    const { subject } = answer;
    if (begun !== undefined) await store.ensureConversation(subject, begun.id, begun.title);
    try {
      await store.saveAnswer(answer);
    } catch (error) {
      if (begun !== undefined) await store.deleteConversation(subject, begun.id).catch(() => {});
      throw error;
    }
  }

  async function conversationFor(
    { conversationId, question }: AskInput,
    subject: string,
  ): Promise<OwnConversation> {
    return conversationId === undefined
      ? { id: options.newId(), title: title(question) }
      : store.findConversation(subject, conversationId);
  }

  async function askOnce(input: AskInput, context: RequestContext, id: string, tell: Tell): Promise<Answer> {
    const kept = await store.findAnswer(context.caller.subject, id).catch((error: unknown) => {
      if (error instanceof AskgraphError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
    return kept?.document ?? askAndKeep(input, context, id, tell);
  }

  return {
    ...history,
    ...stewardship({ ...options, history, book, askerOf: (context) => askerOf(context, options, []) }),
    async ask(input, context, tell = tellNobody) {
      const { idempotencyKey } = input;
      if (idempotencyKey === undefined) return askAndKeep(input, context, options.newId(), tell);
      const id = idOf(context.caller.subject, policyDigestOf(context.caller), idempotencyKey);
      const running =
        inFlight.get(id) ?? askOnce(input, context, id, tell).finally(() => inFlight.delete(id));
      inFlight.set(id, running);
      const answer = await running;
      if (answer.question !== input.question) {
        throw new AskgraphError('BAD_USER_INPUT', 'This idempotencyKey was used for another question.');
      }
      return answer;
    },
  };
}

/** The same caller's same key is the same answer, also after a restart; with other rights it is another. */
function idOf(subject: string, digest: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([subject, digest, key]))
    .digest('base64url')
    .slice(0, 32);
}

function title(question: string): string {
  return question.length <= TITLE_LENGTH ? question : `${question.slice(0, TITLE_LENGTH - 1)}…`;
}
