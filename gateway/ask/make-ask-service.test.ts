import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../prisma/store.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Answer } from './answer-types.js';
import { makeAskService } from './make-ask-service.js';
import { contextOf } from './schema/service-of.test-helper.js';
import { inputOf, planOf, type Script, scripted } from './scripted.test-helper.js';

let folder: string;
let store: Store<Answer>;
let ids = 0;
const newId = () => `id-${++ids}`;
const now = () => new Date('2024-03-01T10:00:00Z');
const openAgain = () =>
  openStore<Answer>({ url: `file:${join(folder, 'store.db')}`, rows: 'kept', now, newId });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-service-'));
  store = await openAgain();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const anna = contextOf('anna');
const bob = contextOf('bob');
const pages = { first: 10, after: undefined };

/** The service, and how often the doors were used. */
function serve(script: Partial<Script> = {}) {
  const dependencies = scripted({
    outcome: planOf(),
    graphql: () => ({ data: { rows: { count: '7' } } }),
    ...script,
  });
  return {
    service: makeAskService({
      ...dependencies,
      store,
      now,
      newId,
      policyDigestOf: () => 'digest',
      priceOf: () => undefined,
      onWithheld: () => {},
      stewardRole: 'steward',
    }),
    ran: dependencies.ran,
  };
}

describe('an answer', () => {
  it('is kept in a new conversation that the question names', async () => {
    const { service } = serve();
    const answer = await service.ask(inputOf(), anna);
    expect(answer).toMatchObject({
      question: 'How many things are there?',
      createdAt: '2024-03-01T10:00:00.000Z',
      planner: 'scripted',
      text: 'The number of things is 7.',
      usage: { modelCalls: 0, inputTokens: 0, outputTokens: 0, cost: null, currency: null },
    });
    expect(answer.usage.milliseconds).toBeGreaterThan(0);
    expect(await service.answer(answer.id, anna)).toEqual(answer);
    expect(await service.conversation(answer.conversationId, anna)).toEqual({
      id: answer.conversationId,
      title: 'How many things are there?',
    });
  });

  it('goes on with the conversation that is given', async () => {
    const { service } = serve();
    const first = await service.ask(inputOf(), anna);
    const second = await service.ask(
      inputOf({ conversationId: first.conversationId, question: 'And now?' }),
      anna,
    );
    expect(second.conversationId).toBe(first.conversationId);
    const conversation = await service.conversation(first.conversationId, anna);
    expect((await service.answersOf(conversation, 10, anna)).map(({ question }) => question).sort()).toEqual([
      'And now?',
      'How many things are there?',
    ]);
    expect((await service.conversations(pages, anna)).edges).toHaveLength(1);
  });

  it('has a title of at most 80 characters', async () => {
    const { service } = serve();
    const title = async (length: number) => {
      const { conversationId } = await service.ask(inputOf({ question: 'q'.repeat(length) }), anna);
      return (await service.conversation(conversationId, anna)).title;
    };
    expect(await title(80)).toBe('q'.repeat(80));
    expect(await title(81)).toBe(`${'q'.repeat(79)}…`);
  });

  it('that failed leaves nothing behind', async () => {
    const { service } = serve({
      graphql: () => Promise.reject(new AskgraphError('SOURCE_UNAVAILABLE', 'No.')) as never,
    });
    await expect(service.ask(inputOf(), anna)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect((await service.conversations(pages, anna)).edges).toEqual([]);
  });

  it('has no conversation before it is there, so that a crash leaves none that is empty', async () => {
    let underWay: unknown;
    const { service } = serve({
      graphql: () => {
        underWay = service.conversations(pages, anna);
        return { data: { rows: { count: '7' } } };
      },
    });
    const told: string[] = [];
    const { conversationId } = await service.ask(inputOf(), anna, (progress) => {
      if (progress.kind === 'AskStarted') told.push(progress.conversationId);
    });
    expect(await underWay).toMatchObject({ edges: [] });
    expect(told).toEqual([conversationId]);
    expect((await service.conversations(pages, anna)).edges).toHaveLength(1);
  });

  it('that cannot be kept leaves nothing behind either', async () => {
    const { service } = serve();
    const { id } = await service.ask(inputOf(), anna);
    const again = makeAskService({
      ...scripted({ outcome: planOf(), graphql: () => ({ data: { rows: { count: '7' } } }) }),
      store,
      now,
      newId: () => id,
      policyDigestOf: () => 'digest',
      priceOf: () => undefined,
      onWithheld: () => {},
      stewardRole: 'steward',
    });
    await expect(again.ask(inputOf(), anna)).rejects.toThrow();
    expect((await service.conversations(pages, anna)).edges).toHaveLength(1);
  });
});

describe('what another asked', () => {
  it('is not there, neither its answers nor its conversation', async () => {
    const { service, ran } = serve();
    const answer = await service.ask(inputOf(), anna);
    await expect(service.answer(answer.id, bob)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.conversation(answer.conversationId, bob)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(service.deleteConversation(answer.conversationId, bob)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await service.conversations(pages, bob)).edges).toEqual([]);
    ran.length = 0;
    await expect(service.ask(inputOf({ conversationId: answer.conversationId }), bob)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(ran).toEqual([]);
  });
});

describe('an idempotency key', () => {
  const keyed = inputOf({ idempotencyKey: 'key-1' });

  it('asks once, however often it comes at the same time', async () => {
    const { service, ran } = serve();
    const answers = await Promise.all([1, 2, 3].map(() => service.ask(keyed, anna)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(ran).toHaveLength(1);
    expect((await service.conversations(pages, anna)).edges).toHaveLength(1);
  });

  it('asks once, also after a restart', async () => {
    const first = await serve().service.ask(keyed, anna);
    await store.close();
    store = await openAgain();
    const { service, ran } = serve();
    expect(await service.ask(keyed, anna)).toEqual(first);
    expect(ran).toEqual([]);
  });

  it('is each caller’s own', async () => {
    const { service, ran } = serve();
    const [one, other] = [await service.ask(keyed, anna), await service.ask(keyed, bob)];
    expect(one.id).not.toBe(other.id);
    expect(ran).toHaveLength(2);
  });

  it('asks again without one', async () => {
    const { service, ran } = serve();
    const [one, other] = [await service.ask(inputOf(), anna), await service.ask(inputOf(), anna)];
    expect(one.id).not.toBe(other.id);
    expect(ran).toHaveLength(2);
  });

  it('belongs to one question, then and at the same time', async () => {
    const { service } = serve();
    const other = { ...keyed, question: 'Something else?' };
    const [first, second] = await Promise.allSettled([service.ask(keyed, anna), service.ask(other, anna)]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'BAD_USER_INPUT' } });
    await expect(service.ask(other, anna)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('may be tried again where asking failed', async () => {
    let tries = 0;
    const { service } = serve({
      graphql: () => {
        if (++tries === 1) throw new AskgraphError('SOURCE_UNAVAILABLE', 'Not yet.');
        return { data: { rows: { count: '7' } } };
      },
    });
    await expect(service.ask(keyed, anna)).rejects.toMatchObject({ message: 'Not yet.' });
    expect(await service.ask(keyed, anna)).toMatchObject({ status: 'ANSWERED' });
  });
});
