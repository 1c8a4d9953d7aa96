import { describe, expect, it } from 'vitest';
import type { Engine } from './connector-contract.js';
import { failureOf, run } from './run.js';

export function lifeCases(engine: Engine): void {
  const one = () => run(engine().connector, 'SELECT 1 AS one');

  describe('a health check', () => {
    it('passes while the engine answers', async () => {
      await expect(engine().connector.checkHealth()).resolves.toBeUndefined();
    });

    it('fails where nobody answers, and so does a query', async (context) => {
      const { openUnreachable } = engine();
      if (openUnreachable === undefined) return context.skip();
      const connector = await openUnreachable();
      expect(await failureOf(connector.checkHealth())).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
      expect(await failureOf(run(connector, 'SELECT 1'))).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
      await connector.close();
    });
  });

  describe('a lost connection', () => {
    it('is made good by the next query', async (context) => {
      const { cutConnections } = engine();
      if (cutConnections === undefined) return context.skip();
      await Promise.all(Array.from({ length: engine().connections }, one));
      await cutConnections();
      const results = await Promise.all(Array.from({ length: engine().connections * 2 }, one));
      expect(results.map(({ rows }) => rows)).toEqual(results.map(() => [[1]]));
      await expect(engine().connector.checkHealth()).resolves.toBeUndefined();
    });

    it('in the midst of a query does not pass for a deadline', async (context) => {
      const { cutConnections, slow, connector } = engine();
      if (cutConnections === undefined) return context.skip();
      // Twice, since the query is tried once more where its connection was an old one.
      const ending = failureOf(run(connector, slow, [], { signal: AbortSignal.timeout(20_000) }));
      const cut = setInterval(() => void cutConnections(), 300);
      const error = await ending.finally(() => clearInterval(cut));
      expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
      expect((await one()).rows).toEqual([[1]]);
    });
  });

  describe('closing', () => {
    it('leaves no query running, and refuses those that come later', async () => {
      const connector = await engine().reopen();
      const running = run(connector, engine().numbers(2_000), [], { rowLimit: 2_000 });
      const outcome = running.then(
        ({ rows }) => rows.length,
        (error: unknown) => (error as { code: string }).code,
      );
      await connector.close();
      // An engine in process may interrupt what runs; a server lets it end.
      expect([2_000, 'QUERY_FAILED']).toContain(await outcome);
      await expect(run(connector, 'SELECT 1')).rejects.toThrow();
    });

    it('of one connector leaves another alone', async () => {
      const connector = await engine().reopen();
      expect((await run(connector, 'SELECT 1 AS one')).rows).toEqual([[1]]);
      await connector.close();
      expect((await one()).rows).toEqual([[1]]);
    });
  });
}
