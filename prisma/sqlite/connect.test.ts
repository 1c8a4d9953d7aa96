import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredAuditEvent } from '../audit-events.js';
import { openAuditEvents } from '../open-audit-events.js';
import { openBudgetUse } from '../open-budget-use.js';
import { openStore } from '../store.js';

const now = () => new Date('2024-03-01T10:00:00Z');
const NO_LIMITS = { tokens: 0, bytes: 0, microMoney: 0 };

let folder: string;
let url: string;
let other: ReturnType<typeof createClient>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-connect-'));
  url = `file:${path.join(folder, 'store.db')}`;
  await (await openBudgetUse({ url, now })).close();
  other = createClient({ url, timeout: 0 });
});
afterEach(async () => {
  other.close();
  await rm(folder, { recursive: true, force: true });
});

it('keeps the store in the file that the URL means, whatever its name is', async () => {
  const named = `file:${path.join(folder, '50%25 %231%3F', 'store.db')}`;
  const store = await openStore({ url: named, rows: 'kept', now, newId: () => 'c1' });
  await store.ensureConversation('ann', undefined, 'Sales');
  await store.close();
  const reader = createClient({ url: named });
  expect((await reader.execute('SELECT "title" FROM "Conversation"')).rows).toMatchObject([
    { title: 'Sales' },
  ]);
  reader.close();
  expect(await readdir(path.join(folder, '50% #1?'))).toContain('store.db');
});

describe('what is written while another process holds the file', () => {
  it('waits, and is there for everybody once it is written: an audit event', async () => {
    const events = await openAuditEvents({ url, synchronous: 'normal', now });
    await whileHeld(() => events.append([event(1)]));
    expect(await count('AuditEvent')).toBe(1);
    await events.close();
  });

  it('waits, and is there for everybody once it is written: the use of a budget', async () => {
    const budgets = await openBudgetUse({ url, now });
    await whileHeld(() =>
      budgets.addWithin('ann', '2024-03-01', { tokens: 3, bytes: 0, microMoney: 0 }, NO_LIMITS),
    );
    expect((await other.execute('SELECT "tokens" FROM "BudgetUse"')).rows).toMatchObject([{ tokens: 3 }]);
    await budgets.close();
  });

  it('waits, and is there for everybody once it is written: a conversation', async () => {
    const store = await openStore({ url, rows: 'kept', now, newId: () => 'c1' });
    await whileHeld(() => store.ensureConversation('ann', undefined, 'Sales'));
    expect(await count('Conversation')).toBe(1);
    await store.deleteConversation('ann', 'c1');
    expect(await count('Conversation')).toBe(0);
    await store.close();
  });

  it('does not stop this process from doing something else meanwhile', async () => {
    const store = await openStore({ url, rows: 'kept', now, newId: () => 'c1' });
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    await whileHeld(() => store.ensureConversation('ann', undefined, 'Sales'));
    clearInterval(turning);
    // None, if it did; forty on a machine that has nothing else to do.
    expect(turns).toBeGreaterThan(2);
    await store.close();
  });
});

it('keeps no lock that would hold up the other connections of the store', async () => {
  const events = await openAuditEvents({ url, synchronous: 'normal', now });
  const budgets = await openBudgetUse({ url, now });
  const store = await openStore({ url, rows: 'kept', now, newId: () => 'c1' });
  for (const sequence of [1, 2, 3]) {
    await whileHeld(() =>
      Promise.all([
        events.append([event(sequence)]),
        budgets.add('ann', '2024-03-01', { tokens: 1, bytes: 0, microMoney: 0 }),
        store.ensureConversation('ann', sequence === 1 ? undefined : 'c1', 'Sales'),
      ]),
    );
    await other.execute('UPDATE "Conversation" SET "title" = "title"');
  }
  expect(await count('AuditEvent')).toBe(3);
  await events.close();
  await budgets.close();
  await store.close();
});

/** Another's transaction begins before the work and ends well after it has met the lock. */
async function whileHeld(work: () => Promise<unknown>): Promise<void> {
  const transaction = await other.transaction('write');
  const working = work();
  await setTimeout(200);
  await transaction.commit();
  transaction.close();
  await working;
}

async function count(table: string): Promise<number> {
  return Number((await other.execute(`SELECT count(*) AS n FROM "${table}"`)).rows[0]?.n);
}

function event(sequence: number): StoredAuditEvent {
  return {
    chain: 'chain',
    sequence,
    at: now().toISOString(),
    kind: 'statement',
    requestId: 'r1',
    subject: 'ann',
    domain: null,
    hash: `hash ${sequence}`,
    event: '{}',
  };
}
