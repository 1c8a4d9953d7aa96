import { AskgraphError } from '../../schema/errors.js';
import { type ModelRequest, NO_USAGE, type StopReason, type StreamPart, type TokenUsage } from './model.js';

/**
 * How an endpoint's container is spoken to. `messages`: as in chat completions, which the containers of TGI, vLLM and
 * LMI take for chat models. `text`: one prompt, as all of them take it for any model.
 */
export type SagemakerFormat = 'messages' | 'text';

export interface SagemakerText {
  readonly text: string;
  readonly stopReason: StopReason;
  readonly usage: TokenUsage;
}

export function writeRequest(
  request: ModelRequest,
  format: SagemakerFormat,
  delivery: 'whole' | 'streamed',
): string {
  const stream = delivery === 'streamed' ? { stream: true } : {};
  if (format === 'messages') {
    const messages = [
      { role: 'system', content: request.instructions },
      ...request.messages.map(({ role, text }) => ({ role, content: text })),
    ];
    return JSON.stringify({ messages, max_tokens: request.maximumTokens, temperature: 0, ...stream });
  }
  // Greedy decoding: containers refuse a temperature of 0.
  const parameters = {
    max_new_tokens: request.maximumTokens,
    do_sample: false,
    return_full_text: false,
    details: true,
  };
  return JSON.stringify({ inputs: writePrompt(request), parameters, ...stream });
}

/** A plain transcript, which ends where the model goes on. */
function writePrompt({ instructions, messages }: ModelRequest): string {
  const turns = messages.map(({ role, text }) => `${role === 'user' ? 'User' : 'Assistant'}: ${text}`);
  return [instructions, ...turns, 'Assistant:'].join('\n\n');
}

/** Reads a whole reply, in whichever of the known forms the container gives it. */
export function readReply(body: string): SagemakerText {
  const [reply] = [parse(body)].flat() as [Reply | undefined];
  const choice = reply?.choices?.[0];
  if (typeof choice?.message?.content === 'string') {
    return {
      text: choice.message.content,
      stopReason: stopReasonOf(choice.finish_reason),
      usage: usageOf(reply?.usage),
    };
  }
  if (typeof reply?.generated_text === 'string') {
    return {
      text: reply.generated_text,
      stopReason: stopReasonOf(reply.details?.finish_reason),
      usage: { ...NO_USAGE, outputTokens: reply.details?.generated_tokens ?? 0 },
    };
  }
  throw new AskgraphError('MODEL_REPLY_INVALID', 'The endpoint replied in a form that is not known.');
}

/**
 * Reads a streamed reply: server-sent events or JSON lines, cut anywhere by the transport. Without an end part where it
 * stops before its end.
 */
export async function* readStream(chunks: AsyncIterable<Uint8Array>): AsyncIterable<StreamPart> {
  let stopReason: StopReason | undefined;
  let usage = NO_USAGE;
  for await (const line of lines(chunks)) {
    const data = line.startsWith('data:') ? line.slice(5).trim() : line.trim();
    if (data === '[DONE]') stopReason ??= 'complete';
    if (!data.startsWith('{')) continue;
    const event = parse(data) as Reply;
    const choice = event.choices?.[0];
    const text = choice?.delta?.content ?? (event.token?.special === true ? '' : (event.token?.text ?? ''));
    if (text !== '') yield { kind: 'text', text };
    const finish = choice?.finish_reason ?? event.details?.finish_reason;
    if (typeof finish === 'string') stopReason = stopReasonOf(finish);
    if (event.details?.generated_tokens !== undefined)
      usage = { ...usage, outputTokens: event.details.generated_tokens };
    if (event.usage) usage = usageOf(event.usage);
  }
  if (stopReason !== undefined) yield { kind: 'end', stopReason, usage };
}

/** The members that are read of a reply, or of an event of a streamed one. */
interface Reply {
  readonly generated_text?: string | null;
  readonly token?: { readonly text?: string; readonly special?: boolean };
  readonly details?: { readonly finish_reason?: string; readonly generated_tokens?: number } | null;
  readonly choices?: readonly {
    readonly message?: { readonly content?: string };
    readonly delta?: { readonly content?: string };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AskgraphError('MODEL_REPLY_INVALID', 'The endpoint replied with what is no JSON.', { cause });
  }
}

function stopReasonOf(reason: string | null | undefined): StopReason {
  return reason === 'length' ? 'length' : reason === 'content_filter' ? 'filtered' : 'complete';
}

function usageOf(usage: Reply['usage']): TokenUsage {
  return {
    inputTokens: usage?.prompt_tokens ?? 0,
    outputTokens: usage?.completion_tokens ?? 0,
    cachedInputTokens: 0,
  };
}
