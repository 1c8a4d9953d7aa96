import { describe, expect, it } from 'vitest';
import { makeKnowledge } from '../../../knowledge/knowledge.js';
import { retrieve } from '../../../knowledge/retrieve/retrieve.js';
import { profileOf, shopDomain } from '../../../knowledge/shop.test-helper.js';
import type { Plan } from '../../planner.js';
import { embeddedPlanner } from '../embedded-planner.js';

const knowledge = makeKnowledge([shopDomain()], profileOf({ 'country.country_name': ['Germany', 'France'] }));

async function plan(question: string): Promise<Plan> {
  const outcome = await embeddedPlanner.plan({
    question,
    asOf: new Date('2008-05-15T12:00:00Z'),
    timeZone: 'UTC',
    maxRows: 101,
    candidates: retrieve(question, knowledge, undefined),
  });
  expect(outcome).toMatchObject({ kind: 'plan' });
  return outcome as Plan;
}

describe('a plan', () => {
  it('restates the question with every figure, group and condition in it', async () => {
    const { restatement } = await plan('total amount of orders by country name in 2008');
    for (const part of ['total', 'amount', 'country', '2008']) expect(restatement).toContain(part);
  });

  it('names the tables and columns that it reads, each once', async () => {
    const { sources } = await plan('total amount of orders by country name in 2008');
    const read = new Map(sources.map(({ table, columns }) => [table, [...columns].sort()]));
    expect(read.size).toBe(sources.length);
    expect(read.get('orders')).toEqual(['amount', 'ordered_at']);
    expect(read.get('country')).toEqual(['country_name']);
    expect(sources.every(({ domain }) => domain === 'shop')).toBe(true);
  });

  it('tells the time that was asked for, and the column on which it was read', async () => {
    expect((await plan('How many orders were there in May 2008?')).time).toMatchObject({
      domain: 'shop',
      table: 'orders',
      column: 'ordered_at',
      from: '2008-05-01',
      to: '2008-06-01',
    });
    expect((await plan('How many orders are there?')).time).toBeUndefined();
  });

  it('is one GraphQL step where the typed API can say it', async () => {
    const { steps, combine } = await plan('How many orders were there in May 2008?');
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ domain: 'shop', language: 'GRAPHQL', dependsOn: [] });
    expect(steps[0].query).toContain('ordersAggregate(');
    expect(combine).toBeUndefined();
  });

  it('is the same every time', async () => {
    const [one, other] = [
      await plan('total amount by country name'),
      await plan('total amount by country name'),
    ];
    expect(one).toEqual(other);
  });
});
