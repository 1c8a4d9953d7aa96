import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postGraphql } from '../post-graphql.js';
import { type DemoData, openDemoData } from '../questions/demo-data.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

interface Answer {
  readonly conversationId: string;
  readonly status: string;
  readonly restatement: string | null;
  readonly assumptions: readonly string[];
  readonly followUps: readonly string[];
  readonly chart: { readonly mark: { readonly type: string } } | null;
  readonly table: { readonly rows: readonly (readonly unknown[])[] } | null;
}

let gateway: StartedGateway;
let demo: DemoData;

beforeAll(async () => {
  gateway = await startGateway();
  demo = await openDemoData();
}, 120_000);
afterAll(async () => {
  demo?.close();
  await gateway?.close();
});

async function ask(question: string, conversationId?: string): Promise<Answer> {
  const { data } = await postGraphql<{ ask: Answer }>(
    gateway.url,
    `query ($input: AskInput!) {
      ask(input: $input) { conversationId status restatement assumptions followUps chart table { rows } }
    }`,
    { input: { question, conversationId, asOf: '2008-06-15T00:00:00Z' } },
  );
  return data.ask;
}

/** Asks one question after another in one conversation; the last answer. */
async function converse(...questions: readonly string[]): Promise<Answer> {
  let last: Answer | undefined;
  for (const question of questions) last = await ask(question, last?.conversationId);
  return last!;
}

const HIRED =
  "select cast(count(*) as varchar) from employees where hire_date between '1991-01-01' and '1991-12-31'";
const TICKETS = 'select cast(sum(qtysold) as varchar) from sales';
const COMMISSION = `select cast(sum(s.commission) as varchar) from sales s join event e using (eventid) join venue v using (venueid)
  where year(s.saletime) = 2008`;

describe('a question that goes on from another, without a model', () => {
  it.each([
    [['How many employees were hired in 1990?', 'and in 1991?'], 'hr', HIRED],
    [['How many employees were hired in 1990?', 'what about 1992?', 'now 1991, please'], 'hr', HIRED],
    [
      ['How many employees were hired in 1990?', 'by gender', 'and in 1991?'],
      'hr',
      `select gender, cast(count(*) as varchar) from employees where year(hire_date) = 1991 group by 1 order by count(*) desc`,
    ],
    [
      ['How many venues are there?', 'only in New York'],
      'sales',
      "select cast(count(*) as varchar) from venue where venuecity = 'New York City'",
    ],
    [
      ['How many venues are there?', 'only in New York', 'and in Chicago?'],
      'sales',
      "select cast(count(*) as varchar) from venue where venuecity = 'Chicago'",
    ],
    [
      ['How many tickets were sold?', 'as a chart by month', 'by quarter'],
      'sales',
      `select strftime(date_trunc('quarter', saletime), '%Y-%m-%d'), cast(sum(qtysold) as varchar) from sales group by 1 order by 1`,
    ],
    [
      ['How many tickets were sold?', 'only in March 2008'],
      'sales',
      `${TICKETS} where saletime >= '2008-03-01' and saletime < '2008-04-01'`,
    ],
    [
      ['What was the total commission for the ticket sales in the year 2008?', 'and in New York City?'],
      'sales',
      `${COMMISSION} and v.venuecity = 'New York City'`,
    ],
    [
      ['How many ticket sales were there this month?', 'and last month?'],
      'sales',
      "select cast(count(*) as varchar) from sales where saletime >= '2008-05-01' and saletime < '2008-06-01'",
    ],
  ])('%j finds what the whole question would', async (questions, domain, sql) => {
    const answer = await converse(...questions);
    expect(answer.status).toBe('ANSWERED');
    expect(answer.assumptions[0]).toMatch(/^Read as “How many |^Read as “What was /);
    const rows = answer.table?.rows.map((row) =>
      row.map((cell) => (typeof cell === 'number' ? `${cell}` : cell)),
    );
    expect(rows).toEqual(await demo.rows(domain, sql));
  });

  it('is as good without a conversation where it stands on its own', async () => {
    const answer = await converse('How many employees were hired in 1990?', 'And how many events are there?');
    expect(answer.table?.rows).toEqual(
      await demo.rows('sales', 'select cast(count(*) as varchar) from event'),
    );
  });

  it.each([
    ['a value that the data do not hold', ['How many venues are there?', 'and in Atlantis?']],
    ['one of two periods', ['How many employees were hired between 1990 and 1992?', 'and in 1995?']],
    ['a month’s year', ['How many tickets were sold in March 2008?', 'and in 2007?']],
    ['groups of what is ranked', ['What are the top 5 events by revenue?', 'and by month?']],
    ['another subject', ['How many venues are there?', 'and the frauds?']],
  ])('is not read where it changes %s', async (_, questions) => {
    expect(await converse(...questions)).toMatchObject({ status: 'NOT_UNDERSTOOD' });
  });

  it('needs its conversation', async () => {
    expect(await ask('and in 1991?')).toMatchObject({ status: 'NOT_UNDERSTOOD' });
  });
});

describe('what stands beside an answer', () => {
  it('is a chart of its rows, by their shape', async () => {
    expect((await ask('How many tickets were sold by month?')).chart?.mark.type).toBe('line');
    expect((await ask('How many employees are there by gender?')).chart?.mark.type).toBe('bar');
    expect((await ask('How many venues are there?')).chart).toBeNull();
  });

  it('is two or three questions that could come next, each of which is answered', async () => {
    for (const question of ['How many employees were hired in 1990?', 'How many venues are there?']) {
      const { followUps } = await ask(question);
      expect(followUps.length).toBeGreaterThanOrEqual(2);
      expect(followUps.length).toBeLessThanOrEqual(3);
      for (const next of followUps)
        expect((await ask(next)).status, next).toMatch(/^(ANSWERED|NO_DATA|CLARIFICATION)$/);
    }
  });

  it('is the day that "today" was taken to be, where the question hangs on it', async () => {
    const day = 'Today is June 15, 2008 (time zone UTC).';
    expect((await ask('How many ticket sales were there this month?')).assumptions).toContain(day);
    expect((await ask('How many venues are there?')).assumptions).not.toContain(day);
  });
});
