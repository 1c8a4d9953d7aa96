import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { eventMessage, exceptionMessage } from './event-stream.js';
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

/** As Bedrock counts them: what came out of its cache stands apart. */
const USAGE = {
  inputTokens: SCRIPTED_USAGE.inputTokens - SCRIPTED_USAGE.cachedInputTokens,
  outputTokens: SCRIPTED_USAGE.outputTokens,
  totalTokens: SCRIPTED_USAGE.inputTokens + SCRIPTED_USAGE.outputTokens,
  cacheReadInputTokens: SCRIPTED_USAGE.cachedInputTokens,
};
const SIGNATURE = /^AWS4-HMAC-SHA256 Credential=[\w]+\/\d{8}\/[\w-]+\/bedrock\/aws4_request, SignedHeaders=/;

/**
 * Speaks Bedrock's Converse and ConverseStream over HTTP/2, with AWS's binary event streams, and InvokeModel as Titan's
 * and Cohere's embedding models answer it.
 */
export async function startBedrockServer(
  script: Script,
  place: EmbeddingScript = () => 'denied',
): Promise<FakeModelServer> {
  const calls: ModelCall[] = [];
  const embeddings: EmbeddingCall[] = [];
  let abandoned = 0;
  let underWay = 0;
  const server = createServer();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', async (stream, headers) => {
    stream.on('error', () => {});
    stream.on('aborted', () => abandoned++);
    underWay += 1;
    stream.on('close', () => underWay--);
    const body = JSON.parse(await textOf(stream)) as BedrockBody;
    const path = String(headers[':path']);
    const [, model = '', operation] =
      /^\/model\/([^/]+)\/(converse|converse-stream|invoke)$/.exec(path) ?? [];
    if (operation === undefined) {
      fail(stream, 404, 'UnknownOperationException', path);
      return;
    }
    if (!SIGNATURE.test(String(headers.authorization))) {
      fail(stream, 403, 'UnrecognizedClientException', 'The security token is invalid.');
      return;
    }
    if (operation === 'invoke') {
      const asked = embeddingCallOf(decodeURIComponent(model), body);
      embeddings.push(asked);
      replyWithVectors(stream, asked, place(asked, embeddings.length - 1));
      return;
    }
    const call = callOf(body, operation === 'converse-stream');
    calls.push(call);
    reply(stream, script(call, calls.length - 1), call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    embeddings,
    abandoned: () => abandoned,
    underWay: () => underWay,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
}

interface BedrockBody {
  readonly system?: readonly { readonly text?: string }[];
  readonly messages: readonly {
    readonly role: string;
    readonly content: readonly { readonly text?: string }[];
  }[];
  readonly toolConfig?: { readonly toolChoice?: { readonly tool?: { readonly name?: string } } };
}

function embeddingCallOf(model: string, body: object): EmbeddingCall {
  const { inputText, texts } = body as { inputText?: string; texts?: readonly string[] };
  return { model, texts: inputText === undefined ? (texts ?? []) : [inputText], body: { ...body } };
}

function replyWithVectors(
  stream: ServerHttp2Stream,
  { model, texts, body }: EmbeddingCall,
  vectors: ReturnType<EmbeddingScript>,
): void {
  if (vectors === 'silent') return;
  if (vectors === 'throttled') {
    fail(stream, 429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
    return;
  }
  if (vectors === 'denied') {
    fail(stream, 403, 'AccessDeniedException', "You don't have access to the model.");
    return;
  }
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  if (vectors === 'malformed') {
    stream.end('{"embedding":"none"}');
    return;
  }
  const embeddings = 'embedding_types' in body ? { float: vectors } : vectors;
  stream.end(
    JSON.stringify(
      model.includes('titan')
        ? { embedding: vectors[0], inputTextTokenCount: TOKENS_A_TEXT }
        : { id: 'embedding_1', response_type: 'embeddings_by_type', embeddings, texts },
    ),
  );
}

function callOf(body: BedrockBody, streamed: boolean): ModelCall {
  const textOfBlocks = (blocks: readonly { readonly text?: string }[]) =>
    blocks.map(({ text = '' }) => text).join('');
  return {
    instructions: textOfBlocks(body.system ?? []),
    messages: body.messages.map(({ role, content }) => ({ role, text: textOfBlocks(content) })),
    tool: body.toolConfig?.toolChoice?.tool?.name,
    streamed,
    body: { ...body },
  };
}

function reply(stream: ServerHttp2Stream, scripted: ScriptedReply, call: ModelCall): void {
  switch (scripted.kind) {
    case 'throttled':
      fail(stream, 429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
      return;
    case 'broken':
      fail(stream, 500, 'InternalServerException', 'The system encountered an unexpected error.');
      return;
    case 'denied':
      fail(stream, 403, 'AccessDeniedException', "You don't have access to the model.");
      return;
    case 'garbled':
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.end('{"output": {"message": {"role": "assist');
      return;
    case 'silent':
      return;
    case 'noTools':
      if (call.tool !== undefined) {
        fail(stream, 400, 'ValidationException', "This model doesn't support tool use.");
        return;
      }
      whole(stream, [{ text: '{}' }], 'complete');
      return;
    case 'endless': {
      begin(stream);
      const words = setInterval(() => deltas(stream, scripted.text), 5);
      stream.on('close', () => clearInterval(words));
      return;
    }
    case 'failsMidway':
    case 'cutOff':
      begin(stream);
      deltas(stream, scripted.text);
      if (scripted.kind === 'failsMidway')
        stream.write(exceptionMessage('modelStreamErrorException', { message: 'The model failed.' }));
      // Without an end of the stream, as a lost connection looks; with one, a reply that stops short.
      setTimeout(() => (scripted.kind === 'cutOff' ? stream.close(2) : stream.end()), 20);
      return;
    case 'object':
    case 'text': {
      const end = scripted.end ?? 'complete';
      const text = scripted.kind === 'text' ? scripted.text : JSON.stringify(scripted.value);
      if (call.streamed) {
        streamed(stream, text, end);
        return;
      }
      const input = scripted.kind === 'object' ? scripted.value : undefined;
      const used = call.tool !== undefined && input !== undefined;
      whole(stream, [used ? { toolUse: { toolUseId: 'tool_1', name: call.tool, input } } : { text }], end);
      return;
    }
  }
}

function whole(stream: ServerHttp2Stream, content: object[], end: ScriptedEnd): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end(
    JSON.stringify({
      output: { message: { role: 'assistant', content } },
      stopReason: stopOf(end),
      usage: USAGE,
      metrics: { latencyMs: 1 },
    }),
  );
}

function streamed(stream: ServerHttp2Stream, text: string, end: ScriptedEnd): void {
  begin(stream);
  deltas(stream, text);
  stream.write(eventMessage('contentBlockStop', { contentBlockIndex: 0 }));
  stream.write(eventMessage('messageStop', { stopReason: stopOf(end) }));
  stream.end(eventMessage('metadata', { usage: USAGE, metrics: { latencyMs: 1 } }));
}

function begin(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200, 'content-type': 'application/vnd.amazon.eventstream' });
  stream.write(eventMessage('messageStart', { role: 'assistant' }));
}

function deltas(stream: ServerHttp2Stream, text: string): void {
  for (const piece of pieces(text))
    stream.write(eventMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } }));
}

function stopOf(end: ScriptedEnd): string {
  return { complete: 'end_turn', length: 'max_tokens', filtered: 'guardrail_intervened' }[end];
}

function fail(stream: ServerHttp2Stream, status: number, type: string, message: string): void {
  stream.respond({ ':status': status, 'content-type': 'application/json', 'x-amzn-errortype': type });
  stream.end(JSON.stringify({ message }));
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
