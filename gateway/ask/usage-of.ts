import type { Usage } from './answer-types.js';
import { costOf, type ModelUse, type PriceOf } from './prices.js';

const DIGITS = 6;

/** What an answer's model calls used and cost; no cost where a price is not known, or they are in two currencies. */
export function usageOf(calls: readonly ModelUse[], priceOf: PriceOf, milliseconds: number): Usage {
  const sum = (of: (call: ModelUse) => number) => calls.reduce((total, call) => total + of(call), 0);
  const prices = calls.map(({ model }) => priceOf(model));
  const currencies = new Set(prices.map((price) => price?.currency));
  const [currency] = currencies;
  const isPriced = currencies.size === 1 && currency !== undefined;
  return {
    modelCalls: calls.filter(isOfLanguage).length,
    inputTokens: sum((call) => call.inputTokens),
    outputTokens: sum((call) => call.outputTokens),
    cost: isPriced ? sum((call) => costOf(call, priceOf(call.model))).toFixed(DIGITS) : null,
    currency: isPriced ? currency : null,
    milliseconds,
  };
}

/** Whether a language model was asked; placing a question by its meaning is no such call, though it costs. */
function isOfLanguage({ purpose }: Pick<ModelUse, 'purpose'>): boolean {
  return purpose !== 'embed';
}
