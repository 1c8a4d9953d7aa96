import { describe, expect, it } from 'vitest';
import type { Engine } from './connector-contract.js';
import { failureOf, run } from './run.js';

export function stopCases(engine: Engine): void {
  const slow = (signal: AbortSignal) => run(engine().connector, engine().slow, [], { signal });

  /** The engine stops within a second or two of being told. */
  async function untilIdle(): Promise<number> {
    const { running } = engine();
    if (running === undefined) return 0;
    for (let attempt = 0; attempt < 40 && (await running()) > 0; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return running();
  }

  async function untilRunning(): Promise<void> {
    const { running } = engine();
    if (running === undefined) return;
    for (let attempt = 0; attempt < 40 && (await running()) === 0; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(await running()).toBeGreaterThan(0);
  }

  describe('a statement', () => {
    it('ends at its deadline, also on the server', async () => {
      const started = performance.now();
      const ending = failureOf(slow(AbortSignal.timeout(800)));
      await untilRunning();
      expect(await ending).toMatchObject({ code: 'DEADLINE_EXCEEDED', retryable: true });
      expect(performance.now() - started).toBeLessThan(6_000);
      expect(await untilIdle()).toBe(0);
    });

    it('ends when the caller goes away, also on the server', async () => {
      const controller = new AbortController();
      const ending = failureOf(slow(controller.signal));
      await untilRunning();
      controller.abort();
      expect(await ending).toMatchObject({ code: 'CANCELLED' });
      expect(await untilIdle()).toBe(0);
    });

    it('never starts where its signal has aborted already', async () => {
      expect(await failureOf(slow(AbortSignal.abort()))).toMatchObject({ code: 'CANCELLED' });
      expect(await untilIdle()).toBe(0);
    });

    it('that is stopped leaves the others alone', async () => {
      const controller = new AbortController();
      const ending = failureOf(slow(controller.signal));
      const others = Promise.all(
        Array.from({ length: 12 }, (_, n) => run(engine().connector, `SELECT ${n} AS n`)),
      );
      setTimeout(() => controller.abort(), 100);
      expect((await others).map(({ rows }) => Number(rows[0]?.[0]))).toEqual(
        Array.from({ length: 12 }, (_, n) => n),
      );
      expect(await ending).toMatchObject({ code: 'CANCELLED' });
    });

    it('that waits for a connection gives up at its deadline', async () => {
      const controller = new AbortController();
      const endings = Array.from({ length: engine().connections }, () => failureOf(slow(controller.signal)));
      await untilRunning();
      const started = performance.now();
      const waiting = run(engine().connector, 'SELECT 1 AS one', [], { signal: AbortSignal.timeout(150) });
      expect(await failureOf(waiting)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      expect(performance.now() - started).toBeLessThan(3_000);
      controller.abort();
      await Promise.all(endings);
      expect((await run(engine().connector, 'SELECT 1 AS one')).rows).toEqual([[1]]);
      expect(await untilIdle()).toBe(0);
    });
  });

  describe('many statements at once', () => {
    it('each get their own answer, more than there are connections', async () => {
      const results = await Promise.all(
        Array.from({ length: 60 }, (_, n) => run(engine().connector, 'SELECT {1} AS n', [[n, 'INTEGER']])),
      );
      expect(results.map(({ rows }) => Number(rows[0]?.[0]))).toEqual(
        Array.from({ length: 60 }, (_, n) => n),
      );
    });

    it('fail and succeed side by side', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) =>
          run(engine().connector, n % 2 === 0 ? `SELECT ${n} AS n` : 'SELECT nothing_at_all'),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(
        Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 'fulfilled' : 'rejected')),
      );
    });
  });
}
