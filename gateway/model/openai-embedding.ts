import type OpenAI from 'openai';
import { type EmbeddingProvider, estimatedTokens } from './embedding.js';
import { modelError } from './model-errors.js';
import { type OpenaiPlace, openaiClient } from './openai.js';

export interface OpenaiEmbeddingOptions extends OpenaiPlace {
  readonly model: string;
  /** Where the model leaves the choice. */
  readonly dimensions?: number;
}

/** Far below what any endpoint takes, so that one request is no long wait. */
const LARGEST_BATCH = 96;

/** Any endpoint that speaks OpenAI's embeddings. */
export function openaiEmbedding(options: OpenaiEmbeddingOptions): EmbeddingProvider {
  const { model, dimensions } = options;
  const name = `openai:${model}`;
  let client: Promise<OpenAI> | undefined;
  return {
    name,
    largestBatch: LARGEST_BATCH,
    async embedBatch({ texts, signal }) {
      try {
        client ??= openaiClient(options);
        const { data, usage } = await (await client).embeddings.create(
          {
            model,
            input: [...texts],
            // The client would ask for base64, which not every server knows.
            encoding_format: 'float',
            ...(dimensions === undefined ? {} : { dimensions }),
          },
          { signal },
        );
        const vectors = (data ?? []).toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
        return { vectors, inputTokens: usage?.prompt_tokens ?? estimatedTokens(texts) };
      } catch (error) {
        throw modelError(error, name, signal);
      }
    },
  };
}
