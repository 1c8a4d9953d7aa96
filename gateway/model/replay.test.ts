import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAKE_KEY, startOpenaiServer } from '../../test/fakes/models/openai-server.js';
import type { FakeModelServer } from '../../test/fakes/models/scripted-model.js';
import type { ObjectRequest, StreamPart } from './model.js';
import { openaiModel } from './openai.js';
import { recordingModel, replayModel } from './replay.js';

const request: ObjectRequest = {
  instructions: 'You plan queries.',
  messages: [{ role: 'user', text: 'How many venues are there?' }],
  maximumTokens: 500,
  signal: AbortSignal.timeout(10_000),
  tool: { name: 'plan', description: 'The plan.', schema: { type: 'object' } },
};

let folder: string;
let server: FakeModelServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'askgraph-replay-'));
  server = await startOpenaiServer((call) =>
    call.streamed ? { kind: 'text', text: 'There are 12.' } : { kind: 'object', value: { steps: [1] } },
  );
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function all(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const heard: StreamPart[] = [];
  for await (const part of parts) heard.push(part);
  return heard;
}

test('replays what was recorded, word for word, with nobody there', async () => {
  const live = recordingModel(openaiModel({ model: 'm', apiKey: FAKE_KEY, baseUrl: server.url }), folder);
  const reply = await live.generate(request);
  const { tool: _, ...question } = request;
  const parts = await all(live.stream(question));
  expect(await readdir(folder)).toHaveLength(2);
  const calls = server.calls.length;

  const replayed = replayModel('openai:m', folder);

  expect(await replayed.generate({ ...request, signal: AbortSignal.timeout(5_000) })).toEqual(reply);
  expect(await all(replayed.stream(question))).toEqual(parts);
  expect(server.calls).toHaveLength(calls);
});

test.each([
  ['the instructions', { instructions: 'You plan queries!' }],
  ['the question', { messages: [{ role: 'user' as const, text: 'How many venues are there now?' }] }],
  ['the schema', { tool: { ...request.tool, schema: { type: 'object', required: ['steps'] } } }],
])('misses loudly where %s changed', async (_, change) => {
  const replayed = replayModel('openai:m', folder);
  await expect(replayed.generate({ ...request, ...change })).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
    message: expect.stringContaining('No exchange was recorded'),
    details: { transient: false },
  });
});
