import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isRedisInstalled, makeRedisProcess, type RedisProcess } from '../../test/fakes/redis-process.js';
import { readConfig } from '../config.js';
import { type OpenLimits, openLimits } from './open-limits.js';

const open: OpenLimits[] = [];
const warnings: string[] = [];
let now = new Date('2026-03-01T22:00:00Z');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-limits-'));
});
afterEach(async () => {
  for (const limits of open.splice(0)) await limits.close();
  warnings.length = 0;
  now = new Date('2026-03-01T22:00:00Z');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function limits(environment: Record<string, string>, store = 'store.db', requestMilliseconds = 30_000) {
  const opened = await openLimits({
    config: readConfig(environment).limits,
    storeUrl: `file:${join(folder, store)}`,
    requestMilliseconds,
    now: () => now,
    warn: (message) => warnings.push(message),
  });
  open.push(opened);
  return opened.callers;
}

/** What became of so many requests that come one after another and go. */
async function visits(callers: Awaited<ReturnType<typeof limits>>, account: string, times: number) {
  const codes: string[] = [];
  for (let time = 0; time < times; time += 1) {
    try {
      await (await callers.enter(account)).leave();
      codes.push('in');
    } catch (error) {
      codes.push((error as { code: string }).code);
    }
  }
  return codes;
}

describe('the rate of requests', () => {
  const FOUR = { RATE_LIMIT_POINTS: '4', RATE_LIMIT_SECONDS: '30' };

  it('is each account’s own, and says when to come again', async () => {
    const callers = await limits(FOUR);
    expect(await visits(callers, 'ann', 6)).toEqual(['in', 'in', 'in', 'in', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await visits(callers, 'bob', 1)).toEqual(['in']);
    await expect(callers.enter('ann')).rejects.toMatchObject({
      status: 429,
      retryable: true,
      details: { retryAfterSeconds: 30, points: 4, seconds: 30, first: false },
    });
  });

  it('says of the first refusal that it is', async () => {
    const callers = await limits(FOUR);
    await visits(callers, 'ann', 4);
    await expect(callers.enter('ann')).rejects.toMatchObject({ details: { first: true } });
    await expect(callers.enter('ann')).rejects.toMatchObject({ details: { first: false } });
  });

  it('counts a question for more than a query', async () => {
    const callers = await limits({ ...FOUR, RATE_LIMIT_ASK_POINTS: '2' });
    await callers.takeQuestions('ann', 1);
    expect(await visits(callers, 'ann', 3)).toEqual(['in', 'in', 'RATE_LIMITED']);
    await expect(callers.takeQuestions('bob', 3)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('can be left open', async () => {
    const callers = await limits({ RATE_LIMIT_POINTS: '0', CONCURRENT_REQUESTS: '0' });
    expect(new Set(await visits(callers, 'ann', 500))).toEqual(new Set(['in']));
  });
});

describe('requests at a time', () => {
  it('are each account’s own, and a place is free again when one leaves', async () => {
    const callers = await limits({ CONCURRENT_REQUESTS: '2' });
    const first = await callers.enter('ann');
    await callers.enter('ann');
    await expect(callers.enter('ann')).rejects.toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    await callers.enter('bob');
    await first.leave();
    await callers.enter('ann');
    await expect(callers.enter('ann')).rejects.toMatchObject({ details: { concurrentRequests: 2 } });
  });
});

describe.each([
  ['the store', 'none'],
  ['Redis', 'own'],
])('a budget in %s', (where, redis) => {
  let process: RedisProcess | undefined;
  beforeAll(async () => {
    if (redis === 'none' || !isRedisInstalled()) return;
    process = await makeRedisProcess();
    await process.start();
  });
  afterAll(() => process?.stop());
  const settings = (more: Record<string, string>) =>
    process === undefined ? more : { ...more, REDIS_URL: process.url };
  const file = `${redis}.db`;

  it.skipIf(redis === 'own' && !isRedisInstalled())(
    `is charged with the bytes that were read, and refuses when it is used up (${where})`,
    async () => {
      const callers = await limits(settings({ BUDGET_BYTES_SCANNED: '1000' }), file);
      const visit = await callers.enter('ann');
      visit.meter.scanned(700);
      visit.meter.scanned(800);
      await visit.leave();
      expect(await visits(callers, 'ann', 1)).toEqual(['BUDGET_EXCEEDED']);
      expect(await visits(callers, 'bob', 1)).toEqual(['in']);
      await expect(callers.enter('ann')).rejects.toMatchObject({
        status: 429,
        message: "Today's budget of bytes scanned does not allow this.",
        details: {
          budgets: ['bytes scanned'],
          retryAfterSeconds: 7_200,
          resetsAt: '2026-03-02T00:00:00.000Z',
        },
      });
      now = new Date('2026-03-02T00:00:01Z');
      expect(await visits(callers, 'ann', 1)).toEqual(['in']);
    },
  );

  it.skipIf(redis === 'own' && !isRedisInstalled())(
    `sets aside what is expected, whoever else asks at the same time, and settles what it was (${where})`,
    async () => {
      const budget = { BUDGET_TOKENS: '1000', BUDGET_MONEY: '0.50' };
      const [one, two] = [await limits(settings(budget), file), await limits(settings(budget), file)];
      const asked = await Promise.allSettled(
        Array.from({ length: 10 }, (_, number) =>
          (number % 2 === 0 ? one : two).budget.reserve('eve', { tokens: 300, microMoney: 100_000 }),
        ),
      );
      const reserved = asked.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(reserved).toHaveLength(3);
      for (const reservation of reserved) await reservation.settle({ tokens: 100, microMoney: 150_000 });
      // 300 of 1000 tokens are used, and 0.45 of 0.50.
      await expect(two.budget.reserve('eve', { tokens: 10, microMoney: 60_000 })).rejects.toMatchObject({
        code: 'BUDGET_EXCEEDED',
        details: { budgets: ['money'] },
      });
      await expect(two.budget.reserve('eve', { tokens: 701 })).rejects.toMatchObject({
        details: { budgets: ['tokens'] },
      });
      await two.budget.reserve('eve', { tokens: 700, microMoney: 50_000 });
      await expect(one.budget.check('eve')).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
    },
  );
});

describe.skipIf(!isRedisInstalled())('limits in Redis', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await makeRedisProcess();
    await redis.start();
  });
  afterAll(() => redis.stop());

  it('are shared by processes, go on in each while Redis is down with one warning, and are shared again', async () => {
    const settings = { REDIS_URL: redis.url, RATE_LIMIT_POINTS: '4', BUDGET_BYTES_SCANNED: '100' };
    const [one, two] = [await limits(settings), await limits(settings)];
    expect([...(await visits(one, 'ann', 2)), ...(await visits(two, 'ann', 3))]).toEqual([
      'in',
      'in',
      'in',
      'in',
      'RATE_LIMITED',
    ]);

    await redis.stop();
    await expect
      .poll(() => warnings.filter((text) => text.startsWith('Redis does not answer')))
      .toHaveLength(2);
    expect(await visits(one, 'cleo', 5)).toEqual(['in', 'in', 'in', 'in', 'RATE_LIMITED']);
    expect(await visits(two, 'cleo', 5)).toEqual(['in', 'in', 'in', 'in', 'RATE_LIMITED']);
    const visit = await one.enter('dan');
    visit.meter.scanned(100);
    await visit.leave();
    expect(await visits(one, 'dan', 1)).toEqual(['BUDGET_EXCEEDED']);

    await redis.start();
    await expect
      .poll(() => warnings.filter((text) => text === 'Redis answers again'), { timeout: 15_000 })
      .toHaveLength(2);
    expect([...(await visits(one, 'finn', 2)), ...(await visits(two, 'finn', 3))]).toEqual([
      'in',
      'in',
      'in',
      'in',
      'RATE_LIMITED',
    ]);
    expect(warnings).toHaveLength(4);
  });

  it('count requests at a time in all processes, and a place is free again when one leaves', async () => {
    const settings = { REDIS_URL: redis.url, CONCURRENT_REQUESTS: '3' };
    const [one, two] = [await limits(settings), await limits(settings)];
    const first = await one.enter('gus');
    await one.enter('gus');
    await two.enter('gus');
    for (const callers of [one, two])
      await expect(callers.enter('gus')).rejects.toMatchObject({
        code: 'RATE_LIMITED',
        details: { concurrentRequests: 3, retryAfterSeconds: 1 },
      });
    await one.enter('hal');
    await first.leave();
    await first.leave();
    await expect.poll(() => visits(two, 'gus', 1)).toEqual(['in']);
    await two.enter('gus');
    await expect(one.enter('gus')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('take back the places of a process that has ended, once its requests would have ended', async () => {
    const settings = { REDIS_URL: redis.url, CONCURRENT_REQUESTS: '1' };
    const ended = await limits(settings, 'store.db', 100);
    await ended.enter('ida');
    const other = await limits(settings);
    await expect(other.enter('ida')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect.poll(() => visits(other, 'ida', 1), { timeout: 3_000 }).toEqual(['in']);
  });

  it('start where Redis does not answer', async () => {
    const callers = await limits({ REDIS_URL: 'redis://127.0.0.1:1', RATE_LIMIT_POINTS: '1' });
    expect(await visits(callers, 'ann', 2)).toEqual(['in', 'RATE_LIMITED']);
    expect(warnings).toEqual(['Redis does not answer: this process counts for itself until it does']);
  });
});
