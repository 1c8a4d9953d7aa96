import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FollowedEvent, followed, ofKind, subscribe } from '../e2e/follow-question.js';
import { ask, tryAsk } from '../questions/ask.js';
import { type DemoData, openDemoData } from '../questions/demo-data.js';
import { sameRows } from '../questions/same-rows.js';
import {
  planReply,
  type ScriptedGateway,
  type ScriptedStep,
  sqlStep,
  startScripted,
} from './scripted-gateway.js';

let data: DemoData;
let scripted: ScriptedGateway;
/** What the model replies, reply by reply; the last of them from then on. */
let replies: ReturnType<typeof planReply>[] = [];
let called = 0;

beforeAll(async () => {
  scripted = await startScripted(() => replies[Math.min(called++, replies.length - 1)]!, {
    ASKGRAPH_WRITER_MODEL: 'off',
  });
  data = await openDemoData();
}, 120_000);
afterEach(() => {
  called = 0;
});
afterAll(async () => {
  data?.close();
  await scripted?.close();
});

/** A question of its own for each script, since plans are remembered. */
let questions = 0;
function question(text: string): string {
  questions += 1;
  return `Riddle ${questions}: ${text}`;
}
const statuses = (steps: readonly { name: string; status: string }[]) =>
  steps.map(({ name, status }) => [name, status]);

const REVENUE_2008 = `SELECT v.venuename AS venue, v.venuecity AS city, SUM(s.pricepaid) AS revenue
  FROM sales s JOIN event e ON e.eventid = s.eventid JOIN venue v ON v.venueid = e.venueid
  WHERE s.saletime >= '2008-01-01' AND s.saletime < '2009-01-01'`;
const TOP = 'GROUP BY v.venuename, v.venuecity ORDER BY revenue DESC LIMIT 1';
const WEATHER_OF_VENUE: ScriptedStep = {
  name: 'weather',
  domain: 'product',
  language: 'GRAPHQL',
  query: `query ($city: String!) { product { currentWeather(city: $city) {
    reason weather { observedOn temperatureMax conditions } } } }`,
  variables: { city: '{{venue.city}}' },
};
const JOINED = {
  combine:
    'SELECT venue.city, weather.observedOn, weather.temperatureMax, weather.conditions FROM venue, weather',
};

describe('a question over several domains', () => {
  it('reads two of them together, and joins what they give', async () => {
    replies = [
      planReply(
        [
          sqlStep(
            'hr',
            'SELECT EXTRACT(YEAR FROM hire_date) AS year, COUNT(*) AS hired FROM employees GROUP BY 1',
            'hires',
          ),
          sqlStep(
            'finance',
            'SELECT EXTRACT(YEAR FROM date) AS year, SUM(volume) AS volume FROM all_stocks_5yr GROUP BY 1',
            'trades',
          ),
        ],
        {
          combine:
            'SELECT (SELECT SUM(hired) FROM hires) AS hired, (SELECT MAX(volume) FROM trades) AS most_traded',
        },
      ),
    ];
    const answer = await ask(scripted.url, { question: question('hires against shares') });
    expect(answer.status).toBe('ANSWERED');
    expect(statuses(answer.steps)).toEqual([
      ['hires', 'SUCCEEDED'],
      ['trades', 'SUCCEEDED'],
      ['combined', 'SUCCEEDED'],
    ]);
    const [[hired]] = (await data.rows('hr', 'select count(*) from employees')) as [[unknown]];
    const [[most]] = (await data.rows(
      'finance',
      'select max(v) from (select sum(volume) v from all_stocks_5yr group by year(date))',
    )) as [[unknown]];
    expect(sameRows(answer.table?.rows ?? [], [[hired, most]], {})).toBe(true);
    expect(new Set(answer.sources.map(({ domain }) => domain))).toEqual(new Set(['hr', 'finance']));
  });

  it('reads three of them, two that need no other at once and one that waits, and tells each step’s rows', async () => {
    replies = [
      planReply(
        [
          sqlStep('sales', `${REVENUE_2008} AND v.venuecity IN ('New York City') ${TOP}`, 'venue'),
          sqlStep('legal', 'SELECT COUNT(*) AS frauds FROM claims WHERE fraud = 1', 'claims'),
          WEATHER_OF_VENUE,
        ],
        {
          combine:
            'SELECT venue.venue, venue.revenue, claims.frauds, weather.conditions FROM venue, claims, weather',
        },
      ),
    ];
    const events = await followed(
      await subscribe(scripted.url, { question: question('venue, frauds and weather') }),
    );
    const [done] = ofKind(events, 'AskDone');
    const [[venue, revenue]] = (await data.rows(
      'sales',
      `select v.venuename, sum(s.pricepaid) as r from sales s join event e using (eventid) join venue v on v.venueid = e.venueid
       where year(s.saletime) = 2008 and v.venuecity = 'New York City' group by 1 order by r desc limit 1`,
    )) as [[unknown, unknown]];
    const [[frauds]] = (await data.rows('legal', 'select sum(fraud) from claims')) as [[unknown]];
    const [[conditions]] = (await data.rows(
      'product',
      "select weather from weather where location = 'New York' order by date desc limit 1",
    )) as [[unknown]];
    const rows = done?.answer.table?.rows ?? [];
    expect(done?.answer.status).toBe('ANSWERED');
    expect(sameRows(rows, [[venue, revenue, frauds, conditions]], {}), JSON.stringify(rows)).toBe(true);
    expectRowsAfterEachStep(events);
  });

  function expectRowsAfterEachStep(events: readonly FollowedEvent[]): void {
    const arrived = ofKind(events, 'RowsArrived');
    expect(new Set(arrived.map(({ stepName }) => stepName))).toEqual(
      new Set(['venue', 'claims', 'weather', 'combined']),
    );
    expect(arrived.at(-1)?.stepName).toBe('combined');
    for (const { stepName, rows } of arrived) {
      const ended = events.findIndex(
        (event) =>
          event.__typename === 'StepChanged' &&
          event.step.name === stepName &&
          event.step.status === 'SUCCEEDED',
      );
      const told = events.findIndex(
        (event) => event.__typename === 'RowsArrived' && event.stepName === stepName,
      );
      expect(ended).toBeGreaterThan(-1);
      expect(told).toBeGreaterThan(ended);
      expect(rows).toHaveLength(1);
    }
  }
});

describe('the weather now in the city of the venue with the highest revenue of 2008', () => {
  it('is that of the city which the first step finds', async () => {
    // The demo knows the weather of two cities only.
    const own = `${REVENUE_2008} AND v.venuecity IN ('New York City', 'Seattle') ${TOP}`;
    replies = [planReply([sqlStep('sales', own, 'venue'), WEATHER_OF_VENUE], JOINED)];
    const answer = await ask(scripted.url, { question: question('of two cities, the weather') });
    const [[city]] = (await data.rows(
      'sales',
      `select v.venuecity from sales s join event e using (eventid) join venue v on v.venueid = e.venueid
       where year(s.saletime) = 2008 and v.venuecity in ('New York City', 'Seattle')
       group by v.venueid, v.venuecity order by sum(s.pricepaid) desc limit 1`,
    )) as [[string]];
    const expected = await data.rows(
      'product',
      `select '${city}', date, temp_max, weather from weather
       where location = '${city.replace(' City', '')}' order by date desc limit 1`,
    );
    expect(answer.status).toBe('ANSWERED');
    expect(sameRows(answer.table?.rows ?? [], expected, {}), JSON.stringify(answer.table?.rows)).toBe(true);
    // The model said nothing of it: what a step speaks of, it depends on.
    expect(answer.steps.find(({ name }) => name === 'weather')).toMatchObject({
      status: 'SUCCEEDED',
      rows: 1,
    });
  });

  it('is not made up where nobody has observed it: the answer says why there is none', async () => {
    replies = [planReply([sqlStep('sales', `${REVENUE_2008} ${TOP}`, 'venue'), WEATHER_OF_VENUE], JOINED)];
    const answer = await ask(scripted.url, { question: question('the weather there') });
    expect(answer.status).toBe('NO_DATA');
    expect(answer.text).toContain('San Francisco');
    expect(called).toBe(1);
  });
});

describe('a plan of several steps with a fault', () => {
  const WRONG = 'SELECT SUM(venuename) AS total FROM venue';
  const COUNTED = 'SELECT COUNT(*) AS claims FROM claims';
  const both = { combine: 'SELECT claims.claims, found.total FROM claims, found' };

  it('is mended before any of it has run: the engines are asked to plan it first', async () => {
    replies = [
      planReply([sqlStep('legal', COUNTED, 'claims'), sqlStep('sales', WRONG)], both),
      planReply(
        [sqlStep('legal', COUNTED, 'claims'), sqlStep('sales', 'SELECT SUM(venueseats) AS total FROM venue')],
        both,
      ),
    ];
    const answer = await ask(scripted.url, { question: question('claims and seats') });
    expect(answer.status).toBe('ANSWERED');
    expect(answer.steps.map(({ name, attempt, status, rows }) => [name, attempt, status, rows])).toEqual([
      ['claims', 1, 'SKIPPED', null],
      ['found', 1, 'FAILED', null],
      ['combined', 1, 'SKIPPED', null],
      ['claims', 2, 'SUCCEEDED', 1],
      ['found', 2, 'SUCCEEDED', 1],
      ['combined', 2, 'SUCCEEDED', 1],
    ]);
    const told = scripted.model.calls.at(-1)?.messages.at(-1)?.text ?? '';
    expect(told).toContain('The step found failed: QUERY_FAILED: The database could not run the query.');
    expect(told).not.toMatch(/Binder|VARCHAR|claims failed/);
    const [[claims]] = (await data.rows('legal', 'select count(*) from claims')) as [[unknown]];
    const [[seats]] = (await data.rows('sales', 'select sum(venueseats) from venue')) as [[unknown]];
    expect(sameRows(answer.table?.rows ?? [], [[claims, seats]], {})).toBe(true);
  });

  it('is run as far as it goes where it cannot be mended', async () => {
    replies = [planReply([sqlStep('legal', COUNTED, 'claims'), sqlStep('sales', WRONG)], both)];
    for (const reply of [replies[0]!, { kind: 'broken' as const }]) {
      replies = [replies[0]!, reply];
      called = 0;
      const answer = await ask(scripted.url, { question: question('claims and seats, no matter what') });
      expect(answer.status).toBe('PARTIAL');
      expect(answer.text).toContain('Sales is missing: The database could not run the query.');
      const last = Math.max(...answer.steps.map(({ attempt }) => attempt));
      expect(statuses(answer.steps.filter(({ attempt }) => attempt === last))).toEqual([
        ['claims', 'SUCCEEDED'],
        ['found', 'FAILED'],
        ['combined', 'SKIPPED'],
      ]);
    }
  });

  it('is mended where a step gives more rows than can be combined', async () => {
    replies = [
      planReply([sqlStep('sales', 'SELECT salesid AS id FROM sales')], {
        combine: 'SELECT COUNT(*) AS n FROM found',
      }),
      planReply([sqlStep('sales', 'SELECT COUNT(*) AS n FROM sales')]),
    ];
    const answer = await ask(scripted.url, { question: question('count in the end') });
    expect(answer.status).toBe('ANSWERED');
    expect(scripted.model.calls.at(-1)?.messages.at(-1)?.text).toContain('TOO_COMPLEX');
    expect(answer.table?.rows.map(String)).toEqual(['172456']);
  });

  it('never runs one part of it where another is refused', async () => {
    replies = [planReply([sqlStep('legal', COUNTED, 'claims'), sqlStep('sales', 'DELETE FROM venue')], both)];
    const { errors } = await tryAsk(scripted.url, { question: question('claims, and no venues') });
    expect(errors).toMatchObject([{ extensions: { code: 'STATEMENT_REFUSED' } }]);
  });
});
