import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvents, StoredAuditEvent } from '../audit-events.js';
import type { BudgetUse } from '../budget-use.js';
import { ENGINES, type TestPlace } from '../engines.test-helper.js';
import { openAuditEvents } from '../open-audit-events.js';
import { openBudgetUse } from '../open-budget-use.js';
import { openStore, type Store } from '../store.js';
import type { AnswerDocument } from '../stored-types.js';
import { migrate } from './migrate.js';

const postgres = ENGINES.find(({ name }) => name === 'PostgreSQL');
const now = () => new Date('2024-03-01T10:00:00Z');
const NOTHING = { tokens: 0, bytes: 0, microMoney: 0 };

let place: TestPlace;

async function openAll(url: string): Promise<[Store<AnswerDocument>, AuditEvents, BudgetUse]> {
  return Promise.all([
    openStore<AnswerDocument>({ url, rows: 'kept', now, newId: randomUUID }),
    openAuditEvents({ url, synchronous: 'full', now }),
    openBudgetUse({ url, now }),
  ]);
}

describe.skipIf(postgres === undefined)('a store on PostgreSQL', () => {
  beforeEach(async () => {
    place = await postgres!.make();
  });
  afterEach(() => place.remove());

  it('is made once by two gateways that start on it at the same time', async () => {
    const opened = await Promise.all([openAll(place.url), openAll(place.url)]);
    const [[first], [second]] = opened;
    const { id } = await first.ensureConversation('ann', undefined, 'Sales');
    expect(await second.findConversation('ann', id)).toEqual({ id, title: 'Sales' });
    const names = (await place.sql('SELECT "name" FROM "AppliedMigration"')).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    await closeAll(opened.flat());
  });

  it('outlives the loss of every connection, between requests and under them', async () => {
    const [store, events, budgets] = await openAll(place.url);
    const { id } = await store.ensureConversation('ann', undefined, 'Sales');
    await events.head('chain');
    await budgets.used('ann', '2024-03-01');
    await cutConnections();
    await setTimeout(100);
    expect(await store.findConversation('ann', id)).toEqual({ id, title: 'Sales' });
    expect(await events.head('chain')).toBeUndefined();
    expect(await budgets.used('ann', '2024-03-01')).toEqual(NOTHING);

    await place.sql('BEGIN', 'LOCK TABLE "Conversation"');
    const waiting = expect(store.findConversation('ann', id)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    await setTimeout(200);
    await cutConnections();
    await waiting;
    await place.sql('ROLLBACK');
    await store.checkHealth();
    await closeAll([store, events, budgets]);
  });

  it.each([
    ['full', 'off', 'on'],
    ['full', 'remote_write', 'remote_write'],
    ['normal', 'on', 'off'],
  ] as const)(
    'is written %s where the database would commit with "%s": with "%s"',
    async (synchronous, before, after) => {
      await (await openBudgetUse({ url: place.url, now })).close();
      await place.sql(
        'CREATE TABLE "Seen" ("setting" TEXT)',
        `CREATE FUNCTION "note_setting"() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN INSERT INTO "Seen" VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$`,
        `CREATE TRIGGER "note" AFTER INSERT ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION "note_setting"()`,
      );
      const url = new URL(place.url);
      url.searchParams.set('options', `${url.searchParams.get('options')} -csynchronous_commit=${before}`);
      const events = await openAuditEvents({ url: url.href, synchronous, now });
      await events.append([event(1), event(2)]);
      await events.close();
      expect(await place.sql('SELECT "setting" FROM "Seen"')).toEqual([{ setting: after }]);
    },
  );

  it.each([
    ['postgresql://ann:geheim@127.0.0.1:1/store?password=geheim', 'nothing answers there'],
    ['postgresql://ann:geheim@nowhere.invalid/store', 'nothing answers there'],
    ['postgresql://nobody_of_this_name:geheim@HOST/postgres', 'it does not let this user in'],
    ['postgresql://USER:geheim@HOST/no_database_of_this_name', 'it has no such database'],
    [
      'postgresql://USER:geheim@HOST/postgres?sslmode=require',
      'it does not encrypt (sslmode=disable goes without)',
    ],
  ])('says why it cannot be opened, without the password: %s', async (pattern, reason) => {
    const { username, host } = new URL(place.url);
    const url = pattern.replace('USER', username).replace('HOST', host);
    const opened = await Promise.allSettled([
      openStore({ url, rows: 'kept', now, newId: randomUUID }),
      openAuditEvents({ url, synchronous: 'full', now }),
      openBudgetUse({ url, now }),
    ]);
    const { host: there, pathname } = new URL(url);
    const message = `The store at postgresql://${there}${pathname} cannot be opened: ${reason}.`;
    const rejected = { status: 'rejected', reason: { code: 'STORE_UNAVAILABLE', message } };
    expect(opened).toMatchObject([rejected, rejected, rejected]);
  });

  it('keeps texts with a character that PostgreSQL has not, and finds nothing by one', async () => {
    const [store, events, budgets] = await openAll(place.url);
    const { id } = await store.ensureConversation('ann', undefined, 'Sales\0 of May');
    expect(await store.findConversation('ann', id)).toEqual({ id, title: 'Sales\uFFFD of May' });
    await expect(store.findConversation('ann', `${id}\0`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.findAnswer('ann', '\0')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await closeAll([store, events, budgets]);
  });

  it('waits for another start that makes the tables, and gives up when its patience ends', async () => {
    await place.sql('BEGIN', `SELECT pg_advisory_xact_lock(x'61736b6772617068'::bigint)`);
    const options = { url: new URL(place.url), now };
    const migrations = [{ name: '0001_note', sql: 'CREATE TABLE "Note" ("text" TEXT)', checksum: 'c' }];
    await expect(migrate(migrations, { ...options, patience: 100 })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('Another process'),
    });
    const waiting = migrate(migrations, { ...options, patience: 20_000 });
    await setTimeout(200);
    await place.sql('COMMIT');
    await waiting;
    expect(await place.sql('SELECT "name" FROM "AppliedMigration"')).toEqual([{ name: '0001_note' }]);
  });

  it('says that its user may not make the tables', async () => {
    const role = `askgraph_role_${randomUUID().slice(0, 8)}`;
    await place.sql(
      `CREATE ROLE ${role} LOGIN`,
      `DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${role}', current_schema()); END $$`,
    );
    try {
      const url = new URL(place.url);
      url.username = role;
      await expect(openBudgetUse({ url: url.href, now })).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringMatching(/: this user may not make its tables\.$/),
      });
    } finally {
      await place.sql(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
    }
  });

  it('once its tables are made, needs no right to make or change any', async () => {
    await closeAll(await openAll(place.url));
    const role = `askgraph_role_${randomUUID().slice(0, 8)}`;
    await place.sql(
      `CREATE ROLE ${role} LOGIN`,
      `DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${role}', current_schema()); END $$`,
      ...GRANTS.map((grant) => `${grant} TO ${role}`),
    );
    try {
      const url = new URL(place.url);
      url.username = role;
      const [store, events, budgets] = await openAll(url.href);
      await store.ensureConversation('ann', undefined, 'Sales');
      await store.deleteConversationsBefore(new Date('2030-01-01'));
      await events.append([event(1)]);
      expect(await events.deleteThrough({ chain: 'c', sequence: 1, hash: 'h' }, now().toISOString())).toBe(1);
      await budgets.add('ann', '2024-03-01', NOTHING);
      await budgets.forgetBefore('2025-01-01');
      await closeAll([store, events, budgets]);
    } finally {
      await place.sql(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
    }
  });
});

function event(sequence: number): StoredAuditEvent {
  const what = { kind: 'statement', requestId: 'r', subject: 'ann', domain: null, event: '{}' };
  return { ...what, chain: 'c', sequence, at: now().toISOString(), hash: 'h' };
}

/** As docs/least-privilege.md has them. */
const GRANTS = [
  'GRANT SELECT ON "AppliedMigration"',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON "Conversation", "Answer", "Feedback", "VerifiedQuery", "ApiKey", "Session", "BudgetUse"',
  'GRANT SELECT, INSERT, DELETE ON "AuditEvent"',
  'GRANT SELECT, INSERT ON "AuditCheckpoint"',
];

async function closeAll(opened: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const each of opened) await each.close();
}

function cutConnections() {
  return place.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'askgraph'`,
  );
}
