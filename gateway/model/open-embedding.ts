import { batchedEmbedding } from './batched-embedding.js';
import { bedrockEmbedding } from './bedrock-embedding.js';
import type { EmbeddingModel, EmbeddingProvider } from './embedding.js';
import type { ModelSettings } from './model-settings.js';
import { openaiEmbedding } from './openai-embedding.js';

const RETRY_MILLISECONDS = 300;

/**
 * The embedding model that the settings name; undefined where they name none. Nothing is loaded or called before its
 * first request. Throws CONFIGURATION_INVALID.
 */
export function openEmbedding(settings: ModelSettings): EmbeddingModel | undefined {
  const { ASKGRAPH_EMBEDDING_MODEL: name, ASKGRAPH_MODEL_RETRIES: retries } = settings;
  if (name === undefined) return undefined;
  return batchedEmbedding(provide(name, settings), { retries, retryMilliseconds: RETRY_MILLISECONDS });
}

function provide(name: string, settings: ModelSettings): EmbeddingProvider {
  const {
    ASKGRAPH_EMBEDDING_URL: url,
    ASKGRAPH_EMBEDDING_REGION: region,
    ASKGRAPH_EMBEDDING_API_KEY: apiKey,
    ASKGRAPH_EMBEDDING_DIMENSIONS: dimensions,
  } = settings;
  const model = name.slice(name.indexOf(':') + 1);
  const size = dimensions === undefined ? {} : { dimensions };
  if (name.startsWith('bedrock:'))
    return bedrockEmbedding({
      modelId: model,
      ...(region === undefined ? {} : { region }),
      ...(url === undefined ? {} : { endpoint: url }),
      ...size,
    });
  // Servers on one's own machine want no key, but the client wants to send one.
  const place = { apiKey: apiKey ?? 'none', ...(url === undefined ? {} : { baseUrl: url }) };
  return openaiEmbedding({ model, ...place, ...size });
}
