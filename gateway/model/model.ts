/**
 * A language model, whoever serves it. It gives an object that keeps to a JSON schema, or streams text; what it said is
 * data that nobody believes unchecked. Both methods end when the request's signal aborts, and throw MODEL_UNAVAILABLE
 * (try later), MODEL_REPLY_INVALID (it answered, but nothing of use), DEADLINE_EXCEEDED or CANCELLED.
 */
export interface Model {
  /** Provider and model, as an Answer names them: `bedrock:anthropic.claude-sonnet-4`. */
  readonly name: string;
  generate(request: ObjectRequest): Promise<ObjectReply>;
  stream(request: ModelRequest): AsyncIterable<StreamPart>;
}

export interface ModelRequest {
  /** What the model is told to be and do; equal for all requests of a kind, so that a provider can cache it. */
  readonly instructions: string;
  /** The conversation; the first and the last message are the user's. */
  readonly messages: readonly Message[];
  readonly maximumTokens: number;
  /** Aborts at the deadline, or when nobody waits any longer. */
  readonly signal: AbortSignal;
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface ObjectRequest extends ModelRequest {
  readonly tool: Tool;
}

/** What the model is to fill in, as a function that it must call. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ObjectReply {
  /** What the tool was called with; not checked against its schema. */
  readonly value: unknown;
  readonly stopReason: StopReason;
  readonly usage: TokenUsage;
}

export type StreamPart =
  | { readonly kind: 'text'; readonly text: string }
  /** Always the last part. */
  | { readonly kind: 'end'; readonly stopReason: StopReason; readonly usage: TokenUsage };

/** `length`: cut off at the most tokens allowed. `filtered`: a guardrail or content filter stopped it. */
export type StopReason = 'complete' | 'length' | 'filtered';

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Input tokens that were read from the provider's cache; among `inputTokens`. */
  readonly cachedInputTokens: number;
}

export const NO_USAGE: TokenUsage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };

/** Whether a model calls tools when told to, or is asked for JSON text instead. */
export type ToolUse = 'forced' | 'text';
