import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import type { Engine } from './connector-contract.js';
import { failureOf, run } from './run.js';

export function errorCases(engine: Engine): void {
  const failure = (text: string) => failureOf(run(engine().connector, text));

  describe('an error of the engine', () => {
    it.each([
      ['for a word that is no SQL', 'SELEC id FROM contract_values', /selec/i],
      ['for an unknown table', 'SELECT id FROM no_such_table', /no_such_table/i],
      ['for an unknown column', 'SELECT no_such_column FROM contract_values', /no_such_column/i],
      ['for an unknown function', 'SELECT no_such_function(id) FROM contract_values', /no_such_function/i],
      ['for an unfinished statement', 'SELECT id FROM contract_values WHERE', /syntax/i],
      ['for two statements', 'SELECT 1; SELECT 2', /statement|syntax/i],
    ])('%s is a QUERY_FAILED with its message as the cause only', async (_, text, message) => {
      const error = await failure(text);
      expect(error).toBeInstanceOf(AskgraphError);
      expect(error).toMatchObject({
        code: 'QUERY_FAILED',
        message: 'The database could not run the query.',
        cause: { message: expect.stringMatching(message) },
      });
    });

    it('leaves the connector as it was', async () => {
      for (let round = 0; round <= engine().connections; round++) await failure('SELECT nothing');
      expect((await run(engine().connector, 'SELECT 1 AS one')).rows).toEqual([[1]]);
    });

    it('in a row that has been asked for already is one too', async () => {
      const text =
        engine().engine === 'mysql'
          ? 'SELECT id, (SELECT o.id FROM contract_values o WHERE o.id >= c.id) AS x FROM contract_values c ORDER BY id DESC'
          : "SELECT CAST(CASE WHEN id = 3 THEN 'x' ELSE '1' END AS INTEGER) FROM contract_values ORDER BY id";
      expect(await failure(text)).toMatchObject({ code: 'QUERY_FAILED' });
    });
  });

  describe('a statement that writes', () => {
    it.each([
      'INSERT INTO contract_values (id) VALUES (9)',
      'UPDATE contract_values SET id = 9',
      'DELETE FROM contract_values',
      'CREATE TABLE contract_made (id INTEGER)',
      'DROP TABLE contract_values',
      'ALTER TABLE contract_values ADD COLUMN more INTEGER',
    ])('is refused by the engine itself: %s', async (text) => {
      expect(await failure(text)).toMatchObject({ code: 'QUERY_FAILED' });
      const { rows } = await run(engine().connector, 'SELECT id FROM contract_values ORDER BY id');
      expect(rows).toEqual([[1], [2], [3]]);
    });
  });
}
