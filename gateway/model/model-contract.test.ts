import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBedrockServer } from '../../test/fakes/models/bedrock-server.js';
import { FAKE_KEY, startOpenaiServer } from '../../test/fakes/models/openai-server.js';
import { startSagemakerServer } from '../../test/fakes/models/sagemaker-server.js';
import { type FakeModelServer, SCRIPTED_USAGE, type Script } from '../../test/fakes/models/scripted-model.js';
import { bedrockModel } from './bedrock.js';
import type { Model, ObjectRequest, StreamPart } from './model.js';
import { openaiModel } from './openai.js';
import { retryingModel } from './retrying.js';
import { sagemakerModel } from './sagemaker.js';

interface Provider {
  readonly name: string;
  readonly start: (script: Script) => Promise<FakeModelServer>;
  readonly open: (url: string) => Model;
  /** Whether it can be made to call a tool. */
  readonly tools: 'forced' | 'text';
  /** What it tells of a whole reply's tokens. */
  readonly usage: 'all' | 'output';
}

const region = 'eu-west-1';
const providers: readonly Provider[] = [
  {
    name: 'bedrock',
    start: startBedrockServer,
    open: (endpoint) => bedrockModel({ modelId: 'vendor.model-1', region, endpoint, instructions: 'cached' }),
    tools: 'forced',
    usage: 'all',
  },
  {
    name: 'openai',
    start: startOpenaiServer,
    open: (baseUrl) => openaiModel({ model: 'model-1', apiKey: FAKE_KEY, baseUrl }),
    tools: 'forced',
    usage: 'all',
  },
  {
    name: 'sagemaker with messages',
    start: startSagemakerServer,
    open: (endpoint) => sagemakerModel({ endpointName: 'chat', format: 'messages', region, endpoint }),
    tools: 'text',
    usage: 'all',
  },
  {
    name: 'sagemaker with text',
    start: startSagemakerServer,
    open: (endpoint) => sagemakerModel({ endpointName: 'plain', format: 'text', region, endpoint }),
    tools: 'text',
    usage: 'output',
  },
];

const signal = () => AbortSignal.timeout(10_000);
const request = (): ObjectRequest => ({
  instructions: 'You plan queries.',
  messages: [{ role: 'user', text: 'How many “Bühnen” are there?' }],
  maximumTokens: 500,
  signal: signal(),
  tool: {
    name: 'plan',
    description: 'The plan.',
    schema: { type: 'object', properties: { steps: { type: 'array' } }, required: ['steps'] },
  },
});

async function textOf(
  parts: AsyncIterable<StreamPart>,
): Promise<{ text: string; end: StreamPart | undefined }> {
  let text = '';
  let end: StreamPart | undefined;
  for await (const part of parts) {
    expect(end).toBeUndefined();
    if (part.kind === 'text') text += part.text;
    else end = part;
  }
  return { text, end };
}

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
});

describe.each(providers)('a model of $name', (provider) => {
  let server: FakeModelServer | undefined;

  async function open(script: Script): Promise<Model> {
    server = await provider.start(script);
    return provider.open(server.url);
  }

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  test('gives the object that the tool was called with, and what it cost', async () => {
    const value = { steps: [{ name: 'venues', query: 'SELECT "é" || \'→\'' }] };
    const model = await open(() => ({ kind: 'object', value }));

    const reply = await model.generate(request());

    expect(reply.value).toEqual(value);
    expect(reply.stopReason).toBe('complete');
    const output = { inputTokens: 0, cachedInputTokens: 0, outputTokens: SCRIPTED_USAGE.outputTokens };
    const cachedInputTokens = provider.tools === 'forced' ? SCRIPTED_USAGE.cachedInputTokens : 0;
    expect(reply.usage).toEqual(
      provider.usage === 'output' ? output : { ...SCRIPTED_USAGE, cachedInputTokens },
    );
  });

  test('tells the model its instructions, the conversation, and the tool or its schema', async () => {
    const model = await open(() => ({ kind: 'object', value: { steps: [] } }));

    await model.generate(request());

    const [call] = server!.calls;
    expect(call?.instructions).toContain('You plan queries.');
    expect(call?.messages.at(-1)?.text).toContain('How many “Bühnen” are there?');
    expect(JSON.stringify(call?.body)).toContain('steps');
    expect(call?.tool).toBe(provider.tools === 'forced' ? 'plan' : undefined);
  });

  test('reads the object out of text: in a fence, with words around it, with a trailing comma', async () => {
    const texts = [
      'Here is the plan:\n```json\n{"steps": [1]}\n```\nI hope it helps.',
      '{"steps": [1],}',
      '{steps: [1] /* one */}',
      '{"steps": [1',
    ];
    const model = await open((_, index) => ({ kind: 'text', text: texts[index] ?? '' }));
    for (const _ of texts) expect((await model.generate(request())).value).toEqual({ steps: [1] });
  });

  test('refuses a reply in which there is no object, an empty one, and a huge one', async () => {
    const texts = ['I cannot do that.', '', 'x'.repeat(1_000_000), `{"steps": "${'x'.repeat(1_000_000)}"}`];
    const model = await open((_, index) => ({ kind: 'text', text: texts[index] ?? '' }));
    for (const _ of texts)
      await expect(model.generate(request())).rejects.toMatchObject({ code: 'MODEL_REPLY_INVALID' });
  });

  test.runIf(provider.tools === 'forced')(
    'asks a model without tools for JSON text, and remembers',
    async () => {
      const model = await open((call) =>
        call.tool === undefined ? { kind: 'object', value: { steps: [2] } } : { kind: 'noTools' },
      );

      expect((await model.generate(request())).value).toEqual({ steps: [2] });
      expect((await model.generate(request())).value).toEqual({ steps: [2] });

      expect(server!.calls.map(({ tool }) => tool)).toEqual(['plan', undefined, undefined]);
      expect(server!.calls[1]?.instructions).toContain('"required":["steps"]');
    },
  );

  test('says where a reply was cut off at the most tokens', async () => {
    const model = await open(() => ({ kind: 'object', value: { steps: [] }, end: 'length' }));
    expect((await model.generate(request())).stopReason).toBe('length');
  });

  test('streams text piece by piece, then its end', async () => {
    const said = 'Zwölf “Bühnen” — 12 of them.\nThat is all. 🎭';
    const model = await open(() => ({ kind: 'text', text: said }));

    const parts: StreamPart[] = [];
    for await (const part of model.stream(request())) parts.push(part);

    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')).toBe(said);
    expect(parts.at(-1)).toMatchObject({
      kind: 'end',
      stopReason: 'complete',
      usage: { outputTokens: SCRIPTED_USAGE.outputTokens },
    });
    expect(server!.calls[0]?.streamed).toBe(true);
  });

  test.each(['failsMidway', 'cutOff'] as const)('reports a stream that breaks: %s', async (kind) => {
    const model = await open(() => ({ kind, text: 'The first words' }));
    let heard = '';
    const listen = async () => {
      for await (const part of model.stream(request())) heard += part.kind === 'text' ? part.text : '[end]';
    };
    await expect(listen()).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      details: { transient: true },
    });
    expect(heard).not.toContain('[end]');
  });

  test('asks again after throttling and faults, and gives up after its number of times', async () => {
    const opened = await open((_, index) =>
      index === 0
        ? { kind: 'throttled' }
        : index === 1
          ? { kind: 'broken' }
          : { kind: 'text', text: '{"a":1}' },
    );
    const patient = retryingModel(opened, { retries: 2, retryMilliseconds: 1 });
    expect((await patient.generate(request())).value).toEqual({ a: 1 });
    expect(server!.calls).toHaveLength(3);
    await server!.close();

    const always = retryingModel(await open(() => ({ kind: 'throttled' })), {
      retries: 2,
      retryMilliseconds: 1,
    });
    await expect(always.generate(request())).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(server!.calls).toHaveLength(3);
  });

  test('begins a stream again before its first word, never after it', async () => {
    const opened = await open((_, index) =>
      index === 0 ? { kind: 'throttled' } : { kind: 'text', text: 'Yes.' },
    );
    const patient = retryingModel(opened, { retries: 2, retryMilliseconds: 1 });
    expect((await textOf(patient.stream(request()))).text).toBe('Yes.');
    await server!.close();

    const broken = retryingModel(await open(() => ({ kind: 'failsMidway', text: 'One two' })), {
      retries: 2,
      retryMilliseconds: 1,
    });
    await expect(textOf(broken.stream(request()))).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    expect(server!.calls.length).toBe(1);
  });

  test('does not ask again where its credentials are refused, nor tell what the provider said', async () => {
    const opened = await open(() => ({ kind: 'denied' }));
    const patient = retryingModel(opened, { retries: 5, retryMilliseconds: 1 });
    const error = await patient.generate(request()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { transient: false } });
    expect(String(error)).toContain('credentials');
    expect(String(error)).not.toMatch(/not authorized|access to the model|may not use/);
    expect(server!.calls).toHaveLength(1);
  });

  test.each(['generate', 'stream'] as const)('ends %s at its deadline and hangs up', async (method) => {
    const model = retryingModel(await open(() => ({ kind: 'silent' })), { retries: 3, retryMilliseconds: 1 });
    const late = { ...request(), signal: AbortSignal.timeout(500) };
    const run = method === 'generate' ? model.generate(late) : textOf(model.stream(late));
    await expect(run).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect.poll(() => server!.abandoned()).toBe(1);
  });

  test.each(['generate', 'stream'] as const)('ends %s when nobody waits any longer', async (method) => {
    const model = await open(() => ({ kind: 'silent' }));
    const gone = new AbortController();
    const cancelled = { ...request(), signal: gone.signal };
    const run = method === 'generate' ? model.generate(cancelled) : textOf(model.stream(cancelled));
    const outcome = run.catch((thrown: unknown) => thrown);
    await expect.poll(() => server!.calls.length).toBe(1);
    gone.abort();
    expect(await outcome).toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => server!.abandoned()).toBe(1);
  });

  test('hangs up when its stream is no longer read', async () => {
    const model = await open(() => ({ kind: 'endless', text: 'and so on ' }));
    for await (const part of model.stream(request())) {
      expect(part.kind).toBe('text');
      break;
    }
    await expect.poll(() => server!.abandoned()).toBe(1);
  });

  test('reports a server that is not there as one to try again', async () => {
    const model = await open(() => ({ kind: 'silent' }));
    await server!.close();
    server = undefined;
    await expect(model.generate(request())).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      details: { transient: true },
    });
  });
});

describe('Bedrock in particular', () => {
  let server: FakeModelServer | undefined;
  afterEach(() => server?.close());

  test('ends the instructions with a cache point, and names the guardrail', async () => {
    server = await startBedrockServer(() => ({ kind: 'object', value: {} }));
    const model = bedrockModel({
      modelId: 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.vendor.model-1',
      region,
      endpoint: server.url,
      guardrail: { id: 'gr-1', version: '7' },
      instructions: 'cached',
    });
    await model.generate(request());
    expect(server.calls[0]?.body).toMatchObject({
      system: [{ text: 'You plan queries.' }, { cachePoint: { type: 'default' } }],
      guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '7' },
    });
  });

  test('reports a reply that the guardrail stopped', async () => {
    server = await startBedrockServer(() => ({ kind: 'text', text: 'Blocked.', end: 'filtered' }));
    const model = bedrockModel({ modelId: 'm', region, endpoint: server.url, instructions: 'fresh' });
    await expect(model.generate(request())).rejects.toMatchObject({ code: 'MODEL_REPLY_INVALID' });
    expect((await textOf(model.stream(request()))).end).toMatchObject({ stopReason: 'filtered' });
  });
});
