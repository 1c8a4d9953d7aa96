import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startBedrockServer } from '../../test/fakes/models/bedrock-server.js';
import { FAKE_KEY, startOpenaiServer } from '../../test/fakes/models/openai-server.js';
import { byWords, type EmbeddingScript, TOKENS_A_TEXT } from '../../test/fakes/models/scripted-embeddings.js';
import type { FakeModelServer, Script } from '../../test/fakes/models/scripted-model.js';
import type { EmbeddingModel } from './embedding.js';
import type { ModelSettings } from './model-settings.js';
import { MODEL_SETTINGS } from './model-settings.js';
import { openEmbedding } from './open-embedding.js';

interface Provider {
  readonly model: string;
  readonly start: (script: Script, place: EmbeddingScript) => Promise<FakeModelServer>;
  /** Texts in one request. */
  readonly batch: number;
  /** Whether it says how many tokens a text was. */
  readonly tokens: 'told' | 'estimated';
}

const providers: readonly Provider[] = [
  { model: 'bedrock:amazon.titan-embed-text-v2:0', start: startBedrockServer, batch: 1, tokens: 'told' },
  { model: 'bedrock:cohere.embed-english-v3', start: startBedrockServer, batch: 96, tokens: 'estimated' },
  { model: 'bedrock:eu.cohere.embed-v4:0', start: startBedrockServer, batch: 96, tokens: 'estimated' },
  { model: 'openai:text-embedding-3-small', start: startOpenaiServer, batch: 96, tokens: 'told' },
];

const noScript: Script = () => ({ kind: 'denied' });
const signal = () => AbortSignal.timeout(10_000);
const settingsOf = (environment: Readonly<Record<string, string>>): ModelSettings =>
  z.object(MODEL_SETTINGS).parse(environment);

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
});

describe.each(providers)('the embedding model $model', ({ model, start, batch, tokens }) => {
  let server: FakeModelServer;
  afterEach(() => server.close());

  async function open(
    place: EmbeddingScript,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<EmbeddingModel> {
    server = await start(noScript, place);
    return openEmbedding(
      settingsOf({
        ASKGRAPH_EMBEDDING_MODEL: model,
        ASKGRAPH_EMBEDDING_URL: server.url,
        ASKGRAPH_EMBEDDING_REGION: 'eu-west-1',
        ASKGRAPH_EMBEDDING_API_KEY: FAKE_KEY,
        ...settings,
      }),
    )!;
  }

  test('gives every text its vector, of length 1, in their order, however many there are', async () => {
    const texts = Array.from(
      { length: 200 },
      (_, index) => `table ${'x'.repeat(3 + (index % 40))} number${index % 7}`,
    );
    const own = await open(byWords());
    const { vectors, usage } = await own.embed({ texts, purpose: 'document', signal: signal() });
    expect(server.embeddings).toHaveLength(Math.ceil(texts.length / batch));
    const wanted = (byWords()({ model, texts, body: {} }, 0) as number[][]).map((vector) => {
      const length = Math.hypot(...vector);
      return vector.map((part) => part / length);
    });
    expect(vectors).toHaveLength(texts.length);
    vectors.forEach((vector, index) => {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      expect(Math.max(...vector.map((part, at) => Math.abs(part - wanted[index]![at]!)))).toBeLessThan(1e-6);
    });
    if (tokens === 'told') expect(usage.inputTokens).toBe(TOKENS_A_TEXT * texts.length);
    else expect(usage.inputTokens).toBeGreaterThan(texts.length);
  });

  test('is asked in the provider’s own words, and for as many numbers as are set', async () => {
    const own = await open(byWords(), { ASKGRAPH_EMBEDDING_DIMENSIONS: '512' });
    await own.embed({ texts: ['venues'], purpose: 'query', signal: signal() });
    await own.embed({ texts: ['venues'], purpose: 'document', signal: signal() });
    const bodies = server.embeddings.map(({ body }) => body);
    if (model.includes('titan'))
      expect(bodies[0]).toEqual({ inputText: 'venues', dimensions: 512, normalize: true });
    else if (model.includes('cohere'))
      expect(bodies).toEqual(
        ['search_query', 'search_document'].map((kind) => ({
          texts: ['venues'],
          input_type: kind,
          embedding_types: ['float'],
          output_dimension: 512,
        })),
      );
    else
      expect(bodies[0]).toMatchObject({
        model: 'text-embedding-3-small',
        input: ['venues'],
        dimensions: 512,
        encoding_format: 'float',
      });
    expect(server.embeddings[0]!.model).toBe(model.slice(model.indexOf(':') + 1));
  });

  test('is asked again after throttling', async () => {
    const own = await open((call, index) => (index === 0 ? 'throttled' : byWords()(call, index)));
    const { vectors } = await own.embed({ texts: ['venues'], purpose: 'query', signal: signal() });
    expect(vectors).toHaveLength(1);
    expect(server.embeddings).toHaveLength(2);
  });

  test('says in our own words what went wrong', async () => {
    const denied = await open(() => 'denied');
    await expect(denied.embed({ texts: ['a'], purpose: 'query', signal: signal() })).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
    await server.close();
    const malformed = await open(() => 'malformed');
    await expect(malformed.embed({ texts: ['a'], purpose: 'query', signal: signal() })).rejects.toMatchObject(
      {
        code: 'MODEL_REPLY_INVALID',
      },
    );
    await server.close();
    const silent = await open(() => 'silent');
    const late = silent.embed({ texts: ['a'], purpose: 'query', signal: AbortSignal.timeout(200) });
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});

test('an embedding model of a family that is not known is refused at the start', () => {
  expect(() => openEmbedding(settingsOf({ ASKGRAPH_EMBEDDING_MODEL: 'bedrock:vendor.other' }))).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID' }),
  );
});
