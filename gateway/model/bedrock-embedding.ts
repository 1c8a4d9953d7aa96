import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import { type BedrockPlace, bedrockClient } from './bedrock.js';
import {
  type EmbeddingProvider,
  type EmbeddingRequest,
  estimatedTokens,
  type ProvidedEmbeddings,
} from './embedding.js';
import { modelError } from './model-errors.js';

export interface BedrockEmbeddingOptions extends BedrockPlace {
  /** Amazon's Titan or Cohere's Embed, by the model's id, or that of an inference profile of it. */
  readonly modelId: string;
  /** Where the model leaves the choice. */
  readonly dimensions?: number;
}

/** How one family of models is asked by InvokeModel, and what it replies. */
interface Family {
  readonly largestBatch: number;
  body(request: EmbeddingRequest, dimensions: number | undefined): object;
  read(reply: unknown): { readonly vectors: readonly number[][]; readonly inputTokens?: number };
}

const vector = z.array(z.number());

/** One text a request. Shapes: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
const TITAN: Family = {
  largestBatch: 1,
  body: ({ texts }, dimensions) => ({
    inputText: texts[0],
    // The first generation takes no other member.
    ...(dimensions === undefined ? {} : { dimensions, normalize: true }),
  }),
  read(reply) {
    const { embedding, inputTextTokenCount } = z
      .object({ embedding: vector, inputTextTokenCount: z.number() })
      .parse(reply);
    return { vectors: [embedding], inputTokens: inputTextTokenCount };
  },
};

/** At most 96 texts. Shapes: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html */
const COHERE: Family = {
  largestBatch: 96,
  body: ({ texts, purpose }, dimensions) => ({
    texts,
    input_type: purpose === 'document' ? 'search_document' : 'search_query',
    embedding_types: ['float'],
    ...(dimensions === undefined ? {} : { output_dimension: dimensions }),
  }),
  read(reply) {
    const { embeddings } = z
      .object({ embeddings: z.union([z.array(vector), z.object({ float: z.array(vector) })]) })
      .parse(reply);
    return { vectors: Array.isArray(embeddings) ? embeddings : embeddings.float };
  },
};

/** Embedding models of Amazon Bedrock, by InvokeModel. Throws CONFIGURATION_INVALID for a model of another family. */
export function bedrockEmbedding(options: BedrockEmbeddingOptions): EmbeddingProvider {
  const { modelId, dimensions } = options;
  const name = `bedrock:${modelId}`;
  const family = familyOf(modelId);
  let client: Promise<BedrockRuntimeClient> | undefined;
  return {
    name,
    largestBatch: family.largestBatch,
    async embedBatch(request): Promise<ProvidedEmbeddings> {
      let reply: unknown;
      try {
        const { InvokeModelCommand } = await import('@aws-sdk/client-bedrock-runtime');
        client ??= bedrockClient(options);
        const { body } = await (await client).send(
          new InvokeModelCommand({
            modelId,
            contentType: 'application/json',
            accept: 'application/json',
            body: JSON.stringify(family.body(request, dimensions)),
          }),
          { abortSignal: request.signal },
        );
        reply = JSON.parse(body.transformToString());
      } catch (error) {
        throw modelError(error, name, request.signal);
      }
      try {
        const { vectors, inputTokens = estimatedTokens(request.texts) } = family.read(reply);
        return { vectors, inputTokens };
      } catch (cause) {
        const message = `The model ${name} replied with what is no embedding.`;
        throw new AskgraphError('MODEL_REPLY_INVALID', message, { cause });
      }
    },
  };
}

function familyOf(modelId: string): Family {
  if (modelId.includes('titan-embed')) return TITAN;
  if (modelId.includes('cohere.embed')) return COHERE;
  throw new AskgraphError(
    'CONFIGURATION_INVALID',
    `"${modelId}" is no embedding model that is known: Bedrock's are those of amazon.titan-embed and cohere.embed.`,
  );
}
