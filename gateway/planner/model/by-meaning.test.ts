import { expect, it } from 'vitest';
import { AskgraphError } from '../../../schema/errors.js';
import { makeKnowledge } from '../../knowledge/knowledge.js';
import { TableMeanings } from '../../knowledge/meaning/table-meanings.js';
import { retrieve } from '../../knowledge/retrieve/retrieve.js';
import { profileOf, shopDomain } from '../../knowledge/shop.test-helper.js';
import type { EmbeddingModel } from '../../model/embedding.js';
import type { Asker, Planner, PlanRequest } from '../planner.js';
import { byMeaning } from './by-meaning.js';

const down = () => new AskgraphError('MODEL_UNAVAILABLE', 'It is down.');
const model: EmbeddingModel = { name: 'openai:meanings-1', embed: () => Promise.reject(down()) };
const planner: Planner = {
  name: 'words',
  plan: () => Promise.resolve({ kind: 'refuse', reason: 'as words have it' }),
};

function ask(callModel: Asker['callModel'], timeoutMilliseconds = 1_000) {
  const warnings: unknown[] = [];
  const meanings = new TableMeanings(1);
  meanings.put(0, Float32Array.of(1, 0));
  const knowledge = { ...makeKnowledge([shopDomain()], profileOf({})), meanings };
  const request: PlanRequest = {
    question: 'Riddle me this.',
    asOf: new Date(0),
    timeZone: 'UTC',
    maxRows: 10,
    candidates: retrieve('Riddle me this.', knowledge, undefined),
  };
  const asker = { signal: new AbortController().signal, callModel } as Asker;
  const warn = (_message: string, error: unknown) => void warnings.push(error);
  const planned = byMeaning(planner, { model, timeoutMilliseconds, warn }).plan(request, asker);
  return planned.then((outcome) => ({ outcome, warnings }));
}

const AS_WORDS_HAVE_IT = { kind: 'refuse', reason: 'as words have it' };

it('plans by words, with a warning, where the embedding model is down', async () => {
  const { outcome, warnings } = await ask((_request, call) => call());
  expect(outcome).toEqual(AS_WORDS_HAVE_IT);
  expect(warnings).toHaveLength(1);
});

it('plans by words, without a warning, where no model may be asked', async () => {
  const { outcome, warnings } = await ask(() => Promise.reject(down()));
  expect(outcome).toEqual(AS_WORDS_HAVE_IT);
  expect(warnings).toEqual([]);
});

it('fails where the asker may not call it any more', async () => {
  const refused = ask(() => Promise.reject(new AskgraphError('BUDGET_EXCEEDED', 'No tokens are left.')));
  await expect(refused).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
});
