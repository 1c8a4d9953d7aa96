import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from './engines.test-helper.js';
import { openStore, type Store } from './store.js';
import type { AnswerDocument } from './stored-types.js';
import type { StoredVerifiedQuery } from './verified-queries.js';

let place: TestPlace;
let store: Store<AnswerDocument>;

const NOW = new Date('2024-03-01T10:00:00Z');
const verified = (id: string, more: Partial<StoredVerifiedQuery> = {}): StoredVerifiedQuery => ({
  id,
  feedbackId: `feedback of ${id}`,
  question: 'How many?',
  plan: { steps: [1] },
  catalogVersion: 'v1',
  approvedBy: 'stu',
  approvedAt: NOW,
  ...more,
});

describe.each(ENGINES)('verified queries on $name', ({ make }) => {
  beforeEach(async () => {
    place = await make();
    let ids = 0;
    store = await openStore({ url: place.url, rows: 'kept', now: () => NOW, newId: () => `id-${++ids}` });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  it('are given back as they were saved, the newest first, as many as are wanted', async () => {
    const older = verified('a', { approvedAt: new Date('2024-02-01T10:00:00Z') });
    const newer = verified('b');
    for (const one of [older, newer]) expect(await store.verifiedQueries.save(one)).toBe(one.id);
    expect(await store.verifiedQueries.list(10)).toEqual([newer, older]);
    expect(await store.verifiedQueries.list(1)).toEqual([newer]);
  });

  it('are one for one feedback, also where it is approved twice at the same time', async () => {
    const both = ['a', 'b'].map((id) => store.verifiedQueries.save(verified(id, { feedbackId: 'f' })));
    const ids = await Promise.all(both);
    expect(new Set(ids).size).toBe(1);
    expect(await store.verifiedQueries.list(10)).toHaveLength(1);
  });

  it('are made of feedback, with the plan of the answer that it is about, and outlive both', async () => {
    const conversation = await store.ensureConversation('ann', undefined, 'x');
    const document = {
      id: 'answer',
      conversationId: conversation.id,
      question: 'How many?',
      createdAt: NOW.toISOString(),
      status: 'ANSWERED',
      text: '5',
      planner: 'embedded',
      table: null,
    };
    await store.saveAnswer({ subject: 'ann', policyDigest: 'd', document, plan: { steps: [2] } });
    expect((await store.findAnswer('ann', 'answer')).plan).toEqual({ steps: [2] });
    const correction = { query: 'SELECT 1', language: 'SQL' };
    const feedbackId = await store.saveFeedback({
      subject: 'ann',
      answerId: 'answer',
      verdict: 'wrong',
      comment: undefined,
      correction,
    });
    expect(await store.verifiedQueries.findFeedback(feedbackId)).toEqual({
      verdict: 'wrong',
      correction,
      question: 'How many?',
      plan: { steps: [2] },
    });
    await store.verifiedQueries.save(verified('a', { feedbackId }));
    await store.deleteConversation('ann', conversation.id);
    await expect(store.verifiedQueries.findFeedback(feedbackId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await store.verifiedQueries.list(10)).toHaveLength(1);
  });
});
