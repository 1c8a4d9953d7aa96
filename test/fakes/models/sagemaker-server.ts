import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventMessage, exceptionMessage } from './event-stream.js';
import {
  type FakeModelServer,
  type ModelCall,
  pieces,
  SCRIPTED_USAGE,
  type Script,
  type ScriptedEnd,
  type ScriptedReply,
} from './scripted-model.js';

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=[\w]+\/\d{8}\/[\w-]+\/sagemaker\/aws4_request, SignedHeaders=/;
const USAGE = {
  prompt_tokens: SCRIPTED_USAGE.inputTokens,
  completion_tokens: SCRIPTED_USAGE.outputTokens,
};

/** Speaks SageMaker's InvokeEndpoint, with and without a response stream, before a container of TGI or LMI. */
export async function startSagemakerServer(script: Script): Promise<FakeModelServer> {
  const calls: ModelCall[] = [];
  let abandoned = 0;
  let underWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    response.on('close', () => {
      if (!response.writableEnded) abandoned++;
      underWay -= 1;
    });
    const body = JSON.parse(await textOf(request)) as ContainerBody;
    const operation = /^\/endpoints\/[^/]+\/(invocations|invocations-response-stream)$/.exec(
      request.url ?? '',
    )?.[1];
    if (operation === undefined) {
      fail(response, 404, 'ValidationError', 'No such endpoint.');
      return;
    }
    if (!SIGNATURE.test(request.headers.authorization ?? '')) {
      fail(response, 403, 'UnrecognizedClientException', 'The security token is invalid.');
      return;
    }
    const call = callOf(body, operation === 'invocations-response-stream');
    calls.push(call);
    const container = body.messages === undefined ? textContainer : messagesContainer;
    reply(response, script(call, calls.length - 1), call, container);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    embeddings: [],
    abandoned: () => abandoned,
    underWay: () => underWay,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ContainerBody {
  readonly inputs?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
}

function callOf(body: ContainerBody, streamed: boolean): ModelCall {
  const common = { tool: undefined, streamed, body: { ...body } };
  if (body.messages === undefined)
    return {
      ...common,
      instructions: body.inputs ?? '',
      messages: [{ role: 'user', text: body.inputs ?? '' }],
    };
  const [system, ...messages] = body.messages;
  return {
    ...common,
    instructions: system?.content ?? '',
    messages: messages.map(({ role, content }) => ({ role, text: content })),
  };
}

/** How a container writes a reply, and the lines of a streamed one. */
interface Container {
  whole(text: string, end: ScriptedEnd): unknown;
  lines(text: string, end: ScriptedEnd): string[];
  pieces(text: string): string[];
}

/** As the OpenAI-like route of TGI, vLLM and LMI: server-sent events. */
const messagesContainer: Container = {
  whole: (text, end) => ({
    choices: [{ message: { role: 'assistant', content: text }, finish_reason: finishOf(end) }],
    usage: USAGE,
  }),
  lines: (text, end) => [
    ...messagesContainer.pieces(text),
    `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: finishOf(end) }], usage: USAGE })}\n\n`,
    'data: [DONE]\n\n',
  ],
  pieces: (text) =>
    pieces(text).map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`),
};

/** As the native route of LMI: JSON lines, the last with the whole text. */
const textContainer: Container = {
  whole: (text, end) => [
    {
      generated_text: text,
      details: { finish_reason: generatedOf(end), generated_tokens: SCRIPTED_USAGE.outputTokens },
    },
  ],
  lines: (text, end) => [
    ...textContainer.pieces(text),
    `${JSON.stringify({
      token: { text: '</s>', special: true },
      generated_text: text,
      details: { finish_reason: generatedOf(end), generated_tokens: SCRIPTED_USAGE.outputTokens },
    })}\n`,
  ],
  pieces: (text) => pieces(text).map((piece) => `${JSON.stringify({ token: { text: piece } })}\n`),
};

function reply(
  response: ServerResponse,
  scripted: ScriptedReply,
  call: ModelCall,
  container: Container,
): void {
  switch (scripted.kind) {
    case 'throttled':
      fail(response, 429, 'ThrottlingException', 'Rate exceeded.');
      return;
    case 'broken':
      fail(response, 500, 'InternalFailure', 'An internal failure occurred.');
      return;
    case 'denied':
      fail(response, 403, 'AccessDeniedException', 'User is not authorized.');
      return;
    case 'garbled':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"output": {"message": {"role": "assist');
      return;
    case 'silent':
      return;
    case 'noTools':
      whole(response, container.whole('{}', 'complete'));
      return;
    case 'endless': {
      begin(response);
      const words = setInterval(() => payload(response, container.pieces(scripted.text).join('')), 5);
      response.on('close', () => clearInterval(words));
      return;
    }
    case 'failsMidway':
    case 'cutOff':
      begin(response);
      payload(response, container.pieces(scripted.text).join(''));
      if (scripted.kind === 'failsMidway')
        response.write(
          exceptionMessage('ModelStreamError', { Message: 'The model failed.', ErrorCode: 'X' }),
        );
      setTimeout(() => (scripted.kind === 'cutOff' ? response.destroy() : response.end()), 20);
      return;
    case 'object':
    case 'text': {
      const end = scripted.end ?? 'complete';
      const text = scripted.kind === 'text' ? scripted.text : JSON.stringify(scripted.value);
      if (!call.streamed) {
        whole(response, container.whole(text, end));
        return;
      }
      begin(response);
      payload(response, container.lines(text, end).join(''));
      response.end();
    }
  }
}

function whole(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
}

const PART = 37;

/** Cut anywhere, in the middle of lines and of characters: SageMaker knows nothing of what it carries. */
function payload(response: ServerResponse, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PART)
    response.write(eventMessage('PayloadPart', new Uint8Array(bytes.subarray(at, at + PART))));
}

function finishOf(end: ScriptedEnd): string {
  return { complete: 'stop', length: 'length', filtered: 'content_filter' }[end];
}

function generatedOf(end: ScriptedEnd): string {
  return { complete: 'eos_token', length: 'length', filtered: 'content_filter' }[end];
}

function fail(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ message, Message: message }));
}

async function textOf(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
