import type OpenAI from 'openai';
import { AskgraphError } from '../../schema/errors.js';
import { checkedStream } from './checked-stream.js';
import {
  type Model,
  type ModelRequest,
  NO_USAGE,
  type ObjectReply,
  type ObjectRequest,
  type StopReason,
  type StreamPart,
  type TokenUsage,
  type ToolUse,
} from './model.js';
import { modelError, refusesTools } from './model-errors.js';
import { readObjectText, withSchemaInText } from './object-text.js';

export interface OpenaiOptions extends OpenaiPlace {
  readonly model: string;
}

export interface OpenaiPlace {
  /** The key of the endpoint; local servers such as Ollama and vLLM mostly take any. */
  readonly apiKey: string;
  /** Where it answers, such as `http://127.0.0.1:11434/v1`, if not at OpenAI's own address. */
  readonly baseUrl?: string;
}

type ChatRequest = OpenAI.Chat.Completions.ChatCompletionCreateParams;
type Choice = OpenAI.Chat.Completions.ChatCompletion.Choice;
type FinishReason = Choice['finish_reason'] | null | undefined;

/** Any endpoint that speaks OpenAI's chat completions: vLLM, Ollama, LM Studio, and services with keys. */
export function openaiModel(options: OpenaiOptions): Model {
  const name = `openai:${options.model}`;
  let client: Promise<OpenAI> | undefined;
  const connected = () => {
    client ??= openaiClient(options);
    return client;
  };
  // Which way a model takes is learned from its first refusal.
  let toolUse: ToolUse = 'forced';

  async function complete(request: ObjectRequest): Promise<ObjectReply> {
    const { completions } = (await connected()).chat;
    const { signal } = request;
    if (toolUse === 'forced') {
      try {
        return readReply(
          await completions.create({ ...withTool(request, options), stream: false }, { signal }),
        );
      } catch (error) {
        if (!refusesTools(error)) throw error;
        toolUse = 'text';
      }
    }
    const asText = inputOf({ ...request, ...withSchemaInText(request) }, options);
    return readReply(await completions.create({ ...asText, stream: false }, { signal }));
  }

  return {
    name,
    async generate(request) {
      try {
        return await complete(request);
      } catch (error) {
        throw modelError(error, name, request.signal);
      }
    },
    stream: (request) =>
      checkedStream(name, request, async function* (signal) {
        const stream = await (await connected()).chat.completions.create(
          { ...inputOf(request, options), stream: true, stream_options: { include_usage: true } },
          { signal },
        );
        yield* readStream(stream);
      }),
  };
}

/** Without an end part where the stream stops before its end. */
async function* readStream(
  chunks: AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>,
): AsyncIterable<StreamPart> {
  let finish: FinishReason;
  let usage = NO_USAGE;
  for await (const chunk of chunks) {
    const [choice] = chunk.choices ?? [];
    const text = choice?.delta?.content ?? '';
    if (text !== '') yield { kind: 'text', text };
    finish = choice?.finish_reason ?? finish;
    usage = chunk.usage ? usageOf(chunk.usage) : usage;
  }
  if (finish) yield { kind: 'end', stopReason: stopReasonOf(finish), usage };
}

export async function openaiClient({ apiKey, baseUrl }: OpenaiPlace): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  // Requests are sent again by what is around this, which knows the deadline. Nothing is read from the environment.
  return new Client({
    apiKey,
    baseURL: baseUrl ?? 'https://api.openai.com/v1',
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
}

function inputOf(request: ModelRequest, { model }: OpenaiOptions): Omit<ChatRequest, 'stream'> {
  return {
    model,
    messages: [
      { role: 'system', content: request.instructions },
      ...request.messages.map(({ role, text }) => ({ role, content: text })),
    ],
    max_completion_tokens: request.maximumTokens,
    temperature: 0,
  };
}

function withTool(request: ObjectRequest, options: OpenaiOptions): Omit<ChatRequest, 'stream'> {
  const { name, description, schema } = request.tool;
  return {
    ...inputOf(request, options),
    tools: [{ type: 'function', function: { name, description, parameters: { ...schema } } }],
    tool_choice: { type: 'function', function: { name } },
  };
}

function readReply({ choices, usage }: OpenAI.Chat.Completions.ChatCompletion): ObjectReply {
  const [choice] = choices ?? [];
  if (choice === undefined) throw new AskgraphError('MODEL_REPLY_INVALID', 'The model replied with nothing.');
  const stopReason = stopReasonOf(choice.finish_reason);
  if (stopReason === 'filtered' || typeof choice.message.refusal === 'string') {
    throw new AskgraphError('MODEL_REPLY_INVALID', 'The model refused to reply.');
  }
  const [call] = choice.message.tool_calls ?? [];
  // A server that knows no tools gives text, in which the object may stand all the same.
  const text = call?.type === 'function' ? call.function.arguments : (choice.message.content ?? '');
  return { value: readObjectText(text), stopReason, usage: usage ? usageOf(usage) : NO_USAGE };
}

function stopReasonOf(reason: FinishReason): StopReason {
  switch (reason) {
    case 'length':
      return 'length';
    case 'content_filter':
      return 'filtered';
    default:
      return 'complete';
  }
}

function usageOf(usage: OpenAI.CompletionUsage): TokenUsage {
  return {
    inputTokens: usage.prompt_tokens ?? 0,
    outputTokens: usage.completion_tokens ?? 0,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
  };
}
