import type { AuditTrail } from '../subgraphs/audit/audit-trail.js';
import type { CallModel } from './ask/asker.js';
import { costOf, type PriceOf } from './ask/prices.js';
import { callModel } from './audit/audit-model-call.js';
import type { Budget } from './limits/budget.js';

/** A token is seldom shorter: so a request is never thought smaller than it is by much. */
const CHARACTERS_A_TOKEN = 3;
const MICRO = 1_000_000;

/** The way to language models: on record, and within the caller's budget of tokens and money. */
export function makeCallModel(options: {
  readonly trail: AuditTrail;
  readonly budget: Budget;
  readonly priceOf: PriceOf;
}): CallModel {
  return ({ model, purpose, prompt, maximumTokens }, context, call) => {
    const money = (inputTokens: number, outputTokens: number, cachedInputTokens: number) =>
      Math.ceil(costOf({ inputTokens, outputTokens, cachedInputTokens }, options.priceOf(model)) * MICRO);
    const expected = Math.ceil(prompt.length / CHARACTERS_A_TOKEN);
    const estimate = {
      tokens: expected + maximumTokens,
      microMoney: money(expected, maximumTokens, 0),
    };
    return callModel({ model, purpose, prompt, estimate }, context, options, async () => {
      const result = await call();
      const { inputTokens, outputTokens, cachedInputTokens } = result.usage;
      const microMoney = money(inputTokens, outputTokens, cachedInputTokens);
      return { result, use: { inputTokens, outputTokens, microMoney } };
    });
  };
}
