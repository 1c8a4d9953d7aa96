import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBudget } from '../limits/budget.js';
import { makeMemoryLedger } from '../limits/ledger.js';
import { makeTrailFolder, type TrailFolder } from './audit.test-helper.js';
import { callModel, type ModelRequest } from './audit-model-call.js';

const REQUEST: ModelRequest = {
  model: 'm',
  purpose: 'plan',
  prompt: 'How many secrets?',
  estimate: { tokens: 400, microMoney: 0 },
};
const CONTEXT = {
  requestId: 'r',
  caller: { subject: 'ann', roles: [], claims: {} },
  account: 'subject:ann',
  signal: new AbortController().signal,
  asOf: new Date(0),
};
const USE = { inputTokens: 100, outputTokens: 50, microMoney: 7 };

let folder: TrailFolder;
beforeEach(() => {
  folder = makeTrailFolder({ ASKGRAPH_AUDIT: 'file' });
});
afterEach(() => folder.remove());

const events = () =>
  readdirSync(folder.config.directory)
    .flatMap((name) => readFileSync(join(folder.config.directory, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'model');

function open(tokens: number) {
  const ledger = makeMemoryLedger();
  const now = () => folder.now;
  const budget = makeBudget({ limits: { tokens, bytes: 0, microMoney: 0 }, ledger, now });
  const used = async () => (await ledger.used('subject:ann', '2026-03-01')).tokens;
  return { budget, used };
}

describe('a call of a model', () => {
  it('is on record before by the digest of what is sent, and settled after at what it used', async () => {
    const { trail, close } = await folder.open();
    const { budget, used } = open(1_000);
    const result = await callModel(REQUEST, CONTEXT, { trail, budget }, async () => {
      expect(await used()).toBe(400);
      return { result: 'a plan', use: USE };
    });
    await close();
    expect(result).toBe('a plan');
    expect(await used()).toBe(150);
    expect(events()).toMatchObject([
      {
        decision: 'allowed',
        facts: { model: 'm', purpose: 'plan' },
        digests: { prompt: expect.any(String) },
      },
      { decision: 'succeeded', facts: { request: 2, ...USE } },
    ]);
    expect(JSON.stringify(events())).not.toContain('secrets');
  });

  it('is not made where the budget does not allow it', async () => {
    const { trail, close } = await folder.open();
    const { budget } = open(399);
    const call = () => expect.fail('nothing is sent');
    await expect(callModel(REQUEST, CONTEXT, { trail, budget }, call)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
    });
    await close();
    expect(events()).toEqual([]);
  });

  it('is not made where it cannot be recorded, and costs nothing', async () => {
    const { budget, used } = open(1_000);
    const record = () => Promise.reject(new Error('full'));
    const call = () => expect.fail('nothing is sent');
    await expect(
      callModel(REQUEST, CONTEXT, { trail: { record, note: () => {} }, budget }, call),
    ).rejects.toThrow('full');
    expect(await used()).toBe(0);
  });

  it('that fails stays charged at what it was expected to use', async () => {
    const { trail, close } = await folder.open();
    const { budget, used } = open(1_000);
    const call = () => Promise.reject(new Error('a secret of the model'));
    await expect(callModel(REQUEST, CONTEXT, { trail, budget }, call)).rejects.toThrow('a secret');
    await close();
    expect(await used()).toBe(400);
    expect(events()[1]).toMatchObject({ decision: 'failed', code: 'INTERNAL' });
    expect(JSON.stringify(events())).not.toContain('secret of');
  });
});
