import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type AskInput, ask } from '../questions/ask.js';
import { type DemoData, openDemoData } from '../questions/demo-data.js';
import { sameRows } from '../questions/same-rows.js';
import {
  MODEL,
  planReply,
  type ScriptedGateway,
  type ScriptedStep,
  sqlStep,
  startScripted,
} from './scripted-gateway.js';

/** An example question, what a model plans for it and writes about it, and SQL that finds its rows independently. */
interface Example {
  readonly title: string;
  readonly input: AskInput;
  readonly steps: readonly ScriptedStep[];
  readonly more?: object;
  readonly writes: string;
  readonly source: { readonly domain: string; readonly table: string };
  readonly expected: string;
}

const WEATHER = `query ($city: String!) { product { currentWeather(city: $city, temperatureUnit: FAHRENHEIT) {
  reason weather { observedOn temperatureMax temperatureMin conditions } } } }`;
const MAY_2013 = "FROM all_stocks_5yr WHERE date BETWEEN DATE '2013-05-01' AND DATE '2013-05-31'";
const GAIN = '(arg_max(close, date) / arg_min(close, date) - 1) * 100';

const examples: readonly Example[] = [
  {
    title: 'counts the ticket sales',
    input: { question: 'How many ticket sales are there?' },
    steps: [sqlStep('sales', 'SELECT COUNT(*) AS sales FROM sales')],
    writes: 'There are 172,456 ticket sales.',
    source: { domain: 'sales', table: 'sales' },
    expected: 'select count(salesid) from sales',
  },
  {
    title: 'totals the commission of 2008',
    input: { question: 'What was the total commission for the ticket sales in the year 2008?' },
    steps: [
      sqlStep(
        'sales',
        "SELECT SUM(commission) AS commission FROM sales WHERE saletime >= '2008-01-01' AND saletime < '2009-01-01'",
      ),
    ],
    more: { columns: [{ name: 'commission', label: 'total commission', unit: 'USD' }] },
    writes: 'The total commission in 2008 was $16,614,814.65.',
    source: { domain: 'sales', table: 'sales' },
    expected: 'select sum(commission) from sales where year(saletime) = 2008',
  },
  {
    title: 'counts the frauds of 2023',
    input: { question: 'How many frauds happened in the year 2023?' },
    steps: [
      sqlStep('legal', 'SELECT COUNT(*) AS frauds FROM claims WHERE fraud = 1 AND YEAR(write_time) = 2023'),
    ],
    writes: 'There were 164 frauds in 2023.',
    source: { domain: 'legal', table: 'claims' },
    expected:
      "select count(*) from claims where fraud = 1 and write_time between '2023-01-01' and '2023-12-31 23:59:59'",
  },
  {
    title: 'counts the policies claimed this year',
    input: { question: 'How many policies were claimed this year?', asOf: '2023-09-01T12:00:00Z' },
    steps: [
      sqlStep(
        'legal',
        "SELECT COUNT(DISTINCT policy_id) AS policies FROM claims WHERE write_time >= '2023-01-01' AND write_time < '2024-01-01'",
      ),
    ],
    writes: '5,000 policies were claimed this year.',
    source: { domain: 'legal', table: 'claims' },
    expected: 'select count(distinct policy_id) from claims where year(write_time) = 2023',
  },
  {
    title: 'names the employees born in this month',
    input: { question: 'Name all employees with birth date this month', asOf: '2025-05-20T12:00:00Z' },
    steps: [
      sqlStep(
        'hr',
        'SELECT first_name, last_name FROM employees WHERE EXTRACT(MONTH FROM birth_date) = 5 ORDER BY emp_no',
      ),
    ],
    writes: 'They are Christian Koblick, Tzvetan Zielinski, Kazuhito Cappelletti and Yinghua Dredge.',
    source: { domain: 'hr', table: 'employees' },
    expected: 'select first_name, last_name from employees where month(birth_date) = 5',
  },
  {
    title: 'counts the employees hired before 1990',
    input: { question: 'How many employees were hired before 1990?' },
    steps: [sqlStep('hr', "SELECT COUNT(*) AS employees FROM employees WHERE hire_date < DATE '1990-01-01'")],
    writes: 'Twenty-nine employees were hired before 1990.',
    source: { domain: 'hr', table: 'employees' },
    expected: 'select count(*) from employees where year(hire_date) < 1990',
  },
  {
    title: 'averages the volume of July 2013',
    input: { question: 'What is the average volume stocks traded in July of 2013?' },
    steps: [
      sqlStep(
        'finance',
        "SELECT AVG(volume) AS volume FROM all_stocks_5yr WHERE date >= '2013-07-01' AND date < '2013-08-01'",
      ),
    ],
    writes: 'On average 4,374,177 shares were traded in July 2013.',
    source: { domain: 'finance', table: 'all_stocks_5yr' },
    expected: 'select avg(volume) from all_stocks_5yr where year(date) = 2013 and month(date) = 7',
  },
  {
    title: 'names the best and the worst stock of May 2013',
    input: { question: 'Which stock performed the best and the worst in May of 2013?' },
    steps: [
      sqlStep(
        'finance',
        `SELECT name, gain FROM (SELECT name, gain, ROW_NUMBER() OVER (ORDER BY gain DESC) AS best,
           ROW_NUMBER() OVER (ORDER BY gain) AS worst
         FROM (SELECT name, ROUND(${GAIN}, 2) AS gain ${MAY_2013} GROUP BY name) g) ranked
         WHERE best = 1 OR worst = 1 ORDER BY best`,
      ),
    ],
    more: { assumptions: ['Performance is the change of the closing price over the month.'] },
    writes: 'Those two stand apart by the change of their closing prices.',
    source: { domain: 'finance', table: 'all_stocks_5yr' },
    expected: `with g as (select name, round(${GAIN}, 2) as gain ${MAY_2013} group by name)
      select name, gain from g where gain in ((select max(gain) from g), (select min(gain) from g))`,
  },
  {
    title: 'gives the weather in degrees Fahrenheit',
    input: { question: 'What is the weather like right now in New York City in degrees Fahrenheit?' },
    steps: [
      {
        name: 'weather',
        domain: 'product',
        language: 'GRAPHQL',
        query: WEATHER,
        variables: { city: 'New York City' },
      },
    ],
    writes: 'The latest observation is of December 31, 2015.',
    source: { domain: 'product', table: 'currentWeather' },
    expected: `select date, round(temp_max * 9 / 5 + 32, 1), round(temp_min * 9 / 5 + 32, 1), weather from weather
      where location = 'New York' order by date desc limit 1`,
  },
];

describe('the example questions, planned and told by a model', () => {
  let scripted: ScriptedGateway;
  let data: DemoData;
  let current: Example | undefined;

  beforeAll(async () => {
    scripted = await startScripted(({ tool }) =>
      tool === undefined
        ? { kind: 'text', text: current!.writes }
        : planReply(current!.steps, { restatement: current!.title, ...current!.more }),
    );
    data = await openDemoData();
  }, 120_000);
  afterAll(async () => {
    data?.close();
    await scripted?.close();
  });

  it.each(examples)('$title', async (example) => {
    current = example;
    const before = scripted.model.calls.length;
    const answer = await ask(scripted.url, example.input);
    expect(answer).toMatchObject({
      status: 'ANSWERED',
      text: example.writes,
      restatement: example.title,
      trust: 'GENERATED',
      planner: MODEL,
      usage: { modelCalls: 2 },
    });
    expect(scripted.model.calls.slice(before).map(({ tool }) => tool)).toEqual(['plan', undefined]);
    const expected = await data.rows(example.source.domain, example.expected);
    expect(expected.length).toBeGreaterThan(0);
    expect(
      sameRows(answer.table?.rows ?? [], expected, {}),
      `${JSON.stringify(answer.table?.rows)} is not ${JSON.stringify(expected)}`,
    ).toBe(true);
    expect(answer.sources).toContainEqual(expect.objectContaining(example.source));
    expectToldOf(example, before);
    expectClaims(answer);
  });

  /** The prompt holds what the question needs, and the model that writes was shown the rows that it wrote about. */
  function expectToldOf({ source, input }: Example, before: number): void {
    const [planning, writing] = scripted.model.calls.slice(before);
    const told = planning?.messages[0]?.text ?? '';
    expect(told).toContain(`Domain ${source.domain}`);
    expect(told).toContain(`Table ${source.table}`);
    expect(told).toContain(input.question);
    if (input.asOf !== undefined) expect(told).toContain(`Today is ${input.asOf.slice(0, 10)}`);
    expect(writing?.messages[0]?.text).toContain(input.question);
  }

  function expectClaims({ claims, steps, text }: Answer): void {
    const rowsOf = new Map(steps.map((step) => [step.name, step.rows ?? 0]));
    for (const claim of claims) {
      expect(text).toContain(claim.text);
      for (const cell of claim.cells) expect(cell.row).toBeLessThan(rowsOf.get(cell.step) ?? 0);
    }
  }
});
