import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import { contextOf } from './schema/service-of.test-helper.js';
import {
  askQuietly as ask,
  countStep,
  inputOf,
  planOf,
  type Script,
  scripted,
  sqlStep,
} from './scripted.test-helper.js';

const context = contextOf('anna');
const counted = (count: string | null) => ({ data: { rows: { count } } });
const askWith = (script: Script, input = inputOf()) => ask(input, context, scripted(script));

/** The result of a SQL step with one column, `n`. */
function column(...values: Cell[]) {
  return {
    columns: [{ name: 'n', type: 'INTEGER' as const }],
    rows: values.map((value) => [value]),
    truncated: false,
    executedSql: 'SELECT checked',
  };
}

describe('a plan of one step', () => {
  it('is carried out and told, with its step, its sources and what was assumed', async () => {
    const plan = planOf({
      assumptions: ['All years count.'],
      sources: [{ domain: 'shop', table: 'things', columns: ['id'] }],
    });
    const answer = await askWith({ outcome: plan, graphql: () => counted('1234') });
    expect(answer).toMatchObject({
      status: 'ANSWERED',
      text: 'The number of things is 1,234.',
      restatement: 'number of things',
      trust: 'COMPUTED',
      table: {
        columns: [{ name: 'count', label: 'number of things', type: 'BIGINT', unit: null, masked: false }],
        rows: [['1234']],
        totalRows: 1,
        truncated: false,
      },
      assumptions: ['All years count.'],
      sources: [{ domain: 'shop', table: 'things', columns: ['id'], dataThrough: null }],
      claims: [
        { text: 'The number of things is 1,234.', cells: [{ step: 'result', row: 0, column: 'count' }] },
      ],
      missing: [],
    });
    expect(answer.steps).toHaveLength(1);
    expect(answer.steps[0]).toMatchObject({
      name: 'result',
      domain: 'shop',
      engine: 'engine of shop',
      language: 'GRAPHQL',
      query: '{ result }',
      executedSql: null,
      status: 'SUCCEEDED',
      attempt: 1,
      rows: 1,
      error: null,
    });
  });

  it('shows the SQL that ran, as the guard wrote it', async () => {
    const outcome = planOf({
      steps: [sqlStep('result')],
      columns: [{ name: 'n', label: 'number', role: 'asked' }],
    });
    const answer = await askWith({ outcome, sql: async () => column(5) });
    expect(answer.steps[0]).toMatchObject({
      language: 'SQL',
      query: 'SELECT result',
      executedSql: 'SELECT checked',
    });
  });

  it('puts columns that only support the answer beside its table', async () => {
    const outcome = planOf({
      steps: [sqlStep('result')],
      columns: [
        { name: 'name', label: 'name', role: 'asked' },
        { name: 'paid', label: 'total paid', unit: 'USD', role: 'supporting' },
      ],
    });
    const columns = [
      { name: 'name', type: 'STRING' as const },
      { name: 'paid', type: 'DECIMAL' as const },
    ];
    const sql = async () => ({
      ...column(),
      columns,
      rows: [
        ['Curtains', '12.50'],
        ['Hamlet', '7.00'],
      ],
    });
    expect(await askWith({ outcome, sql })).toMatchObject({
      table: { columns: [{ name: 'name' }], rows: [['Curtains'], ['Hamlet']] },
      facts: [
        { label: 'total paid, Curtains', value: '12.50', unit: 'USD' },
        { label: 'total paid, Hamlet', value: '7.00', unit: 'USD' },
      ],
    });
  });

  it('asks for one row more than is shown, and says where there are more', async () => {
    const outcome = planOf({
      steps: [sqlStep('result')],
      columns: [{ name: 'n', label: 'number', role: 'asked' }],
    });
    const dependencies = scripted({
      outcome,
      sql: async (_domain, _text, rowLimit) => ({
        ...column(...[1, 2, 3].slice(0, rowLimit)),
        truncated: rowLimit < 3,
      }),
    });
    const answer = await ask(inputOf({ maxRows: 2 }), context, dependencies);
    expect(dependencies.planned[0]).toMatchObject({ maxRows: 3 });
    expect(answer.table).toMatchObject({ rows: [[1], [2]], totalRows: null, truncated: true });
  });

  it('reads the question as of the instant that it gives, else as of the request’s own', async () => {
    const seen: string[] = [];
    const script: Script = {
      outcome: planOf(),
      graphql: (_, { asOf }) => {
        seen.push(asOf.toISOString());
        return counted('1');
      },
    };
    const dependencies = scripted(script);
    await ask(inputOf({ asOf: new Date('2008-05-01T00:00:00Z') }), context, dependencies);
    await ask(inputOf(), context, dependencies);
    const instants = ['2008-05-01T00:00:00.000Z', '2024-03-01T10:00:00.000Z'];
    expect(seen).toEqual(instants);
    const { question } = inputOf();
    const own = dependencies.planned.filter((request) => request.question === question);
    expect(own.map(({ asOf }) => asOf.toISOString())).toEqual(instants);
  });
});

describe('nothing found', () => {
  it('is told as such, with the reason that the domain gives', async () => {
    const graphql = () => ({ data: { rows: null, note: 'Atlantis is not known.' } });
    expect(await askWith({ outcome: planOf(), graphql })).toMatchObject({
      status: 'NO_DATA',
      text: 'There is no data for the number of things. Atlantis is not known.',
      table: { rows: [], totalRows: 0 },
      claims: [],
    });
  });

  it('is also a row of nothing but nulls', async () =>
    expect(await askWith({ outcome: planOf(), graphql: () => counted(null) })).toMatchObject({
      status: 'NO_DATA',
    }));

  it('is no figure of 0 that the data reaches', async () =>
    expect(await askWith({ outcome: planOf(), graphql: () => counted('0') })).toMatchObject({
      status: 'ANSWERED',
      text: 'The number of things is 0.',
    }));

  const time = { domain: 'shop', table: 'order_lines', column: 'day', label: 'in 2030' };
  const range = { from: '2008-01-01T00:00:00', to: '2008-12-31T18:30:00' };
  const profile = { columnFacts: () => ({ range }) };
  it.each([
    [
      'after the data ends',
      { from: '2030-01-01', to: '2031-01-01' },
      'NO_DATA',
      'The data of order lines ends on December 31, 2008.',
    ],
    [
      'before it begins',
      { from: '1990-01-01', to: '1991-01-01' },
      'NO_DATA',
      'The data of order lines begins on January 1, 2008.',
    ],
    [
      'the day before it begins',
      { from: '2007-12-31', to: '2008-01-01' },
      'NO_DATA',
      'begins on January 1, 2008.',
    ],
    ['the day after it ends', { from: '2009-01-01' }, 'NO_DATA', 'ends on December 31, 2008.'],
    ['on its last day', { from: '2008-12-31', to: '2009-01-01' }, 'ANSWERED', 'is 0.'],
    ['on its first day', { to: '2008-01-02' }, 'ANSWERED', 'is 0.'],
  ])('a 0 %s is %s', async (_, period, status, text) => {
    const outcome = planOf({
      time: { ...time, ...period },
      sources: [{ domain: 'shop', table: 'order_lines', columns: [], timeColumn: 'day' }],
    });
    const answer = await askWith({ outcome, graphql: () => counted('0'), profile });
    expect(answer).toMatchObject({ status, sources: [{ dataThrough: '2008-12-31T18:30:00.000Z' }] });
    expect(answer.text).toContain(text);
  });
});

describe('a step that fails', () => {
  it('fails the question where nothing else was found', async () => {
    const fault = new AskgraphError('SOURCE_UNAVAILABLE', 'The database of shop does not answer.', {
      domain: 'shop',
    });
    const wrapped = new GraphQLError(fault.message, { originalError: fault });
    await expect(askWith({ outcome: planOf(), graphql: () => ({ errors: [wrapped] }) })).rejects.toBe(fault);
  });

  it.each([
    ['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED'],
    ['SOMETHING_ELSE', 'QUERY_FAILED'],
  ])('keeps a code of ours, and gives another its own: %s is %s', async (said, code) => {
    const errors = [new GraphQLError('Too slow.', { extensions: { code: said } })];
    await expect(askWith({ outcome: planOf(), graphql: () => ({ errors }) })).rejects.toMatchObject({
      code,
      message: 'Too slow.',
      domain: 'shop',
    });
  });

  it('fails with nothing of what an engine said', async () =>
    await expect(
      askWith({
        outcome: planOf(),
        graphql: () => {
          throw new Error('password wrong');
        },
      }),
    ).rejects.toMatchObject({ code: 'INTERNAL', message: 'The step on shop failed.' }));

  it('leaves the others’ part of the answer, told as such', async () => {
    const outcome = planOf({
      steps: [
        countStep('result'),
        sqlStep('other', { domain: 'staff' }),
        sqlStep('after', { dependsOn: ['other'] }),
      ],
      combine: { query: 'SELECT 1' },
    });
    const answer = await askWith({
      outcome,
      graphql: () => counted('7'),
      sql: () => Promise.reject(new AskgraphError('SOURCE_UNAVAILABLE', 'No answer.')),
    });
    const fault = {
      code: 'SOURCE_UNAVAILABLE',
      message: 'No answer.',
      domain: 'staff',
      retryable: true,
      requestId: 'request-1',
    };
    expect(answer).toMatchObject({
      status: 'PARTIAL',
      text: 'The number of things is 7. Staff is missing: No answer.',
      missing: [{ domain: 'staff', fault }],
      claims: [{ cells: [{ step: 'result' }] }],
    });
    expect(answer.steps.map(({ name, status, error }) => [name, status, error])).toEqual([
      ['result', 'SUCCEEDED', null],
      ['other', 'FAILED', fault],
      ['after', 'SKIPPED', null],
      ['combined', 'SKIPPED', null],
    ]);
  });
});
