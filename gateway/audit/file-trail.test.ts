import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTrailFolder, statement, type TrailFolder } from './audit.test-helper.js';
import { NO_EVENTS, seal } from './audit-event.js';
import { openFileSink } from './file-sink.js';

let folder: TrailFolder;

beforeEach(() => {
  folder = makeTrailFolder({ ASKGRAPH_AUDIT: 'file', ASKGRAPH_AUDIT_FILE_BYTES: '2000' });
});
afterEach(() => folder.remove());

const files = () =>
  readdirSync(folder.config.directory)
    .sort()
    .map((name) => join(folder.config.directory, name));
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');
const events = () => files().flatMap((file) => linesOf(file).map((line) => JSON.parse(line)));

/** Twelve statements in one closed chain of several files. */
async function writeTrail(): Promise<void> {
  const { trail, close } = await folder.open();
  for (let number = 1; number <= 12; number += 1) await trail.record(statement(`n${number}`));
  await close();
}

describe('a trail in files', () => {
  it('says who did what, when, over which columns, and only the digest of the statement', async () => {
    const { trail, close } = await folder.open();
    const receipt = await trail.record(statement('price'));
    await close();
    const [opened, event, closed] = events();
    expect(opened).toMatchObject({ sequence: 1, kind: 'trail', facts: { trail: 'opened', heads: [] } });
    expect(event).toEqual({
      version: 1,
      chain: receipt.chain,
      sequence: 2,
      at: '2026-03-01T10:00:00.000Z',
      kind: 'statement',
      decision: 'allowed',
      requestId: 'request price',
      subject: 'ann',
      roles: ['analyst'],
      policyDigest: 'policy of ann',
      domain: 'sales',
      facts: { reads: { sales: ['pricepaid'] } },
      digests: { sql: createHash('sha256').update('SELECT price').digest('hex') },
      previous: opened.hash,
      hash: event.hash,
    });
    expect(closed).toMatchObject({ sequence: 3, facts: { trail: 'closed' }, previous: event.hash });
  });

  it('ties each event to the one before by the SHA-256 of its canonical JSON', async () => {
    await writeTrail();
    let previous = '0'.repeat(64);
    for (const { hash, ...rest } of events()) {
      expect(rest.previous).toBe(previous);
      // As RFC 8785 has it, worked out by itself: keys in order, nothing between.
      expect(createHash('sha256').update(sortedJson(rest)).digest('hex')).toBe(hash);
      previous = hash;
    }
  });

  it('keeps texts in full where the setting says so', async () => {
    const { trail, close } = await folder.open({ ASKGRAPH_AUDIT_TEXTS: 'full' });
    await trail.record(statement('price'));
    await close();
    expect(events()[1].texts).toEqual({ sql: 'SELECT price' });
  });

  it('goes on in the next file when one is full, and holds', async () => {
    await writeTrail();
    expect(files().length).toBeGreaterThan(3);
    expect(await folder.verify('anchored')).toMatchObject({
      broken: undefined,
      events: 14,
      chains: [{ sequence: 14, end: 'closed', start: { sequence: 0 } }],
    });
  });

  it('keeps one order whatever comes at once, and one chain a writer', async () => {
    const writers = await Promise.all([folder.open(), folder.open(), folder.open()]);
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    const receipts = await Promise.all(
      numbers.map((number) => writers[number % 3]!.trail.record(statement(`n${number}`))),
    );
    for (const writer of writers) await writer.close();
    expect(new Set(receipts.map(({ chain, sequence }) => `${chain}/${sequence}`)).size).toBe(200);
    const { broken, chains, events: count } = await folder.verify('anchored');
    expect(broken).toBeUndefined();
    expect(chains).toHaveLength(3);
    expect(count).toBe(206);
  });

  it('goes on after a write that was cut off in the middle of a line', async () => {
    const { directory } = folder.config;
    const options = { directory, chain: 'c', fileBytes: 100_000, sync: 'always', warn: () => {} } as const;
    const first = openFileSink(options);
    const settings = { chain: 'c', at: folder.now, policyDigest: 'p', texts: 'digest' } as const;
    const event = seal(statement('one'), NO_EVENTS, settings);
    await first.append([event]);
    await first.close();
    appendFileSync(files()[0] ?? '', '{"version":1,"cha');
    expect((await folder.verify('unanchored')).broken?.reason).toMatch(/no audit event/);

    const second = openFileSink(options);
    expect(await second.head('c')).toMatchObject({ sequence: 1, hash: event.hash });
    await second.append([seal(statement('two'), event, settings)]);
    await second.close();
    expect(await folder.verify('unanchored')).toMatchObject({ broken: undefined, events: 2 });
  });

  it('refuses what it cannot record, and has it all again when it can', async () => {
    const { directory } = folder.config;
    const { trail, close } = await folder.open();
    for (let number = 1; number <= 5; number += 1) await trail.record(statement(`n${number}`));
    renameSync(directory, `${directory}.aside`);
    writeFileSync(directory, 'in the way');
    const refused: PromiseSettledResult<unknown>[] = [];
    for (let number = 1; number <= 5; number += 1)
      refused.push(...(await Promise.allSettled([trail.record(statement(`m${number}`))])));
    expect(refused.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT_UNAVAILABLE' } });
    expect(folder.warnings).toContain('the audit trail cannot be written');
    trail.note(statement('noted'));
    rmSync(directory);
    renameSync(`${directory}.aside`, directory);
    await trail.record(statement('after'));
    await close();
    expect((await folder.verify('anchored')).broken).toBeUndefined();
    const requests = events().map((event) => event.requestId);
    expect(requests.slice(-3)).toEqual(['request noted', 'request after', 'trail']);
    for (const [number, { status }] of refused.entries())
      expect(requests.includes(`request m${number + 1}`)).toBe(status === 'fulfilled');
  });
});

describe('verifying finds', () => {
  const change = (file: string, edit: (lines: string[]) => string[]) =>
    writeFileSync(file, `${edit(linesOf(file)).join('\n')}\n`);

  it.each<[string, (lines: string[]) => string[], RegExp]>([
    ['an altered event', (lines) => lines.map((line) => line.replace('"ann"', '"bob"')), /was altered/],
    [
      'an event with one more field',
      (lines) => lines.map((line) => line.replace('{"at"', '{"a":1,"at"')),
      /was altered/,
    ],
    ['a deleted event', ([first = '', , ...others]) => [first, ...others], /follows event/],
    [
      'events in another order',
      ([first = '', second = '', ...others]) => [second, first, ...others],
      /follows event/,
    ],
    ['an event written twice', ([first = '', ...others]) => [first, first, ...others], /follows event/],
    ['what is no event', (lines) => ['{"version":1}', ...lines], /no audit event/],
  ])('%s', async (_, edit, reason) => {
    await writeTrail();
    const file = files()[1] ?? '';
    change(file, edit);
    const { broken } = await folder.verify('unanchored');
    expect(broken?.reason).toMatch(reason);
    expect(broken?.place).toContain(file.split('/').at(-1));
  });

  it('a file that is gone from the middle', async () => {
    await writeTrail();
    rmSync(files()[1] ?? '');
    expect((await folder.verify('unanchored')).broken?.reason).toMatch(/follows event/);
  });

  it('a beginning that is gone', async () => {
    await writeTrail();
    rmSync(files()[0] ?? '');
    expect((await folder.verify('unanchored')).broken?.reason).toMatch(/events before \d+ are missing/);
  });

  it('an end that was cut off, by the anchor that is kept apart', async () => {
    await writeTrail();
    change(files().at(-1) ?? '', (lines) => lines.slice(0, -1));
    expect((await folder.verify('anchored')).broken?.reason).toMatch(/once reached event 14/);
  });

  it('an end that was cut off, by the next chain, where the anchors are lost too', async () => {
    await writeTrail();
    const next = await folder.open();
    await next.close();
    const last = files()
      .filter((file) => file.includes(files()[0]!.slice(-20, -13)))
      .at(-1);
    rmSync(last ?? '');
    expect((await folder.verify('unanchored')).broken?.reason).toMatch(/once reached event 14/);
  });

  it('a whole chain that is gone', async () => {
    await writeTrail();
    for (const file of files()) rmSync(file);
    const next = await folder.open();
    await next.close();
    expect((await folder.verify('anchored')).broken?.reason).toMatch(/whole chain is missing/);
  });

  it('a chain that was written anew from the middle, with hashes that hold', async () => {
    await writeTrail();
    const forged = events().map((event) => (event.sequence === 5 ? { ...event, subject: 'bob' } : event));
    let previous = '0'.repeat(64);
    const lines = forged.map(({ hash: _, ...event }) => {
      const body = { ...event, previous };
      previous = createHash('sha256').update(sortedJson(body)).digest('hex');
      return JSON.stringify({ ...body, hash: previous });
    });
    const [first = '', ...others] = files();
    for (const file of others) rmSync(file);
    writeFileSync(first, `${lines.join('\n')}\n`);
    // By itself it holds: that is what the anchors are for.
    expect((await folder.verify('unanchored')).broken).toBeUndefined();
    expect((await folder.verify('anchored')).broken?.reason).toMatch(/written anew/);
  });
});

describe('retention of files', () => {
  it('deletes whole files that are too old, and the rest still holds', async () => {
    await writeTrail();
    const before = files().length;
    folder.now = new Date('2026-03-05T10:00:00Z');
    const second = await folder.open();
    for (let number = 1; number <= 8; number += 1) await second.trail.record(statement(`m${number}`));
    expect(await second.expire(new Date('2026-03-03T00:00:00Z'))).toBe(14);
    expect(files().length).toBeLessThan(before + 6);
    folder.now = new Date('2026-03-09T10:00:00Z');
    expect(await second.expire(new Date('2026-03-08T00:00:00Z'))).toBeGreaterThan(3);
    await second.trail.record(statement('last'));
    await second.close();
    const { broken, chains } = await folder.verify('anchored');
    expect(broken).toBeUndefined();
    expect(chains[0]?.start.sequence).toBeGreaterThan(0);
  });

  it('leaves a file that its writer may still write to', async () => {
    const first = await folder.open();
    await first.trail.record(statement('one'));
    expect(await first.expire(new Date('2027-01-01T00:00:00Z'))).toBe(0);
    await first.close();
    expect((await folder.verify('anchored')).broken).toBeUndefined();
  });
});

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`).join(',')}}`;
}
