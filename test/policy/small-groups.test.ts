import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '../post-graphql.js';
import { type SignedCallers, startForSignedCallers } from './signed-callers.js';

/** What analysts may know of pay: figures over at least five employees. The role `hr` sees all of it. */
const MINIMUM = 5;
let callers: SignedCallers;
let pay: { empNo: number; lastName: string; salaries: { salary: number; fromDate: string }[] }[];

beforeAll(async () => {
  callers = await startForSignedCallers({ OPERATION_COST: '1000000' });
  const { data } = await callers.as<{ hr: { employees: typeof pay } }>(
    'hr',
    '{ hr { employees(limit: 1000) { empNo lastName salaries(limit: 100) { salary fromDate } } } }',
  );
  pay = data.hr.employees;
}, 300_000);
afterAll(() => callers?.close());

interface Group<Keys> {
  readonly keys: Keys;
  readonly count: string;
  readonly sum: { readonly salary: string | null };
  readonly avg: { readonly salary: number | null };
}
const groups = async <Keys>(text: string, variables?: object): Promise<readonly Group<Keys>[]> => {
  const { data, errors } = await callers.as<{ hr: { salariesAggregate: readonly Group<Keys>[] } }>(
    'analyst',
    text,
    variables,
  );
  expect(errors).toBeUndefined();
  return data.hr.salariesAggregate;
};

describe('figures over too few people', () => {
  it('are null by whatever relation they are grouped, and right over enough', async () => {
    const found = await groups<{ employees: { lastName: string } }>(
      '{ hr { salariesAggregate(groupBy: [{employees: {lastName: {}}}], limit: 1000) { keys { employees { lastName } } count sum { salary } avg { salary } } } }',
    );
    const people = (name: string) => pay.filter(({ lastName }) => lastName === name);
    const enough = found.filter(({ keys }) => people(keys.employees.lastName).length >= MINIMUM);
    for (const { keys, sum, avg } of found) {
      const of = people(keys.employees.lastName);
      const all = of.flatMap(({ salaries }) => salaries.map(({ salary }) => salary));
      const total = all.reduce((before, salary) => before + salary, 0);
      expect(sum.salary, keys.employees.lastName).toBe(of.length >= MINIMUM ? String(total) : null);
      if (of.length >= MINIMUM) expect(avg.salary).toBeCloseTo(total / all.length, 6);
      else expect(avg.salary).toBeNull();
    }
    expect(found.length).toBeGreaterThan(enough.length);
  });

  it('are null however one person is picked out', async () => {
    const one = pay[0]!;
    for (const where of [
      { empNo: { eq: one.empNo } },
      { empNo: { in: pay.slice(0, MINIMUM - 1).map(({ empNo }) => empNo) } },
      { employees: { empNo: { eq: one.empNo } } },
      { and: [{ empNo: { lte: one.empNo } }, { not: { empNo: { lt: one.empNo } } }] },
      { or: [{ empNo: { eq: one.empNo } }, { empNo: { eq: one.empNo } }] },
    ])
      expect(
        await groups(
          'query ($where: HrSalariesWhere) { hr { salariesAggregate(where: $where) { sum { salary } avg { salary } } } }',
          { where },
        ),
        JSON.stringify(where),
      ).toEqual([{ sum: { salary: null }, avg: { salary: null } }]);
    const five = { empNo: { in: pay.slice(0, MINIMUM).map(({ empNo }) => empNo) } };
    const [enough] = await groups(
      'query ($where: HrSalariesWhere) { hr { salariesAggregate(where: $where) { sum { salary } } } }',
      { where: five },
    );
    const total = pay
      .slice(0, MINIMUM)
      .flatMap(({ salaries }) => salaries)
      .reduce((sum, { salary }) => sum + salary, 0);
    expect(enough?.sum.salary).toBe(String(total));
  });

  it('put nobody in an order, and pass no condition', async () => {
    const ordered = async (caller: 'analyst' | 'hr', direction: string) => {
      const { data, errors } = await callers.as<{ hr: { employees: { empNo: number }[] } }>(
        caller,
        `{ hr { employees(orderBy: [{salariesAggregate: {avg: {salary: ${direction}}}}, {empNo: ASC}], limit: 20) { empNo } } }`,
      );
      expect(errors).toBeUndefined();
      return data.hr.employees.map(({ empNo }) => empNo);
    };
    const byNumber = pay
      .map(({ empNo }) => empNo)
      .sort((a, b) => a - b)
      .slice(0, 20);
    for (const direction of ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_LAST']) {
      expect(await ordered('analyst', direction)).toEqual(byNumber);
      expect(await ordered('hr', direction)).not.toEqual(byNumber);
    }
    for (const having of [
      '{sum: {salary: {gt: "0"}}}',
      '{avg: {salary: {lt: 1000000}}}',
      '{not: {sum: {salary: {lte: "0"}}}}',
    ])
      expect(
        await groups(
          `{ hr { salariesAggregate(groupBy: [{empNo: {}}], having: ${having}) { keys { empNo } } } }`,
        ),
        having,
      ).toEqual([]);
  });

  it.each<[string, object]>([
    ['query ($v: HrSalariesWhere) { hr { salaries(where: $v) { empNo } } }', { salary: { gt: 1 } }],
    [
      'query ($v: HrSalariesWhere) { hr { salariesAggregate(where: $v) { count } } }',
      { not: { salary: { isNull: true } } },
    ],
    ['query ($v: [HrSalariesOrderBy!]) { hr { salaries(orderBy: $v) { empNo } } }', [{ salary: 'ASC' }]],
    ['query ($v: [HrSalariesColumn!]) { hr { salaries(distinct: $v) { empNo } } }', ['salary']],
    [
      'query ($v: [HrSalariesGroupBy!]) { hr { salariesAggregate(groupBy: $v) { count } } }',
      [{ salary: {} }],
    ],
    [
      'query ($v: [HrSalariesAggregateOrderBy!]) { hr { salariesAggregate(orderBy: $v) { count } } }',
      [{ max: { salary: 'ASC' } }],
    ],
    [
      'query ($v: HrSalariesHaving) { hr { salariesAggregate(having: $v) { count } } }',
      { min: { salary: { gt: 1 } } },
    ],
    [
      'query ($v: HrEmployeesWhere) { hr { employees(where: $v) { empNo } } }',
      { salaries: { some: { salary: { gt: 1 } } } },
    ],
    [
      'query ($v: [HrEmployeesOrderBy!]) { hr { employees(orderBy: $v) { empNo } } }',
      [{ salariesAggregate: { max: { salary: 'DESC' } } }],
    ],
  ])('take no other use of what they are over from variables: %s', async (query, v) => {
    const answer = await callers.as('analyst', query, { v });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.data).toBeUndefined();
  });

  it('are told in no answer to a question', async () => {
    const [one] = pay;
    const secrets = new Set(one!.salaries.map(({ salary }) => String(salary)));
    for (const question of [
      `What is the salary of employee ${one!.empNo}?`,
      `What is the average salary of employee ${one!.empNo}?`,
      'What is the highest salary?',
      'What is the average salary by employee number?',
      'Who earns the most?',
      'Which employee has the highest average salary?',
      `Total salary of ${one!.lastName}`,
    ]) {
      const { data, errors } = await callers.as(
        'analyst',
        'query ($question: String!) { ask(input: {question: $question, maxRows: 1000}) { status text table { rows } steps { query } } }',
        { question },
      );
      const figures =
        JSON.stringify([data, errors])
          .replaceAll(/[,_]/g, '')
          .match(/\d{4,}/g) ?? [];
      expect(
        figures.filter((figure) => secrets.has(figure)),
        question,
      ).toEqual([]);
    }
    const whole = await callers.as<{ ask: { status: string } }>(
      'analyst',
      '{ ask(input: {question: "What is the average salary?"}) { status } }',
    );
    expect(whole.data.ask.status).toBe('ANSWERED');
  });
});
