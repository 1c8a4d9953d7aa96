import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { ask } from './ask.js';
import { type DemoData, openDemoData } from './demo-data.js';

let gateway: StartedGateway;
let data: DemoData;

beforeAll(async () => {
  gateway = await startGateway();
  data = await openDemoData();
});
afterAll(async () => {
  data?.close();
  await gateway?.close();
});

describe('a question that names a declared metric', () => {
  it.each([
    {
      question: 'What is the fraud rate by incident severity?',
      metric: 'fraudRate',
      domain: 'legal',
      sql: 'select 100.0 * count(*) filter (where fraud = 1) / count(*) from claims group by incident_severity',
    },
    {
      question: 'What was the commission rate in 2008?',
      metric: 'commissionRate',
      domain: 'sales',
      sql: 'select 100 * sum(commission)::double / sum(pricepaid)::double from sales where year(saletime) = 2008',
    },
    {
      question: 'What was the revenue in 2008?',
      metric: 'revenue',
      domain: 'sales',
      sql: 'select sum(pricepaid) from sales where year(saletime) = 2008',
    },
  ])('$question', async ({ question, metric, domain, sql }) => {
    const answer = await ask(gateway.url, { question });
    expect(answer.status).toBe('ANSWERED');
    expect(answer.steps[0]?.query).toMatch(new RegExp(`metrics \\{\\s+${metric}\\s+\\}`));
    expect(answer.assumptions.join('\n')).toContain(`the metric "${metric}" of ${domain}`);
    const figures = answer.table!.rows.map((row) => Number(row.at(-1))).sort((a, b) => a - b);
    const wanted = (await data.rows(domain, sql)).map((row) => Number(row[0])).sort((a, b) => a - b);
    expect(wanted.length).toBeGreaterThan(0);
    expect(figures).toEqual(wanted.map((figure) => expect.closeTo(figure, 6)));
  });
});
