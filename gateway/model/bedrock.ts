import type {
  BedrockRuntimeClient,
  StopReason as BedrockStopReason,
  TokenUsage as BedrockUsage,
  ConverseCommandInput,
  ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { AskgraphError } from '../../schema/errors.js';
import { checkedStream } from './checked-stream.js';
import {
  type Message,
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

export interface BedrockPlace {
  readonly region?: string;
  /** Where Bedrock answers, if not at its own address. */
  readonly endpoint?: string;
}

export interface BedrockOptions extends BedrockPlace {
  /** A model's id, or the id or ARN of an inference profile. */
  readonly modelId: string;
  readonly guardrail?: { readonly id: string; readonly version: string };
  /** `cached`: the instructions end with a cache point, which not every model takes. */
  readonly instructions: 'cached' | 'fresh';
}

/** Amazon Bedrock's Converse API. Credentials are found as by every AWS SDK, which is loaded with the first request. */
export function bedrockModel(options: BedrockOptions): Model {
  const name = `bedrock:${options.modelId}`;
  let client: Promise<BedrockRuntimeClient> | undefined;
  const connected = () => {
    client ??= bedrockClient(options);
    return client;
  };
  // Which way a model takes is learned from its first refusal.
  let toolUse: ToolUse = 'forced';

  async function converse(request: ObjectRequest): Promise<ObjectReply> {
    const { ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
    const send = async (input: ConverseCommandInput) =>
      (await connected()).send(new ConverseCommand(input), { abortSignal: request.signal });
    if (toolUse === 'forced') {
      try {
        return readToolUse(await send(withTool(request, options)));
      } catch (error) {
        if (!refusesTools(error)) throw error;
        toolUse = 'text';
      }
    }
    return readText(await send(inputOf({ ...request, ...withSchemaInText(request) }, options)));
  }

  return {
    name,
    async generate(request) {
      try {
        return await converse(request);
      } catch (error) {
        throw modelError(error, name, request.signal);
      }
    },
    stream: (request) =>
      checkedStream(name, request, async function* (signal) {
        const { ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
        const command = new ConverseStreamCommand(inputOf(request, options));
        const { stream = [] } = await (await connected()).send(command, { abortSignal: signal });
        yield* readStream(stream as AsyncIterable<StreamEvent>);
      }),
  };
}

/** The members that are read of a stream's events. */
interface StreamEvent {
  readonly contentBlockDelta?: { readonly delta?: { readonly text?: string } };
  readonly messageStop?: { readonly stopReason?: BedrockStopReason };
  readonly metadata?: { readonly usage?: BedrockUsage };
}

/** Without an end part where the stream stops before its end. */
async function* readStream(events: AsyncIterable<StreamEvent>): AsyncIterable<StreamPart> {
  let stopReason: StopReason | undefined;
  let usage = NO_USAGE;
  for await (const event of events) {
    const text = event.contentBlockDelta?.delta?.text ?? '';
    if (text !== '') yield { kind: 'text', text };
    if (event.messageStop !== undefined) stopReason = stopReasonOf(event.messageStop.stopReason);
    if (event.metadata !== undefined) usage = usageOf(event.metadata.usage);
  }
  if (stopReason !== undefined) yield { kind: 'end', stopReason, usage };
}

export async function bedrockClient({ region, endpoint }: BedrockPlace): Promise<BedrockRuntimeClient> {
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  return new BedrockRuntimeClient({
    // Requests are sent again by what is around this, which knows the deadline.
    maxAttempts: 1,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

function inputOf(request: ModelRequest, options: BedrockOptions): ConverseCommandInput {
  const { guardrail } = options;
  const cachePoint = { cachePoint: { type: 'default' as const } };
  return {
    modelId: options.modelId,
    system: [{ text: request.instructions }, ...(options.instructions === 'cached' ? [cachePoint] : [])],
    messages: request.messages.map(({ role, text }: Message) => ({ role, content: [{ text }] })),
    inferenceConfig: { maxTokens: request.maximumTokens, temperature: 0 },
    ...(guardrail === undefined
      ? {}
      : { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version } }),
  };
}

function withTool(request: ObjectRequest, options: BedrockOptions): ConverseCommandInput {
  const { name, description, schema } = request.tool;
  const inputSchema = { json: schema as never };
  return {
    ...inputOf(request, options),
    toolConfig: {
      tools: [{ toolSpec: { name, description, inputSchema } }],
      toolChoice: { tool: { name } },
    },
  };
}

function readToolUse(output: ConverseCommandOutput): ObjectReply {
  const content = output.output?.message?.content ?? [];
  const used = content.find((block) => block.toolUse !== undefined)?.toolUse;
  // A model that writes text though told to call may still have written the object.
  if (used === undefined) return readText(output);
  return { value: used.input, ...endOf(output) };
}

function readText(output: ConverseCommandOutput): ObjectReply {
  const end = endOf(output);
  if (end.stopReason === 'filtered') {
    throw new AskgraphError('MODEL_REPLY_INVALID', 'A guardrail of the model stopped the reply.');
  }
  const content = output.output?.message?.content ?? [];
  return { value: readObjectText(content.map((block) => block.text ?? '').join('')), ...end };
}

function endOf({ stopReason, usage }: ConverseCommandOutput): Pick<ObjectReply, 'stopReason' | 'usage'> {
  return { stopReason: stopReasonOf(stopReason), usage: usageOf(usage) };
}

function stopReasonOf(reason: BedrockStopReason | undefined): StopReason {
  switch (reason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'guardrail_intervened':
    case 'content_filtered':
      return 'filtered';
    default:
      return 'complete';
  }
}

function usageOf(usage: BedrockUsage | undefined): TokenUsage {
  const cached = usage?.cacheReadInputTokens ?? 0;
  // Bedrock counts what it reads from and writes to its cache apart.
  return {
    inputTokens: (usage?.inputTokens ?? 0) + cached + (usage?.cacheWriteInputTokens ?? 0),
    outputTokens: usage?.outputTokens ?? 0,
    cachedInputTokens: cached,
  };
}
