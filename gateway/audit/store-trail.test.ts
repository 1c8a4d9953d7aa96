import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from '../../prisma/engines.test-helper.js';
import { openAuditEvents } from '../../prisma/open-audit-events.js';
import { readAnchors } from './anchors.js';
import { makeTrailFolder, statement, type TrailFolder } from './audit.test-helper.js';
import { readStoredEvents } from './store-sink.js';
import { type Verification, verifyChains } from './verify.js';

let folder: TrailFolder;
let place: TestPlace;

async function verify(anchors: 'anchored' | 'unanchored' = 'anchored'): Promise<Verification> {
  const events = await openAuditEvents({ url: place.url, synchronous: 'normal', now: () => folder.now });
  try {
    return await verifyChains({
      events: () => readStoredEvents(events),
      anchors: anchors === 'anchored' ? await readAnchors(folder.config.anchors) : [],
      scope: 'whole',
    });
  } finally {
    await events.close();
  }
}

async function writeTrail(): Promise<void> {
  const { trail, close } = await folder.open();
  for (let number = 1; number <= 5; number += 1) await trail.record(statement(`n${number}`));
  await close();
}

const WITHOUT_TRIGGERS = {
  SQLite: [
    'DROP TRIGGER "AuditEvent_is_never_changed"',
    'DROP TRIGGER "AuditEvent_is_deleted_by_checkpoint_only"',
  ],
  PostgreSQL: ['ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL'],
};

/** What an engine has of its own to change a row, or to get round what keeps it from that. */
const CHANGES = {
  SQLite: [
    `INSERT OR REPLACE INTO "AuditEvent" SELECT chain, sequence, at, kind, requestId, 'bob', domain, hash, event FROM "AuditEvent" WHERE sequence = 2`,
  ],
  PostgreSQL: [
    `INSERT INTO "AuditEvent" SELECT * FROM "AuditEvent" WHERE sequence = 2 ON CONFLICT (chain, sequence) DO UPDATE SET "subject" = 'bob'`,
    'TRUNCATE "AuditEvent"',
    `SET session_replication_role = replica; UPDATE "AuditEvent" SET "subject" = 'bob'`,
    `CREATE TEMPORARY TABLE "AuditCheckpoint" AS SELECT * FROM "AuditEvent"; DELETE FROM "AuditEvent"`,
    'TRUNCATE "AuditCheckpoint"',
  ],
};

describe.each(ENGINES)('on $name', ({ name: engine, make }) => {
  beforeEach(async () => {
    place = await make();
    folder = makeTrailFolder({ ASKGRAPH_AUDIT: 'store', DATABASE_URL: place.url });
  });
  afterEach(async () => {
    folder.remove();
    await place.remove();
  });

  describe('a trail in the store', () => {
    it('holds, with columns for people who look something up', async () => {
      await writeTrail();
      expect(await verify()).toMatchObject({ broken: undefined, events: 7, chains: [{ end: 'closed' }] });
      expect(
        await place.sql(`SELECT kind, domain FROM "AuditEvent" WHERE "requestId" = 'request n3'`),
      ).toEqual([{ kind: 'statement', domain: 'sales' }]);
    });

    it.each([
      `UPDATE "AuditEvent" SET "subject" = 'bob'`,
      'DELETE FROM "AuditEvent" WHERE "sequence" = 3',
      'DELETE FROM "AuditEvent"',
      ...CHANGES[engine],
    ])('takes no %s', async (text) => {
      await writeTrail();
      const before = await place.sql('SELECT * FROM "AuditEvent" ORDER BY sequence');
      await expect(place.sql(text)).rejects.toThrow(/append-only/);
      expect(await place.sql('SELECT * FROM "AuditEvent" ORDER BY sequence')).toEqual(before);
    });

    it.each([
      [`UPDATE "AuditEvent" SET "subject" = 'bob' WHERE "sequence" = 3`, /no audit event, or was altered/],
      [`UPDATE "AuditEvent" SET "event" = replace("event", 'ann', 'bob') WHERE "sequence" = 3`, /altered/],
      ['DELETE FROM "AuditEvent" WHERE "sequence" = 3', /event 4 of chain \S+ follows event 2/],
      ['DELETE FROM "AuditEvent" WHERE "sequence" <= 3', /the events before 4 are missing/],
      ['DELETE FROM "AuditEvent" WHERE "sequence" > 5', /once reached event 7/],
      ['DELETE FROM "AuditEvent"', /whole chain is missing/],
    ])('shows what somebody did who took the triggers away: %s', async (text, reason) => {
      await writeTrail();
      await place.sql(...WITHOUT_TRIGGERS[engine], text);
      expect((await verify()).broken?.reason).toMatch(reason);
    });

    it('is written by several processes at once, each in its chain', async () => {
      const writers = await Promise.all([folder.open(), folder.open(), folder.open()]);
      const numbers = Array.from({ length: 150 }, (_, number) => number);
      await Promise.all(numbers.map((number) => writers[number % 3]!.trail.record(statement(`n${number}`))));
      for (const writer of writers) await writer.close();
      const { broken, chains, events } = await verify();
      expect(broken).toBeUndefined();
      expect(chains).toHaveLength(3);
      expect(events).toBe(156);
    });

    it('refuses what it cannot record, keeps what has happened, and goes on without a gap', async () => {
      const { trail, close } = await folder.open();
      await place.sql('ALTER TABLE "AuditEvent" RENAME TO "Aside"');
      await expect(trail.record(statement('refused'))).rejects.toMatchObject({
        code: 'AUDIT_UNAVAILABLE',
        status: 503,
        retryable: true,
      });
      trail.note(statement('noted'));
      await expect(trail.record(statement('refused too'))).rejects.toMatchObject({
        code: 'AUDIT_UNAVAILABLE',
      });
      await place.sql('ALTER TABLE "Aside" RENAME TO "AuditEvent"');
      const { sequence } = await trail.record(statement('after'));
      expect(sequence).toBe(3);
      await close();
      expect(await verify()).toMatchObject({ broken: undefined, events: 4 });
      expect(
        await place.sql('SELECT "requestId" FROM "AuditEvent" WHERE sequence > 1 ORDER BY sequence'),
      ).toEqual(['request noted', 'request after', 'trail'].map((requestId) => ({ requestId })));
    });

    it('does not open where nothing can be written', async () => {
      await place.sql('CREATE TABLE "AuditEvent" (x INTEGER)');
      await expect(folder.open()).rejects.toMatchObject({ code: expect.stringMatching(/UNAVAILABLE/) });
    });
  });

  describe('retention of the store', () => {
    it('deletes what is too old, time and again, and the rest still holds', async () => {
      await writeTrail();
      folder.now = new Date('2026-03-05T10:00:00Z');
      const second = await folder.open();
      await second.trail.record(statement('later'));
      expect(await second.expire(new Date('2026-03-03T00:00:00Z'))).toBe(7);
      expect((await verify()).broken).toBeUndefined();
      folder.now = new Date('2026-03-20T10:00:00Z');
      await second.trail.record(statement('latest'));
      expect(await second.expire(new Date('2026-03-10T00:00:00Z'))).toBe(3);
      expect(await second.expire(new Date('2026-03-10T00:00:00Z'))).toBe(0);
      await second.close();
      const { broken, chains } = await verify();
      expect(broken).toBeUndefined();
      expect(chains).toMatchObject([{ start: { sequence: 3 } }]);
    });

    it('is no pretext: what a checkpoint does not cover is still missed', async () => {
      await writeTrail();
      folder.now = new Date('2026-03-05T10:00:00Z');
      const second = await folder.open();
      await second.trail.record(statement('later'));
      await second.expire(new Date('2026-03-03T00:00:00Z'));
      const [{ chain } = { chain: '' }] = (await place.sql('SELECT DISTINCT chain FROM "AuditEvent"')) as {
        chain: string;
      }[];
      await second.close();
      await place.sql(
        `INSERT INTO "AuditCheckpoint" VALUES ('${chain}', 2, 'made up', '2026-03-05')`,
        `DELETE FROM "AuditEvent" WHERE chain = '${chain}' AND sequence <= 2`,
      );
      expect((await verify()).broken?.reason).toMatch(/the events before 3 are missing/);
    });
  });
});
