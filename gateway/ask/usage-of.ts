import type { TokenUsage } from '../model/model.js';
import type { Usage } from './answer-types.js';

/** Prices of a million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** Of input tokens that the provider read from its cache. */
  readonly cachedInput: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** Reads a price as the settings write it: `3/15 USD`, or with the price of cached input `3/15/0.3 USD`. */
export function readPrice(text: string): TokenPrice {
  const [figures = '', currency = ''] = text.split(' ');
  const [input = 0, output = 0, cachedInput = input] = figures.split('/').map(Number);
  return { input, output, cachedInput, currency };
}

/** In the price's currency. */
export function costOf(use: TokenUsage, price: TokenPrice): number {
  const fresh = use.inputTokens - use.cachedInputTokens;
  const input = fresh * price.input + use.cachedInputTokens * price.cachedInput;
  return (input + use.outputTokens * price.output) / MILLION;
}

const MILLION = 1_000_000;
const DIGITS = 6;

/** What an answer's model calls used and cost; no cost where no price is known. */
export function usageOf(
  calls: readonly TokenUsage[],
  price: TokenPrice | undefined,
  milliseconds: number,
): Usage {
  const sum = (of: (call: TokenUsage) => number) => calls.reduce((total, call) => total + of(call), 0);
  const inputTokens = sum((call) => call.inputTokens);
  const outputTokens = sum((call) => call.outputTokens);
  const cached = sum((call) => call.cachedInputTokens);
  const cost =
    price === undefined ? null : costOf({ inputTokens, outputTokens, cachedInputTokens: cached }, price);
  return {
    modelCalls: calls.length,
    inputTokens,
    outputTokens,
    cost: cost === null || calls.length === 0 ? null : cost.toFixed(DIGITS),
    currency: price === undefined || calls.length === 0 ? null : price.currency,
    milliseconds,
  };
}
