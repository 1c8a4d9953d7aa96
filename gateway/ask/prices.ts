import type { TokenUsage } from '../model/model.js';
import type { ModelCall } from '../planner/planner.js';

/** Prices of a million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** Of input tokens that the provider read from its cache. */
  readonly cachedInput: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** One call, by the model's name and what it was asked for. */
export type ModelUse = TokenUsage & Pick<ModelCall, 'model' | 'purpose'>;

/** What a model's tokens cost; undefined where nobody has said. */
export type PriceOf = (model: string) => TokenPrice | undefined;

const MILLION = 1_000_000;

/**
 * Reads a price as the settings write it: `3/15 USD`, or with the price of cached input `3/15/0.3 USD`; of an embedding
 * model, which writes nothing, `0.02 USD`.
 */
export function readPrice(text: string): TokenPrice {
  const [figures = '', currency = ''] = text.split(' ');
  const [input = 0, output = 0, cachedInput = input] = figures.split('/').map(Number);
  return { input, output, cachedInput, currency };
}

/** In the price's currency; nothing where there is no price. */
export function costOf(
  { inputTokens, outputTokens, cachedInputTokens }: TokenUsage,
  price: TokenPrice | undefined,
): number {
  if (price === undefined) return 0;
  const input = (inputTokens - cachedInputTokens) * price.input + cachedInputTokens * price.cachedInput;
  return (input + outputTokens * price.output) / MILLION;
}
