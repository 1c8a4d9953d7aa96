import { describe, expect, it } from 'vitest';
import { duckdbDialect } from '../../../subgraphs/sql/dialects/duckdb.js';
import type { Plan } from '../planner.js';
import { literalsOf, mapPlanLiterals } from './map-plan-literals.js';

const DIALECTS = new Map([['shop', duckdbDialect]]);
const result = { rowPath: ['shop', 'orders'], columns: [], notes: [] };
const PLAN: Plan = {
  kind: 'plan',
  steps: [
    {
      name: 'top',
      domain: 'shop',
      language: 'GRAPHQL',
      query:
        'query ($city: String!) { shop { orders(where: {city: {eq: $city}, total: {gt: 5, lt: -7}, placed: {gte: "2008-01-01"}}, limit: 101) { id } } }',
      variables: { city: 'Chicago', others: ['{{first.city}}'] },
      dependsOn: [],
      result,
    },
    {
      name: 'rest',
      domain: 'shop',
      language: 'SQL',
      query: "SELECT id FROM orders WHERE id IN ({{top.id}}) AND city <> 'Chicago' LIMIT 101",
      dependsOn: ['top'],
    },
  ],
  combine: { query: "SELECT id, 'Chicago' AS city FROM rest LIMIT 101" },
  restatement: 'orders of Chicago',
  columns: [],
  assumptions: [],
  sources: [],
  confidence: 1,
};

describe('the literals of a plan', () => {
  it('are those of all its steps and variables, in either language', async () => {
    const found = await literalsOf(PLAN, DIALECTS);
    expect(found.filter(({ kind }) => kind === 'text').map(({ value }) => value)).toEqual([
      '2008-01-01',
      'Chicago',
      'Chicago',
      'Chicago',
    ]);
    const numbers = found.filter(({ kind }) => kind === 'number');
    expect(numbers.map(({ value, place }) => `${value} ${place}`)).toEqual([
      '5 value',
      '101 limit',
      '101 limit',
      '101 limit',
    ]);
  });

  it('are changed wherever they stand; what stands for earlier values stays', async () => {
    const hostile = 'L"Aq\'uila") { id } }';
    const changed = await mapPlanLiterals(PLAN, DIALECTS, ({ value, place }) =>
      value === 'Chicago' ? hostile : place === 'limit' ? '7' : undefined,
    );
    const [graphql, sql] = changed.steps;
    expect(graphql).toMatchObject({ variables: { city: hostile, others: ['{{first.city}}'] } });
    expect(graphql.query).toContain('limit: 7');
    expect(sql?.query).toContain('{{top.id}}');
    expect(sql?.query).not.toContain("'{{");
    const texts = (await literalsOf(changed, DIALECTS)).filter(({ kind }) => kind === 'text');
    expect(texts.map(({ value }) => value)).toEqual(['2008-01-01', hostile, hostile, hostile]);
  });
});
