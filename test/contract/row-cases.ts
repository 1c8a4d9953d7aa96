import { describe, expect, it } from 'vitest';
import type { Engine } from './connector-contract.js';
import { run } from './run.js';

export function rowCases(engine: Engine): void {
  const numbers = (count: number, rowLimit: number) =>
    run(engine().connector, engine().numbers(count), [], { rowLimit });

  describe('the rows', () => {
    it('are all there where the limit is just enough', async () => {
      const { rows, truncated } = await numbers(50, 50);
      expect([rows.length, truncated]).toEqual([50, false]);
    });

    it('are cut at the limit, and the result says so', async () => {
      const { rows, truncated } = await numbers(51, 50);
      expect([rows.length, truncated]).toEqual([50, true]);
    });

    it('come in the order of the statement', async () => {
      const { rows } = await numbers(1_000, 1_000);
      expect(rows.map(([cell]) => Number(cell))).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
    });

    it('may be many', async () => {
      const { rows, truncated } = await numbers(120_000, 120_000);
      expect([rows.length, truncated]).toEqual([120_000, false]);
      expect(rows.reduce((sum, [cell]) => sum + Number(cell), 0)).toBe((120_000 * 120_001) / 2);
    });

    it('past the limit are not waited for, and the next query works', async () => {
      const started = performance.now();
      const { rows, truncated } = await numbers(5_000_000, 10);
      expect([rows.length, truncated]).toEqual([10, true]);
      expect(performance.now() - started).toBeLessThan(10_000);
      expect((await numbers(3, 10)).rows).toHaveLength(3);
    });

    it('may be none, and the columns are known all the same', async () => {
      const { columns, rows, truncated } = await run(
        engine().connector,
        'SELECT id, words FROM contract_values WHERE id > 99',
      );
      expect(columns).toEqual([
        { name: 'id', type: 'INTEGER' },
        { name: 'words', type: 'STRING' },
      ]);
      expect([rows, truncated]).toEqual([[], false]);
    });

    it('are none where the limit is none', async () => {
      const { rows, truncated } = await numbers(3, 0);
      expect([rows, truncated]).toEqual([[], true]);
    });
  });

  describe('a column', () => {
    it.each([['Umlaut Ä'], ['order'], ["it's"], ['semi;colon -- x'], ['日本'], ['x'.repeat(60)]])(
      'may be called %j',
      async (name) => {
        const { connector } = engine();
        const { columns, rows } = await run(
          connector,
          `SELECT q.${connector.dialect.quote(name)} FROM (SELECT id AS ${connector.dialect.quote(name)} FROM contract_values) q ORDER BY 1`,
        );
        const shown = engine().foldsNames ? name.toLowerCase() : name;
        expect(columns.map((column) => column.name)).toEqual([shown]);
        expect(rows).toEqual([[1], [2], [3]]);
      },
    );

    it('keeps its place where two have one name', async () => {
      const { rows } = await run(
        engine().connector,
        'SELECT id AS a, small AS a FROM contract_values WHERE id = 1',
      );
      expect(rows).toEqual([[1, 7]]);
    });

    it('is one of hundreds', async () => {
      const list = Array.from({ length: 400 }, (_, index) => `id + ${index} AS c${index}`).join(', ');
      const { rows } = await run(engine().connector, `SELECT ${list} FROM contract_values WHERE id = 1`);
      expect(rows[0]?.map(Number)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    });
  });
}
