import type { TokenUsage } from './model.js';

/**
 * A model that places texts: near one another where they mean much the same. Throws as a language model does
 * (`model.ts`), and ends when the request's signal aborts.
 */
export interface EmbeddingModel {
  /** Provider and model: `bedrock:amazon.titan-embed-text-v2:0`. */
  readonly name: string;
  embed(request: EmbeddingRequest): Promise<Embeddings>;
}

export interface EmbeddingRequest {
  readonly texts: readonly string[];
  /** Some models place what is looked for otherwise than what is found. */
  readonly purpose: 'document' | 'query';
  readonly signal: AbortSignal;
}

export interface Embeddings {
  /** One for each text, in their order, each of length 1; all of as many numbers. */
  readonly vectors: readonly Float32Array[];
  readonly usage: TokenUsage;
}

/** One provider's way to such a model, which takes a few texts at a time. */
export interface EmbeddingProvider {
  readonly name: string;
  /** Texts in one request. */
  readonly largestBatch: number;
  embedBatch(request: EmbeddingRequest): Promise<ProvidedEmbeddings>;
}

export interface ProvidedEmbeddings {
  /** As they came: not checked, of any length. */
  readonly vectors: readonly (readonly number[])[];
  readonly inputTokens: number;
}

/** For those who do not say how many tokens a text was. */
export function estimatedTokens(texts: readonly string[]): number {
  const CHARACTERS_A_TOKEN = 4;
  return texts.reduce((sum, text) => sum + Math.ceil(text.length / CHARACTERS_A_TOKEN), 0);
}
