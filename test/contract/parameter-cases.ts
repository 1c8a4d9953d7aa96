import { describe, expect, it } from 'vitest';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import { compile } from '../../subgraphs/sql/compile.js';
import type { Condition } from '../../subgraphs/sql/table-query.js';
import type { Engine } from './connector-contract.js';
import { type Bound, run } from './run.js';
import { TEXTS } from './values.js';

const COLUMNS: Readonly<Record<string, string>> = { id: 'int', words: 'string', code: 'char(2)' };

const catalog: Catalog = {
  database: 'contract',
  description: '',
  tables: [
    {
      name: 'contract_values',
      comment: '',
      primaryKey: ['id'],
      location: undefined,
      columns: Object.entries(COLUMNS).map(([name, type]) =>
        makeColumn({ name, type: parseHiveType(type), comment: '', unit: undefined, references: undefined }),
      ),
    },
  ],
};

export function parameterCases(engine: Engine): void {
  const id = { kind: 'column', path: [], column: 'id' } as const;
  const words = { kind: 'column', path: [], column: 'words' } as const;

  async function idsWhere(where: Condition): Promise<unknown[]> {
    const { connector } = engine();
    const statement = compile(
      {
        table: 'contract_values',
        select: [{ as: 'id', expression: id }],
        where,
        orderBy: [{ expression: id, direction: 'ASC' }],
      },
      catalog,
      connector.dialect,
      { rowLimit: 100, signal: new AbortController().signal },
    );
    return (await connector.query(statement)).rows.map(([cell]) => cell);
  }

  describe('a text that is bound', () => {
    it.each(Object.entries(TEXTS))('comes back as it was: %s', async (_, text) => {
      const { rows } = await run(engine().connector, 'SELECT {1} AS text', [[text, 'STRING']]);
      expect(rows).toEqual([[text]]);
    });

    it.each(Object.entries(TEXTS).filter(([, text]) => text.trim() !== ''))(
      'finds nothing that it is not equal to: %s',
      async (_, value) => {
        const equal: Condition = {
          kind: 'comparison',
          operator: 'eq',
          left: words,
          right: { kind: 'literal', value, type: 'STRING' },
        };
        expect(await idsWhere(equal)).toEqual([]);
        const found: Condition = {
          kind: 'text',
          match: 'contains',
          letters: 'caseSensitive',
          of: words,
          value,
        };
        expect(await idsWhere(found)).toEqual([]);
        expect(await idsWhere({ kind: 'not', condition: equal })).toEqual([1, 2]);
      },
    );

    it('finds what it is equal to, in every script', async () => {
      const value = 'Ärger, Ελλάδα, 日本, 😀';
      const right = { kind: 'literal', value, type: 'STRING' } as const;
      expect(await idsWhere({ kind: 'comparison', operator: 'eq', left: words, right })).toEqual([1]);
      const part = { kind: 'text', letters: 'caseSensitive', of: words } as const;
      expect(await idsWhere({ ...part, match: 'contains', value: '日本' })).toEqual([1]);
      expect(await idsWhere({ ...part, match: 'startsWith', value: 'ärger' })).toEqual([]);
      expect(
        await idsWhere({ ...part, letters: 'caseInsensitive', match: 'startsWith', value: 'äRGER' }),
      ).toEqual([1]);
    });

    it('may be long', async () => {
      const text = 'long 😀 text '.repeat(8_000).slice(0, engine().longestText);
      const { rows } = await run(engine().connector, 'SELECT {1} AS text', [[text, 'STRING']]);
      expect(rows).toEqual([[text]]);
    });
  });

  describe('a value that is bound', () => {
    const bound: readonly (readonly [column: string, ...Bound])[] = [
      ['whole', 2147483647, 'INTEGER'],
      ['small', '7', 'BIGINT'],
      ['big', '9007199254740993', 'BIGINT'],
      ['exact', '12345678901234567890.0123456789', 'DECIMAL'],
      ['money', '0.1', 'DECIMAL'],
      ['ratio', 0.1, 'FLOAT'],
      ['flag', true, 'BOOLEAN'],
      ['day', '2008-02-29', 'DATE'],
      ['moment', '2008-03-30T02:30:00', 'DATETIME'],
      ['code', 'DE', 'STRING'],
    ];
    it.each(bound)('equals the column %s of the row that has it: %j as %s', async (column, value, type) => {
      const { rows } = await run(engine().connector, `SELECT id FROM contract_values WHERE ${column} = {1}`, [
        [value, type],
      ]);
      expect(rows).toEqual([[1]]);
    });

    it('may be null, and equals nothing then', async () => {
      const types = ['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT', 'DATE', 'DATETIME'] as const;
      const list = types.map((_, index) => `{${index + 1}} AS n${index}`).join(', ');
      const nulls = types.map((type): Bound => [null, type]);
      const { rows } = await run(engine().connector, `SELECT ${list}`, nulls);
      expect(rows).toEqual([types.map(() => null)]);
    });

    it('may be used twice and in any order', async () => {
      const { rows } = await run(engine().connector, 'SELECT {2} - {1} - {1} AS value', [
        [1, 'INTEGER'],
        [10, 'INTEGER'],
      ]);
      expect(Number(rows[0]?.[0])).toBe(8);
    });
  });
}
