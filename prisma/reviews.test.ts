import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from './engines.test-helper.js';
import { openStore, type Store } from './store.js';
import type { AnswerDocument } from './stored-types.js';

let place: TestPlace;
let store: Store<AnswerDocument>;
let clock: number;
let ids: number;

describe.each(ENGINES)('what stewards look through, on $name', ({ make }) => {
  beforeEach(async () => {
    place = await make();
    clock = Date.parse('2024-03-01T10:00:00Z');
    ids = 0;
    store = await openStore<AnswerDocument>({ url: place.url, rows: 'kept', now: tick, newId });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  it('is feedback that gives something to approve, newest first, until it is approved', async () => {
    const planned = await answer({ steps: ['one'] });
    const unplanned = await answer(undefined);
    const correction = { query: 'SELECT 1', language: 'SQL' } as const;
    const right = await feedback(planned, { verdict: 'right' });
    await feedback(unplanned, { verdict: 'right' });
    await feedback(planned, { verdict: 'wrong' });
    const corrected = await feedback(unplanned, { verdict: 'wrong', correction, comment: 'so' });
    const { items, next } = await store.reviews.feedback({ after: undefined, most: 10 });
    expect(next).toBeUndefined();
    expect(items).toMatchObject([
      { id: corrected, verdict: 'wrong', correction, comment: 'so', plan: undefined },
      { id: right, verdict: 'right', correction: undefined, comment: null, plan: { steps: ['one'] } },
    ]);
    expect(items[0]?.createdAt).toBeInstanceOf(Date);

    await store.verifiedQueries.save(verified(corrected));
    const left = await store.reviews.feedback({ after: undefined, most: 10 });
    expect(left.items.map(({ id }) => id)).toEqual([right]);
  });

  it('is read on from a cursor, each thing once, also where instants are alike', async () => {
    const id = await answer({ steps: ['one'] });
    const given: string[] = [];
    for (let count = 0; count < 5; count++) {
      if (count > 1) clock -= 1_000;
      given.push(await feedback(id, { verdict: 'right' }));
    }
    for (const feedbackId of given) await store.verifiedQueries.save(verified(`of ${feedbackId}`));
    for (const read of [store.reviews.feedback, store.reviews.verified] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const { items, next } = await read({ after, most: 2 });
        seen.push(...items.map((item) => item.id));
        expect(items.at(-1)?.cursor).toBe(next ?? items.at(-1)?.cursor);
        after = next;
      } while (after !== undefined);
      expect(new Set(seen).size).toBe(5);
      expect(seen).toHaveLength(5);
    }
    await expect(store.reviews.verified({ after: 'none', most: 2 })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

/** Every reading is a second after the last. */
function tick(): Date {
  clock += 1_000;
  return new Date(clock);
}

function newId(): string {
  ids += 1;
  return `id-${ids}`;
}

async function answer(plan: unknown): Promise<string> {
  const { id: conversationId } = await store.ensureConversation('ann', newId(), 'Birthdays');
  const id = newId();
  const document = {
    id,
    conversationId,
    question: 'Who was born in May?',
    createdAt: tick().toISOString(),
    status: 'ANSWERED',
    text: 'Christian was.',
    planner: 'embedded',
    table: null,
    facts: [],
  };
  await store.saveAnswer({
    subject: 'ann',
    policyDigest: 'digest',
    document,
    ...(plan === undefined ? {} : { plan }),
  });
  return id;
}

function feedback(
  answerId: string,
  more: Pick<Parameters<typeof store.saveFeedback>[0], 'verdict'> &
    Partial<Parameters<typeof store.saveFeedback>[0]>,
): Promise<string> {
  return store.saveFeedback({ subject: 'ann', answerId, comment: undefined, correction: undefined, ...more });
}

function verified(feedbackId: string) {
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
