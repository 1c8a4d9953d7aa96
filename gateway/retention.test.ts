import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from '../prisma/engines.test-helper.js';
import { openStore } from '../prisma/store.js';
import type { AnswerDocument } from '../prisma/stored-types.js';
import { keepRetention } from './retention.js';

let place: TestPlace;
let now = new Date('2026-03-01');

const count = async (table: string) =>
  Number((await place.sql(`SELECT count(*) AS n FROM "${table}"`))[0]?.n);

async function openFilled() {
  let ids = 0;
  const newId = () => String(++ids);
  const store = await openStore<AnswerDocument>({ url: place.url, rows: 'kept', now: () => now, newId });
  for (const [name, day] of [
    ['old', '2026-03-01'],
    ['revived', '2026-03-01'],
    ['new', '2026-03-20'],
  ] as const) {
    now = new Date(day);
    const { id } = await store.ensureConversation('ann', undefined, name);
    if (name === 'revived') now = new Date('2026-03-19');
    const document = {
      id: name,
      conversationId: id,
      question: 'q',
      createdAt: now.toISOString(),
      status: 'ANSWERED',
      text: 't',
      planner: 'p',
      table: null,
    };
    await store.saveAnswer({ subject: 'ann', policyDigest: 'd', document });
    await store.saveFeedback({
      subject: 'ann',
      answerId: name,
      verdict: 'right',
      comment: undefined,
      correction: undefined,
    });
  }
  now = new Date('2026-03-21');
  return store;
}

describe.each(ENGINES)('retention on $name', ({ make }) => {
  beforeEach(async () => {
    place = await make();
  });
  afterEach(() => place.remove());

  it('deletes conversations in which nothing happened for so many days, with all that belongs to them', async () => {
    const store = await openFilled();
    const expired: Date[] = [];
    const forgotten: string[] = [];
    const retention = keepRetention({
      days: { conversations: 7, audit: 10 },
      store,
      audit: { expire: async (before) => expired.push(before) },
      limits: { forgetBefore: async (day) => void forgotten.push(day) },
      now: () => now,
      warn: (message, error) => expect.fail(`${message}: ${String(error)}`),
    });
    await retention.close();
    expect(await count('Conversation')).toBe(2);
    expect(await count('Answer')).toBe(2);
    expect(await count('Feedback')).toBe(2);
    await expect(store.findAnswer('ann', 'old')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.findAnswer('ann', 'revived');
    expect(expired).toEqual([new Date('2026-03-11')]);
    expect(forgotten).toEqual(['2026-02-19']);
    await store.close();
  });

  it('keeps everything for good unless it is told otherwise', async () => {
    const store = await openFilled();
    const retention = keepRetention({
      days: { conversations: 0, audit: 0 },
      store,
      audit: { expire: async () => expect.fail('nothing expires') },
      limits: { forgetBefore: async () => {} },
      now: () => new Date('2036-01-01'),
      warn: (message) => expect.fail(message),
    });
    await retention.close();
    expect(await count('Answer')).toBe(3);
    await store.close();
  });
});

describe('retention', () => {
  it('reports what it could not delete, and does the rest', async () => {
    const warnings: string[] = [];
    const expired: Date[] = [];
    const retention = keepRetention({
      days: { conversations: 1, audit: 1 },
      store: { deleteConversationsBefore: () => Promise.reject(new Error('locked')) },
      audit: { expire: async (before) => expired.push(before) },
      limits: { forgetBefore: async () => {} },
      now: () => new Date('2026-03-21'),
      warn: (message) => warnings.push(message),
    });
    await retention.close();
    expect(warnings).toEqual(['conversations that are too old could not be deleted']);
    expect(expired).toEqual([new Date('2026-03-20')]);
  });
});
