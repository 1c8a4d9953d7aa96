import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BudgetUse, StoredUse } from './budget-use.js';
import { ENGINES, type TestPlace } from './engines.test-helper.js';
import { openBudgetUse } from './open-budget-use.js';

const DAY = '2024-03-01';
const NO_LIMITS = use(0);

let place: TestPlace;
let opened: BudgetUse[];

describe.each(ENGINES)('what is used of budgets, on $name', ({ make }) => {
  beforeEach(async () => {
    place = await make();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((budgets) => budgets.close()));
    await place.remove();
  });

  it('is added up by account and day', async () => {
    const budgets = await open();
    expect(await budgets.used('ann', DAY)).toEqual(use(0));
    await budgets.add('ann', DAY, use(2, 30, 400));
    await budgets.add('ann', DAY, use(1, 0, -100));
    await budgets.add('ann', '2024-03-02', use(7));
    await budgets.add('bob', DAY, use(9));
    expect(await budgets.used('ann', DAY)).toEqual(use(3, 30, 300));
    expect(await budgets.used('bob', DAY)).toEqual(use(9));
  });

  it('outlasts the process', async () => {
    await (await open()).add('ann', DAY, use(2));
    expect(await (await open()).used('ann', DAY)).toEqual(use(2));
  });

  it('is held in whole numbers of any size that budgets have', async () => {
    const budgets = await open();
    await budgets.add('ann', DAY, use(1.4, Number.MAX_SAFE_INTEGER - 1));
    await budgets.add('ann', DAY, use(0, 1));
    expect(await budgets.used('ann', DAY)).toEqual(use(1, Number.MAX_SAFE_INTEGER));
  });

  it.each([
    ['on a new day, up to the limit', [], use(10), true],
    ['on a new day, past the limit', [], use(11), false],
    ['beside what was used, up to the limit', [use(6)], use(4), true],
    ['beside what was used, past the limit', [use(6)], use(5), false],
    ['where all is used up, not even nothing', [use(10)], use(0), false],
    ['where more than all is used up', [use(12)], use(1), false],
    ['where another amount is past its limit', [], use(1, 21), false],
    ['where another amount has no limit', [use(0, 0, 1e9)], use(1, 1, 1e9), true],
  ])('is taken within limits %s', async (_, before, wanted, fits) => {
    const budgets = await open();
    for (const each of before) await budgets.add('ann', DAY, each);
    const limits = use(10, 20, 0);
    expect(await budgets.addWithin('ann', DAY, wanted, limits)).toBe(fits);
    const whole = fits ? [...before, wanted] : before;
    expect(await budgets.used('ann', DAY)).toEqual(
      use(
        ...(['tokens', 'bytes', 'microMoney'] as const).map((name) =>
          whole.reduce((sum, each) => sum + each[name], 0),
        ),
      ),
    );
  });

  it('is taken without limits where there are none', async () => {
    const budgets = await open();
    expect(await budgets.addWithin('ann', DAY, use(1e12), NO_LIMITS)).toBe(true);
  });

  it('never comes to more than a limit, however many take it at once', async () => {
    const both = [await open(), await open()];
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, index) => both[index % 2]!.addWithin('ann', DAY, use(3), use(50))),
    );
    expect(taken.filter((was) => was)).toHaveLength(16);
    expect(await both[0]!.used('ann', DAY)).toEqual(use(48));
  });

  it('is forgotten by day', async () => {
    const budgets = await open();
    for (const day of ['2024-02-28', '2024-02-29', DAY]) await budgets.add('ann', day, use(1));
    await budgets.forgetBefore(DAY);
    expect(await place.sql('SELECT "day" FROM "BudgetUse"')).toEqual([{ day: DAY }]);
  });

  it('cannot be told while the table is gone', async () => {
    const budgets = await open();
    await place.sql('DROP TABLE "BudgetUse"');
    const unavailable = { code: 'STORE_UNAVAILABLE', retryable: true };
    await expect(budgets.used('ann', DAY)).rejects.toMatchObject(unavailable);
    await expect(budgets.addWithin('ann', DAY, use(1), NO_LIMITS)).rejects.toMatchObject(unavailable);
  });
});

async function open(): Promise<BudgetUse> {
  const budgets = await openBudgetUse({ url: place.url, now: () => new Date(`${DAY}T10:00:00Z`) });
  opened.push(budgets);
  return budgets;
}

function use(tokens = 0, bytes = 0, microMoney = 0): StoredUse {
  return { tokens, bytes, microMoney };
}
