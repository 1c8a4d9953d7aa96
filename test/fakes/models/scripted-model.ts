import type { EmbeddingCall } from './scripted-embeddings.js';

/** What a fake model server was asked, in the words that all providers share. */
export interface ModelCall {
  /** Everything that the model is told before the conversation. */
  readonly instructions: string;
  readonly messages: readonly { readonly role: string; readonly text: string }[];
  /** The tool that it is made to call. */
  readonly tool: string | undefined;
  readonly streamed: boolean;
  /** The request as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type ScriptedReply =
  /** A call of the tool; where none was given, the object as JSON text. */
  | { readonly kind: 'object'; readonly value: unknown; readonly end?: ScriptedEnd }
  | { readonly kind: 'text'; readonly text: string; readonly end?: ScriptedEnd }
  /** The service has too much to do. */
  | { readonly kind: 'throttled' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'denied' }
  /** The model cannot be made to call a tool. */
  | { readonly kind: 'noTools' }
  /** An answer that breaks off in the middle of its JSON, though it says that it is whole. */
  | { readonly kind: 'garbled' }
  /** Nothing comes, ever. */
  | { readonly kind: 'silent' }
  /** Words come again and again, as long as somebody listens. */
  | { readonly kind: 'endless'; readonly text: string }
  /** Streams a text, then fails as the provider does in the middle of a stream. */
  | { readonly kind: 'failsMidway'; readonly text: string }
  /** Streams a text, then cuts the connection. */
  | { readonly kind: 'cutOff'; readonly text: string };

export type ScriptedEnd = 'complete' | 'length' | 'filtered';

/** Decides, call by call, what the model says. */
export type Script = (call: ModelCall, index: number) => ScriptedReply;

export interface FakeModelServer {
  readonly url: string;
  readonly calls: readonly ModelCall[];
  /** What it was asked to place, of the providers that have embedding models. */
  readonly embeddings: readonly EmbeddingCall[];
  /** Calls whose client went away before the reply had ended. */
  readonly abandoned: () => number;
  /** Calls that are neither answered nor abandoned yet. */
  readonly underWay: () => number;
  close(): Promise<void>;
}

/** What every fake says of the tokens: the figures are fixed, so that tests can add them up. */
export const SCRIPTED_USAGE = { inputTokens: 100, outputTokens: 20, cachedInputTokens: 40 } as const;

/** A text in pieces, as a model streams it. */
export function pieces(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}
