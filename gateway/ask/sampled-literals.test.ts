import { describe, expect, it } from 'vitest';
import { duckdbDialect } from '../../subgraphs/sql/dialects/duckdb.js';
import type { Profile } from '../knowledge/domain.js';
import { putInSampled, takeOutSampled } from './sampled-literals.js';
import { planOf, sqlStep } from './scripted.test-helper.js';

const VALUES = ['Chicago', "Coeur d'Alene", 'New York City'];
const PROFILE: Profile = {
  tableFacts: () => undefined,
  columnFacts: (_, table, column) =>
    table === 'venue' && column === 'city' ? { values: VALUES } : undefined,
};
const DIALECTS = new Map([['shop', duckdbDialect]]);
const PLAN = planOf({
  steps: [
    sqlStep('found', {
      query: "SELECT n FROM venue WHERE city = 'New York City' AND kind = 'hall' AND n IN ({{other.n}})",
    }),
  ],
  restatement: 'halls in New York City',
  sources: [{ domain: 'shop', table: 'venue', columns: ['city', 'kind', 'n'] }],
});

describe('a plan that is kept', () => {
  it('holds no value of a sample, and is whole again with it', async () => {
    const blanked = await takeOutSampled(PLAN, 'halls in the big apple', PROFILE, DIALECTS);
    expect(JSON.stringify(blanked)).not.toContain('New York');
    expect(JSON.stringify(blanked)).toContain('hall');
    const whole = await putInSampled(blanked, PROFILE, DIALECTS);
    expect(whole?.restatement).toBe(PLAN.restatement);
    expect(whole?.steps[0].query).toContain("'New York City'");
    expect(whole?.steps[0].query).toContain('{{other.n}}');
  });

  it('keeps what the question names itself', async () => {
    const blanked = await takeOutSampled(PLAN, 'Halls in new york city?', PROFILE, DIALECTS);
    expect(blanked).toEqual({ plan: PLAN, places: [] });
  });

  it('is of no use where the sample is not known any more', async () => {
    const blanked = await takeOutSampled(PLAN, 'halls', PROFILE, DIALECTS);
    const nothing: Profile = { tableFacts: () => undefined, columnFacts: () => undefined };
    expect(await putInSampled(blanked, nothing, DIALECTS)).toBeUndefined();
  });
});
