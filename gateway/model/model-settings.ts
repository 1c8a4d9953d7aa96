import { z } from 'zod';
import { EMBEDDING_SETTINGS } from './embedding-settings.js';

/** A model by provider and name: `bedrock:anthropic.claude-sonnet-4`, `sagemaker:my-endpoint`, `openai:gpt-oss:20b`. */
const modelName = z
  .string()
  .regex(
    /^(bedrock|sagemaker|openai):.+$/,
    'must be bedrock:<model id>, sagemaker:<endpoint> or openai:<model>',
  );

const price = z
  .string()
  .regex(
    /^\d+(\.\d+)?(\/\d+(\.\d+)?){1,2} [A-Z]{3}$/,
    'must be <input>/<output> <currency>, such as 3/15 USD',
  );

const milliseconds = z.coerce.number().int().min(1).max(3_600_000);

/** Every setting of the language models, by the name of its environment variable. */
export const MODEL_SETTINGS = {
  /** The model that plans; without one, questions are read by the embedded planner alone. */
  ASKGRAPH_MODEL: modelName.optional(),
  /** Who plans. `both`: the embedded planner, and the model where it abstains. Default: `both` where a model is set. */
  ASKGRAPH_PLANNER: z.enum(['embedded', 'model', 'both']).optional(),
  /** Where the provider answers, if not at its own address. */
  ASKGRAPH_MODEL_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  /** What a million tokens cost, input/output or input/output/cached input, and the currency: `3/15/0.3 USD`. */
  ASKGRAPH_MODEL_PRICE: price.optional(),
  /** The model that words answers; `off` for templates. Default: the one that plans. */
  ASKGRAPH_WRITER_MODEL: z.union([z.literal('off'), modelName]).optional(),
  /** What its tokens cost, where it is another. */
  ASKGRAPH_WRITER_PRICE: price.optional(),
  /** The key of an OpenAI-compatible endpoint. */
  ASKGRAPH_MODEL_API_KEY: z.string().optional(),
  /** The AWS region of Bedrock or SageMaker, if not the one in force. */
  ASKGRAPH_MODEL_REGION: z.string().optional(),
  /** A Bedrock guardrail: its id and version. */
  ASKGRAPH_MODEL_GUARDRAIL: z
    .string()
    .regex(/^[^:]+:[^:]+$/, 'must be <id>:<version>')
    .optional(),
  /** Whether Bedrock is asked to cache the instructions; not every model can. */
  ASKGRAPH_MODEL_CACHE: z.enum(['cached', 'fresh']).default('fresh'),
  /** How a SageMaker endpoint's container is spoken to. */
  ASKGRAPH_MODEL_FORMAT: z.enum(['messages', 'text']).default('messages'),
  /** How long one question may wait for its model, all calls and repetitions together. */
  ASKGRAPH_MODEL_TIMEOUT_MS: milliseconds.default(20_000),
  /** For evaluations and tests: a folder to keep every exchange with the models in, or to tell them again from. */
  ASKGRAPH_MODEL_EXCHANGES: z
    .string()
    .regex(/^(record|replay):.+$/, 'must be record:<folder> or replay:<folder>')
    .optional(),
  /** How often a call is sent again after throttling or a fault. */
  ASKGRAPH_MODEL_RETRIES: z.coerce.number().int().min(0).max(20).default(3),
  ...EMBEDDING_SETTINGS,
} as const;

const settings = z.object(MODEL_SETTINGS);
export type ModelSettings = z.infer<typeof settings>;
