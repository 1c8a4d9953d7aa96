import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import type { Engine } from './connector-contract.js';
import { failureOf, run, statementOf } from './run.js';

/** What every connector must do with a statement that is planned and not run. */
export function explainCases(engine: Engine): void {
  const explain = (text: string, signal = new AbortController().signal) =>
    engine().connector.explain(statementOf(text, { signal }));

  describe('a statement that is only planned', () => {
    it('reads nothing, however long it would run', async () => {
      expect(await explain(engine().slow)).toBeUndefined();
    });

    it.each([
      ['an unknown table', 'SELECT id FROM no_such_table'],
      ['an unknown column', 'SELECT no_such_column FROM contract_values'],
      ['an unknown function', 'SELECT no_such_function(id) FROM contract_values'],
      ['an unfinished text', 'SELECT id FROM contract_values WHERE'],
    ])('is a QUERY_FAILED for %s, in our words', async (_, text) => {
      const error = await failureOf(explain(text));
      expect(error).toBeInstanceOf(AskgraphError);
      expect(error).toMatchObject({
        code: 'QUERY_FAILED',
        message: 'The database could not run the query.',
        cause: expect.anything(),
      });
    });

    it('leaves the connector as it was', async () => {
      for (let round = 0; round <= engine().connections; round++) {
        await explain('SELECT id FROM contract_values ORDER BY id');
        await failureOf(explain('SELECT nothing FROM nowhere'));
      }
      const { rows } = await run(engine().connector, 'SELECT id FROM contract_values ORDER BY id');
      expect(rows).toEqual([[1], [2], [3]]);
    });

    it('is not where its signal has aborted already', async () => {
      expect(await failureOf(explain('SELECT 1 AS one', AbortSignal.abort()))).toMatchObject({
        code: 'CANCELLED',
      });
    });
  });
}
