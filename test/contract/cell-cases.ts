import { describe, expect, it } from 'vitest';
import type { Engine } from './connector-contract.js';
import { run } from './run.js';
import { VALUE_COLUMNS } from './values.js';

export function cellCases(engine: Engine): void {
  const cells = VALUE_COLUMNS.flatMap(({ name, type, values }) =>
    values.map(([, cell], index) => [name, index + 1, type, cell] as const),
  );

  describe('a cell', () => {
    it.each(cells)('of column %s in row %i leaves as %s %j', async (name, row, type, cell) => {
      const { columns, rows } = await run(
        engine().connector,
        `SELECT ${name} FROM contract_values WHERE id = ${row}`,
      );
      expect({ columns, rows }).toEqual({ columns: [{ name, type }], rows: [[cell]] });
    });

    it.each(VALUE_COLUMNS)('without a value in column $name is null', async ({ name }) => {
      const { rows } = await run(engine().connector, `SELECT ${name} FROM contract_values WHERE id = 3`);
      expect(rows).toEqual([[null]]);
    });

    it.each([
      ['a whole number that is expected exactly', 'whole', 'BIGINT', '2147483647'],
      ['a whole number that is expected as a decimal', 'small', 'DECIMAL', '7'],
      ['a decimal that is expected as a number', 'money', 'FLOAT', 0.1],
      ['a big number that is expected as a number', 'small', 'INTEGER', 7],
      ['JSON in a text', 'doc', 'JSON', { a: [1, null, 'x'], b: { c: true } }],
    ] as const)('takes the type that the statement expects: %s', async (_, column, type, cell) => {
      const columns = [{ name: 'value', type }];
      const result = await run(engine().connector, `SELECT ${column} FROM contract_values WHERE id = 1`, [], {
        columns,
      });
      expect(result).toMatchObject({ columns, rows: [[cell]] });
    });
  });
}
