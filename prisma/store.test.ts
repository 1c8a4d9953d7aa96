import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from './engines.test-helper.js';
import { openStore, type Store, type StoreOptions } from './store.js';
import type { AnswerDocument } from './stored-types.js';
import type { StoredVerifiedQuery } from './verified-queries.js';

let place: TestPlace;
let store: Store<AnswerDocument>;
let opened: Store<AnswerDocument>[];
let clock: number;
let ids: number;

describe.each(ENGINES)('the store on $name', ({ make }) => {
  beforeEach(async () => {
    place = await make();
    clock = Date.parse('2024-03-01T10:00:00Z');
    ids = 0;
    opened = [];
    store = await open({ rows: 'kept' });
  });
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()));
    await place.remove();
  });

  describe('conversations', () => {
    it('are made new without an id and found again with one', async () => {
      const made = await store.ensureConversation('ann', undefined, 'Ticket sales');
      expect(made).toEqual({ id: 'id-1', title: 'Ticket sales' });
      expect(await store.ensureConversation('ann', made.id, 'another title')).toEqual(made);
      const own = { id: 'chosen', title: 'Salaries' };
      expect(await store.ensureConversation('ann', own.id, own.title)).toEqual(own);
      expect(await store.findConversation('ann', own.id)).toEqual(own);
      expect(await store.findConversation('ann', made.id)).toEqual(made);
    });

    it('are not found by another subject, in the very words of what is not there', async () => {
      const { id } = await store.ensureConversation('ann', undefined, 'Salaries');
      const anothers = await thrownBy(store.findConversation('bob', id));
      const absent = await thrownBy(store.findConversation('bob', 'id-404'));
      expect(anothers).toMatchObject({ code: 'NOT_FOUND', status: 404 });
      expect(anothers.message.replace(id, 'id-404')).toBe(absent.message);
      await expect(store.ensureConversation('bob', id, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(store.deleteConversation('bob', id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await store.findConversation('ann', id)).toMatchObject({ title: 'Salaries' });
    });

    it('are listed newest first, page by page, to their own subject only', async () => {
      for (const title of ['one', 'two', 'three', 'four', 'five'])
        await store.ensureConversation('ann', undefined, title);
      await store.ensureConversation('bob', undefined, 'not hers');
      const first = await store.listConversations('ann', { first: 2, after: undefined });
      expect(titles(first)).toEqual(['five', 'four']);
      expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      expect(first.pageInfo).toMatchObject({
        startCursor: first.edges[0]?.cursor,
        endCursor: first.edges[1]?.cursor,
      });
      const second = await store.listConversations('ann', { first: 2, after: first.edges[1]?.cursor });
      expect(titles(second)).toEqual(['three', 'two']);
      expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
      const third = await store.listConversations('ann', { first: 2, after: second.edges[1]?.cursor });
      expect(titles(third)).toEqual(['one']);
      expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    });

    it('keep their places in the list while others come and go', async () => {
      for (const title of ['one', 'two', 'three']) await store.ensureConversation('ann', undefined, title);
      const [newest] = (await store.listConversations('ann', { first: 1, after: undefined })).edges;
      await store.ensureConversation('ann', undefined, 'four');
      await store.deleteConversation('ann', newest?.node.id ?? '');
      const next = await store.listConversations('ann', { first: 5, after: newest?.cursor });
      expect(titles(next)).toEqual(['two', 'one']);
      expect(next.pageInfo.hasPreviousPage).toBe(true);
    });

    it('of the same instant are each listed once', async () => {
      const still = await open({ rows: 'kept', now: () => new Date(clock) });
      for (const title of ['a', 'b', 'c', 'd']) await still.ensureConversation('ann', undefined, title);
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await still.listConversations('ann', { first: 1, after });
        seen.push(...titles(page));
        after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
      } while (after !== undefined);
      expect(seen.sort()).toEqual(['a', 'b', 'c', 'd']);
    });

    it('are listed as an empty page to whoever has none', async () => {
      expect(await store.listConversations('ann', { first: 5, after: undefined })).toEqual({
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      });
    });

    it.each([
      'nonsense',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('["x","id-1"]').toString('base64url'),
    ])('refuse %s as a cursor', async (after) => {
      await expect(store.listConversations('ann', { first: 5, after })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    });

    it('take their answers and feedback with them', async () => {
      const answer = await saved('ann');
      await store.saveFeedback({ ...feedback, subject: 'ann', answerId: answer.id });
      await store.deleteConversation('ann', answer.conversationId);
      await expect(store.findAnswer('ann', answer.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(
        await place.sql('SELECT (SELECT count(*) FROM "Answer") + (SELECT count(*) FROM "Feedback") AS n'),
      ).toEqual([{ n: 0 }]);
    });
  });

  describe('answers', () => {
    it('come back as they were saved, with the digest of what the subject might see', async () => {
      const answer = await saved('ann');
      expect(await store.findAnswer('ann', answer.id)).toEqual({
        subject: 'ann',
        policyDigest: 'digest',
        document: answer,
      });
    });

    it('survive the store’s closing', async () => {
      const answer = await saved('ann');
      await store.close();
      expect((await (await open({ rows: 'kept' })).findAnswer('ann', answer.id)).document).toEqual(answer);
    });

    it('are kept without their rows where the settings say so', async () => {
      const careful = await open({ rows: 'leftOut' });
      const { id: conversationId } = await careful.ensureConversation('ann', undefined, 'Salaries');
      const document = { ...answerOf(conversationId), text: 'The highest salary is 158,220.' };
      await careful.saveAnswer({ subject: 'ann', policyDigest: 'digest', document });
      const found = await careful.findAnswer('ann', document.id);
      expect(found.document).toEqual({ ...document, table: { rows: [], truncated: true } });
      expect(JSON.stringify(await place.sql('SELECT * FROM "Answer"'))).not.toContain('Koblick');
    });

    it('of another subject are not found, listed or given feedback on', async () => {
      const answer = await saved('ann');
      await expect(store.findAnswer('bob', answer.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await store.listAnswers('bob', answer.conversationId, 10)).toEqual([]);
      await expect(
        store.saveFeedback({ ...feedback, subject: 'bob', answerId: answer.id }),
      ).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    it('cannot be put into a conversation of another subject or into none', async () => {
      const { id } = await store.ensureConversation('ann', undefined, 'Hers');
      for (const conversationId of [id, 'id-404']) {
        const answer = { subject: 'bob', policyDigest: 'digest', document: answerOf(conversationId) };
        await expect(store.saveAnswer(answer)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
      expect(await place.sql('SELECT count(*) AS n FROM "Answer"')).toEqual([{ n: 0 }]);
    });

    it('of a conversation are listed oldest first, the last ones', async () => {
      const { id } = await store.ensureConversation('ann', undefined, 'Sales');
      for (const text of ['one', 'two', 'three']) {
        await store.saveAnswer({
          subject: 'ann',
          policyDigest: 'digest',
          document: { ...answerOf(id), text },
        });
      }
      const listed = await store.listAnswers('ann', id, 2);
      expect(listed.map(({ document }) => document.text)).toEqual(['two', 'three']);
    });

    it('are saved by two stores in one place at the same time', async () => {
      const other = await open({ rows: 'kept' });
      const { id } = await store.ensureConversation('ann', undefined, 'Sales');
      const answers = Array.from({ length: 20 }, () => answerOf(id));
      await Promise.all(
        answers.map((document, index) =>
          (index % 2 === 0 ? store : other).saveAnswer({ subject: 'ann', policyDigest: 'digest', document }),
        ),
      );
      expect(await store.listAnswers('ann', id, 100)).toHaveLength(20);
    });

    it('whose document was damaged are told as corrupt', async () => {
      const { id } = await saved('ann');
      await place.sql(`UPDATE "Answer" SET "document" = '{"id":'`);
      await expect(store.findAnswer('ann', id)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
    });
  });

  describe('feedback', () => {
    it('is kept with what would have been right', async () => {
      const { id } = await saved('ann');
      const given = { subject: 'ann', answerId: id, verdict: 'wrong' as const, comment: 'Counts refunds.' };
      const feedbackId = await store.saveFeedback({
        ...given,
        correction: { query: 'SELECT 1', language: 'SQL' },
      });
      expect(await place.sql('SELECT * FROM "Feedback"')).toEqual([
        {
          id: feedbackId,
          answerId: id,
          subject: 'ann',
          right: expect.toSatisfy((right) => Number(right) === 0),
          comment: 'Counts refunds.',
          correctedQuery: 'SELECT 1',
          language: 'SQL',
          createdAt: expect.stringMatching(/^2024-03-01T10:00:/),
        },
      ]);
    });
  });

  describe('verified queries', () => {
    it('are made of a feedback with the plan of its answer, whosever it is', async () => {
      const { id } = await saved('ann', { steps: ['one'] });
      const feedbackId = await store.saveFeedback({
        ...feedback,
        subject: 'ann',
        answerId: id,
        correction: { query: 'SELECT 1', language: 'SQL' },
      });
      expect(await store.verifiedQueries.findFeedback(feedbackId)).toEqual({
        verdict: 'right',
        correction: { query: 'SELECT 1', language: 'SQL' },
        question: 'Who was born in May?',
        plan: { steps: ['one'] },
      });
      await expect(store.verifiedQueries.findFeedback('id-404')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('are listed newest first, and are one where a feedback is approved twice, even at once', async () => {
      const other = await open({ rows: 'kept' });
      const [first, ...again] = await Promise.all(
        [store, other, store, other].map((each) => each.verifiedQueries.save(verifiedQuery('one'))),
      );
      expect(again).toEqual([first, first, first]);
      await store.verifiedQueries.save(verifiedQuery('two'));
      const listed = await store.verifiedQueries.list(10);
      expect(listed).toMatchObject([
        { feedbackId: 'two', plan: { steps: [] }, approvedAt: expect.any(Date) },
        { feedbackId: 'one', id: first },
      ]);
      expect(await store.verifiedQueries.list(1)).toHaveLength(1);
    });

    it('outlive the feedback that they are made of, and go when they are withdrawn', async () => {
      const { id, conversationId } = await saved('ann', { steps: ['one'] });
      const feedbackId = await store.saveFeedback({ ...feedback, subject: 'ann', answerId: id });
      const verified = await store.verifiedQueries.save(verifiedQuery(feedbackId));
      await store.deleteConversation('ann', conversationId);
      await expect(store.verifiedQueries.findFeedback(feedbackId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await store.verifiedQueries.list(10)).toHaveLength(1);
      await store.verifiedQueries.remove(verified);
      expect(await store.verifiedQueries.list(10)).toEqual([]);
      await expect(store.verifiedQueries.remove(verified)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('are listed without the plan of one that cannot be read', async () => {
      await store.verifiedQueries.save(verifiedQuery('one'));
      await place.sql(`UPDATE "VerifiedQuery" SET "plan" = '{'`);
      expect(await store.verifiedQueries.list(10)).toMatchObject([{ feedbackId: 'one', plan: undefined }]);
    });
  });

  describe('that is not there any more', () => {
    it('is healthy, and after its tables are gone it is not', async () => {
      await expect(store.checkHealth()).resolves.toBeUndefined();
      await place.sql('DROP TABLE "Feedback"', 'DROP TABLE "Answer"', 'DROP TABLE "Conversation"');
      await expect(store.checkHealth()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', status: 503 });
      await expect(store.findAnswer('ann', 'id-1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });
  });
});
const feedback = { verdict: 'right' as const, comment: undefined, correction: undefined };

async function open(
  options: Pick<StoreOptions, 'rows'> & Partial<StoreOptions>,
): Promise<Store<AnswerDocument>> {
  const made = await openStore<AnswerDocument>({ url: place.url, now: tick, newId, ...options });
  opened.push(made);
  return made;
}

/** Every reading is a second after the last. */
function tick(): Date {
  clock += 1_000;
  return new Date(clock);
}

function newId(): string {
  ids += 1;
  return `id-${ids}`;
}

function answerOf(conversationId: string) {
  return {
    id: newId(),
    conversationId,
    question: 'Who was born in May?',
    createdAt: tick().toISOString(),
    status: 'ANSWERED',
    text: 'Christian was.',
    planner: 'embedded',
    table: { rows: [['Christian', 'Koblick', '1.50', null]], truncated: false },
    facts: [{ label: 'employees', value: '12345678901234567890', unit: null }],
  };
}

async function saved(subject: string, plan?: unknown) {
  const { id } = await store.ensureConversation(subject, undefined, 'Birthdays');
  const document = answerOf(id);
  await store.saveAnswer({
    subject,
    policyDigest: 'digest',
    document,
    ...(plan === undefined ? {} : { plan }),
  });
  return document;
}

function verifiedQuery(feedbackId: string): StoredVerifiedQuery {
  return {
    id: newId(),
    feedbackId,
    question: 'Who was born in May?',
    plan: { steps: [] },
    catalogVersion: 'v1',
    approvedBy: 'eve',
    approvedAt: tick(),
  };
}

function titles(page: Awaited<ReturnType<typeof store.listConversations>>): string[] {
  return page.edges.map((edge) => edge.node.title);
}

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof Error) return thrown;
  throw new Error('Nothing was thrown.');
}
