import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EmbeddingCall, type EmbeddingScript, TOKENS_A_TEXT } from './scripted-embeddings.js';
import {
  type FakeModelServer,
  type ModelCall,
  pieces,
  SCRIPTED_USAGE,
  type Script,
  type ScriptedEnd,
  type ScriptedReply,
} from './scripted-model.js';

export const FAKE_KEY = 'sk-fake';

const USAGE = {
  prompt_tokens: SCRIPTED_USAGE.inputTokens,
  completion_tokens: SCRIPTED_USAGE.outputTokens,
  total_tokens: SCRIPTED_USAGE.inputTokens + SCRIPTED_USAGE.outputTokens,
  prompt_tokens_details: { cached_tokens: SCRIPTED_USAGE.cachedInputTokens },
};

/** Speaks OpenAI's chat completions over HTTP/1.1, whole or as server-sent events, and its embeddings. */
export async function startOpenaiServer(
  script: Script,
  place: EmbeddingScript = () => 'denied',
): Promise<FakeModelServer> {
  const calls: ModelCall[] = [];
  const embeddings: EmbeddingCall[] = [];
  let abandoned = 0;
  let underWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    response.on('close', () => {
      if (!response.writableEnded) abandoned++;
      underWay -= 1;
    });
    const body = JSON.parse(await textOf(request)) as OpenaiBody;
    if (request.url !== '/v1/chat/completions' && request.url !== '/v1/embeddings') {
      fail(response, 404, 'not_found', 'No such path.');
      return;
    }
    if (request.headers.authorization !== `Bearer ${FAKE_KEY}`) {
      fail(response, 401, 'invalid_api_key', 'Incorrect API key provided.');
      return;
    }
    if (request.url === '/v1/embeddings') {
      const asked = embeddingCallOf(body);
      embeddings.push(asked);
      replyWithVectors(response, asked, place(asked, embeddings.length - 1));
      return;
    }
    const call = callOf(body);
    calls.push(call);
    reply(response, script(call, calls.length - 1), call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    embeddings,
    abandoned: () => abandoned,
    underWay: () => underWay,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface OpenaiBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tool_choice?: { readonly function?: { readonly name?: string } };
  readonly stream?: boolean;
}

function embeddingCallOf(body: object): EmbeddingCall {
  const { model, input } = body as { model: string; input: string | readonly string[] };
  return { model, texts: [input].flat(), body: { ...body } };
}

function replyWithVectors(
  response: ServerResponse,
  { model, texts }: EmbeddingCall,
  vectors: ReturnType<EmbeddingScript>,
): void {
  if (vectors === 'silent') return;
  if (vectors === 'throttled') {
    fail(response, 429, 'rate_limit_exceeded', 'Rate limit reached.');
    return;
  }
  if (vectors === 'denied') {
    fail(response, 403, 'permission_denied', 'You may not use this model.');
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  const tokens = TOKENS_A_TEXT * texts.length;
  const data =
    vectors === 'malformed'
      ? []
      : vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  // In any order: each says whose it is.
  response.end(JSON.stringify({ object: 'list', model, data: data.reverse(), usage }));
}

function callOf(body: OpenaiBody): ModelCall {
  const isSystem = (message: { role: string }) => message.role === 'system';
  return {
    instructions: body.messages
      .filter(isSystem)
      .map(({ content }) => content)
      .join('\n'),
    messages: body.messages
      .filter((message) => !isSystem(message))
      .map(({ role, content }) => ({ role, text: content })),
    tool: body.tool_choice?.function?.name,
    streamed: body.stream === true,
    body: { ...body },
  };
}

function reply(response: ServerResponse, scripted: ScriptedReply, call: ModelCall): void {
  switch (scripted.kind) {
    case 'throttled':
      fail(response, 429, 'rate_limit_exceeded', 'Rate limit reached.');
      return;
    case 'broken':
      fail(response, 500, 'server_error', 'The server had an error.');
      return;
    case 'denied':
      fail(response, 403, 'permission_denied', 'You may not use this model.');
      return;
    case 'garbled':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"output": {"message": {"role": "assist');
      return;
    case 'silent':
      return;
    case 'noTools':
      if (call.tool !== undefined) {
        fail(response, 400, 'invalid_request_error', 'This model does not support tools.');
        return;
      }
      whole(response, { content: '{}' }, 'complete');
      return;
    case 'endless': {
      events(response);
      const words = setInterval(() => deltas(response, scripted.text), 5);
      response.on('close', () => clearInterval(words));
      return;
    }
    case 'failsMidway':
    case 'cutOff':
      events(response);
      deltas(response, scripted.text);
      if (scripted.kind === 'failsMidway')
        event(response, { error: { message: 'The model failed.', type: 'server_error' } });
      setTimeout(() => response.destroy(), 20);
      return;
    case 'object':
    case 'text': {
      const end = scripted.end ?? 'complete';
      const text = scripted.kind === 'text' ? scripted.text : JSON.stringify(scripted.value);
      if (call.streamed) {
        streamed(response, text, end);
        return;
      }
      whole(response, messageOf(text, scripted.kind === 'object' ? call.tool : undefined), end);
      return;
    }
  }
}

function messageOf(text: string, tool: string | undefined) {
  return tool === undefined
    ? { content: text }
    : {
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: tool, arguments: text } }],
      };
}

function whole(response: ServerResponse, message: object, end: ScriptedEnd): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model: 'fake',
      choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishOf(end) }],
      usage: USAGE,
    }),
  );
}

function streamed(response: ServerResponse, text: string, end: ScriptedEnd): void {
  events(response);
  deltas(response, text);
  event(response, { choices: [{ index: 0, delta: {}, finish_reason: finishOf(end) }] });
  event(response, { choices: [], usage: USAGE });
  response.end('data: [DONE]\n\n');
}

function events(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

function deltas(response: ServerResponse, text: string): void {
  for (const piece of pieces(text)) event(response, { choices: [{ index: 0, delta: { content: piece } }] });
}

function event(response: ServerResponse, value: object): void {
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'fake', ...value };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

function finishOf(end: ScriptedEnd): string {
  return { complete: 'stop', length: 'length', filtered: 'content_filter' }[end];
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: code, code, param: null } }));
}

async function textOf(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
