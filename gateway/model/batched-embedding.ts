import { AskgraphError } from '../../schema/errors.js';
import type {
  EmbeddingModel,
  EmbeddingProvider,
  EmbeddingRequest,
  Embeddings,
  ProvidedEmbeddings,
} from './embedding.js';
import { type RetryOptions, retrying } from './retrying.js';

/** Requests that are under way at a time. */
const AT_A_TIME = 4;

/** A provider's model for any number of texts: in batches, each sent again where it fails for the moment. */
export function batchedEmbedding(provider: EmbeddingProvider, options: RetryOptions): EmbeddingModel {
  const attempt = retrying(options);
  return {
    name: provider.name,
    async embed({ texts, purpose, signal }) {
      const size = provider.largestBatch;
      const batches = Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
        texts.slice(index * size, (index + 1) * size),
      );
      const results = new Array<Embeddings>(batches.length);
      let next = 0;
      const work = async () => {
        while (next < batches.length) {
          const at = next++;
          const request: EmbeddingRequest = { texts: batches[at]!, purpose, signal };
          results[at] = await attempt(signal, async () =>
            checked(await provider.embedBatch(request), request),
          );
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_A_TIME, batches.length) }, work));
      const vectors = results.flatMap((result) => result.vectors);
      if (vectors.some((vector) => vector.length !== vectors[0]!.length))
        throw new AskgraphError('MODEL_REPLY_INVALID', 'The model gave vectors of different lengths.');
      const inputTokens = results.reduce((sum, { usage }) => sum + usage.inputTokens, 0);
      return { vectors, usage: { inputTokens, outputTokens: 0, cachedInputTokens: 0 } };
    },
  };
}

function checked({ vectors, inputTokens }: ProvidedEmbeddings, { texts }: EmbeddingRequest): Embeddings {
  if (vectors.length !== texts.length)
    throw new AskgraphError(
      'MODEL_REPLY_INVALID',
      `The model gave ${vectors.length} vectors for ${texts.length} texts.`,
    );
  return { vectors: vectors.map(unit), usage: { inputTokens, outputTokens: 0, cachedInputTokens: 0 } };
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0)
    throw new AskgraphError('MODEL_REPLY_INVALID', 'The model gave a vector without a direction.');
  return Float32Array.from(vector, (part) => part / length);
}
