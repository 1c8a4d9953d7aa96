import { z } from 'zod';

/** Every setting of the embedding model, by the name of its environment variable. */
export const EMBEDDING_SETTINGS = {
  /** The model by whose vectors tables are found that share no word with a question; without one, words alone find them. */
  ASKGRAPH_EMBEDDING_MODEL: z
    .string()
    .regex(/^(bedrock|openai):.+$/, 'must be bedrock:<model id> or openai:<model>')
    .optional(),
  /** Where the provider answers, if not at its own address. */
  ASKGRAPH_EMBEDDING_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  /** The key of an OpenAI-compatible endpoint. */
  ASKGRAPH_EMBEDDING_API_KEY: z.string().optional(),
  /** The AWS region of Bedrock, if not the one in force. */
  ASKGRAPH_EMBEDDING_REGION: z.string().optional(),
  /** What a million tokens cost, and the currency: `0.02 USD`. */
  ASKGRAPH_EMBEDDING_PRICE: z
    .string()
    .regex(/^\d+(\.\d+)? [A-Z]{3}$/, 'must be <price> <currency>, such as 0.02 USD')
    .optional(),
  /** Numbers in a vector, of a model that leaves the choice; fewer take less memory and time. */
  ASKGRAPH_EMBEDDING_DIMENSIONS: z.coerce.number().int().min(1).max(16_384).optional(),
  /** How long one question may wait for its vector; after that, words alone decide. */
  ASKGRAPH_EMBEDDING_TIMEOUT_MS: z.coerce.number().int().min(1).max(3_600_000).default(3_000),
} as const;
