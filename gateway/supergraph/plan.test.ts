import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { composeSupergraph } from './compose.js';
import { sourcesOf } from './conformance/composed.js';
import fixture from './conformance/requires-by-another-key.js';
import { loadQueryPlanner } from './plan.js';
import { openPlannerProcess } from './planning/planner-process.js';
import { NO_OVERRIDES } from './planning/query-planner.js';

const sdl = await composeSupergraph(sourcesOf(fixture));
/** The planner itself aborts on it. */
const FATAL = '{ items { label } }';

it('an operation that ends the planner fails alone: what is planned beside it and after it is planned', async () => {
  const planner = await openPlannerProcess(sdl);
  const plans = await Promise.allSettled(
    ['{ items { id } }', FATAL, '{ items { code } }', FATAL, '{ items { name } }'].map((source) =>
      planner.plan(source, NO_OVERRIDES),
    ),
  );
  expect(plans.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(plans[1]).toMatchObject({ reason: { kind: 'lost' } });
  planner.close();
  expect(await planner.plan('{ items { id } }', NO_OVERRIDES)).toHaveProperty('node.kind', 'Fetch');
});

it('plans in parts what it cannot plan at once, each time alike', async () => {
  const planner = await loadQueryPlanner(parse(sdl));
  const first = await planner.plan(FATAL, NO_OVERRIDES);
  expect(first).toHaveProperty('node.kind', 'Sequence');
  expect(await planner.plan(FATAL, NO_OVERRIDES)).toEqual(first);
  planner.close();
});

it('says that no plan can be made', async () => {
  const planner = await loadQueryPlanner(parse(sdl));
  await expect(planner.plan('{ nothing }', NO_OVERRIDES)).rejects.toMatchObject({ code: 'PLAN_FAILED' });
  planner.close();
});
