import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { type Answer, type AskInput, ask, post } from './ask.js';
import { type DemoData, openDemoData } from './demo-data.js';
import { sameRows } from './same-rows.js';

/** An example question of the README, what its answer must say, and SQL that finds its rows independently. */
interface Example {
  readonly title: string;
  readonly input: AskInput;
  readonly says: readonly string[];
  readonly domain: string;
  readonly table: string;
  readonly sql: string;
}

const MAY_2013 = `all_stocks_5yr where date >= '2013-05-01' and date < '2013-06-01'`;
const RETURN = 'arg_max(close, date) / arg_min(close, date)';
const WEATHER = `select date, round(temp_max * 9 / 5 + 32, 1), round(temp_min * 9 / 5 + 32, 1), weather, precipitation
  from weather where location = 'New York'`;

const examples: readonly Example[] = [
  {
    title: 'counts the ticket sales',
    input: { question: 'How many ticket sales are there?' },
    says: ['172,456'],
    domain: 'sales',
    table: 'sales',
    sql: 'select count(*) from sales',
  },
  {
    title: 'totals the commission of 2008',
    input: { question: 'What was the total commission for the ticket sales in the year 2008?' },
    says: ['$16,614,814.65', '2008'],
    domain: 'sales',
    table: 'sales',
    sql: 'select sum(commission) from sales where year(saletime) = 2008',
  },
  {
    title: 'counts the frauds of 2023',
    input: { question: 'How many frauds happened in the year 2023?' },
    says: ['164'],
    domain: 'legal',
    table: 'claims',
    sql: 'select count(*) from claims where fraud = 1 and year(write_time) = 2023',
  },
  {
    title: 'counts the policies claimed this year, when that is 2023',
    input: { question: 'How many policies were claimed this year?', asOf: '2023-09-01T12:00:00Z' },
    says: ['5,000'],
    domain: 'legal',
    table: 'claims',
    sql: 'select count(*) from claims where year(write_time) = 2023',
  },
  {
    title: 'names the four employees born in a May, when it is May',
    input: { question: 'Name all employees with birth date this month', asOf: '2025-05-20T12:00:00Z' },
    says: ['Christian Koblick', 'Tzvetan Zielinski', 'Kazuhito Cappelletti', 'Yinghua Dredge'],
    domain: 'hr',
    table: 'employees',
    sql: 'select first_name, last_name from employees where month(birth_date) = 5',
  },
  {
    title: 'names others when it is another month',
    input: { question: 'Name all employees with birth date this month', asOf: '2024-11-02T12:00:00Z' },
    says: [],
    domain: 'hr',
    table: 'employees',
    sql: 'select first_name, last_name from employees where month(birth_date) = 11',
  },
  {
    title: 'takes the month of the clock where no other is given',
    input: { question: 'Name all employees with birth date this month' },
    says: [],
    domain: 'hr',
    table: 'employees',
    sql: `select first_name, last_name from employees where month(birth_date) = ${new Date().getUTCMonth() + 1}`,
  },
  {
    title: 'counts the employees hired before 1990',
    input: { question: 'How many employees were hired before 1990?' },
    says: ['29', '1990'],
    domain: 'hr',
    table: 'employees',
    sql: `select count(*) from employees where hire_date < '1990-01-01'`,
  },
  {
    title: 'averages the volume of July 2013',
    input: { question: 'What is the average volume stocks traded in July of 2013?' },
    says: ['4,374,177'],
    domain: 'finance',
    table: 'all_stocks_5yr',
    sql: `select avg(volume) from all_stocks_5yr where date >= '2013-07-01' and date < '2013-08-01'`,
  },
];

describe('the example questions', () => {
  let gateway: StartedGateway;
  let data: DemoData;

  beforeAll(async () => {
    gateway = await startGateway();
    data = await openDemoData();
  });
  afterAll(async () => {
    data.close();
    await gateway.close();
  });

  it.each(examples)('$title', async ({ input, says, domain, table, sql }) => {
    const answer = await ask(gateway.url, input);
    expect(answer.status).toBe('ANSWERED');
    for (const text of says) expect(answer.text).toContain(text);
    await expectRows(answer, domain, sql);
    await expectEvidence(answer, domain, table);
  });

  it('names the best and the worst stock by what a share gained, with both percentages and the definition', async () => {
    const answer = await ask(gateway.url, {
      question: 'Which stock performed the best and the worst in May of 2013?',
    });
    const ranked = await data.rows(
      'finance',
      `select name, round(100 * (${RETURN} - 1), 2) from ${MAY_2013} group by name order by ${RETURN} desc`,
    );
    const [best, worst] = [ranked.at(0)!, ranked.at(-1)!];
    expect(answer.status).toBe('ANSWERED');
    for (const [name, percent] of [best, worst]) {
      expect(answer.text).toContain(`${name}`);
      expect(answer.text).toContain(`${percent}%`);
    }
    expect(answer.assumptions.join(' ')).toMatch(/performance.*close.*first.*last/i);
    expect(sameRows(answer.table!.rows, [[best[0]], [worst[0]]], { ordered: true, wider: true })).toBe(true);
    // A share price says nothing about performance.
    const [dearest] = await data.rows('finance', `select name from ${MAY_2013} order by high desc limit 1`);
    expect(answer.text).not.toContain(`${dearest}`);
    await expectEvidence(answer, 'finance', 'all_stocks_5yr');
  });

  it('says that no policy was claimed in a year without claims, and when the data ends', async () => {
    const answer = await ask(gateway.url, { question: 'How many policies were claimed this year?' });
    const [[end]] = (await data.rows(
      'legal',
      `select strftime(max(write_time), '%B %-d, %Y') from claims`,
    )) as [[string]];
    expect(answer.status).toBe('NO_DATA');
    expect(answer.text).toContain(end);
    expect(answer.text).not.toMatch(/5,000/);
  });

  it('gives the weather of the latest observation in degrees Fahrenheit, and says of which day it is', async () => {
    const question = 'What is the weather like right now in New York City in degrees Fahrenheit?';
    const answer = await ask(gateway.url, { question });
    expect(answer.status).toBe('ANSWERED');
    expect(answer.text).toContain('December 31, 2015');
    expect(answer.text).toMatch(/52(\.0)?\s?°F/);
    await expectRows(answer, 'product', `${WEATHER} and date = '2015-12-31'`, { wider: true });
    await expectEvidence(answer, 'product', 'currentWeather');
  });

  it('gives the weather of the day it is asked as of', async () => {
    const question = 'What is the weather like right now in New York City in degrees Fahrenheit?';
    const answer = await ask(gateway.url, { question, asOf: '2014-07-04T20:00:00Z' });
    expect(answer.text).toContain('July 4, 2014');
    await expectRows(answer, 'product', `${WEATHER} and date = '2014-07-04'`, { wider: true });
  });

  async function expectRows(answer: Answer, domain: string, sql: string, comparison = {}): Promise<void> {
    const expected = await data.rows(domain, sql);
    const found = answer.table?.rows ?? [];
    expect(expected.length).toBeGreaterThan(0);
    expect(
      sameRows(found, expected, comparison),
      `${JSON.stringify(found)} is not ${JSON.stringify(expected)}`,
    ).toBe(true);
  }

  /** Everything beside the rows that lets a person check them. */
  async function expectEvidence(answer: Answer, domain: string, table: string): Promise<void> {
    expect(answer.conversationId).not.toBe('');
    expect(answer.restatement).toMatch(/\w+ \w+/);
    expect(answer.trust).toBe('COMPUTED');
    expect(answer.sources).toContainEqual(expect.objectContaining({ domain, table }));
    expect(answer.steps.map((step) => step.status)).toEqual(answer.steps.map(() => 'SUCCEEDED'));
    expect(answer.steps.some((step) => step.domain === domain)).toBe(true);
    for (const step of answer.steps.filter((one) => one.language === 'GRAPHQL')) {
      const again = await post(gateway.url, step.query, step.variables);
      expect(again.errors).toBeUndefined();
      expect(again.data).toHaveProperty(domain);
    }
    expectClaims(answer);
  }

  function expectClaims(answer: Answer): void {
    expect(answer.claims.length).toBeGreaterThan(0);
    const rowsOf = new Map(answer.steps.map((step) => [step.name, step.rows ?? 0]));
    // What was asked stands in the table, what it was chosen by beside it, under the label that its column is named by.
    const supporting = answer.facts.map((fact) => fact.label.split(',')[0]!.replace(/ /g, '_'));
    const columns = [...answer.table!.columns.map((column) => column.name), ...supporting];
    for (const claim of answer.claims) {
      expect(answer.text).toContain(claim.text);
      expect(claim.cells.length).toBeGreaterThan(0);
      for (const cell of claim.cells) {
        expect(cell.row).toBeLessThan(rowsOf.get(cell.step) ?? 0);
        expect(columns).toContain(cell.column);
      }
    }
  }
});
