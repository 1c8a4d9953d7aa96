import type { Caller } from '../request-context.js';

/** Who did what is kept here. A gateway and a subgraph that is a server of its own each have one. */
export interface AuditTrail {
  /**
   * Resolves once the entry is kept: what it tells of may happen only then.
   * @throws AUDIT_UNAVAILABLE where it cannot be kept.
   */
  record(entry: AuditEntry): Promise<AuditReceipt>;
  /**
   * Keeps what has happened already, in its order, with what is written next. While it cannot be written it is tried
   * again, and `record` refuses whatever would happen after it.
   */
  note(entry: AuditEntry): void;
}

/** Where an entry stands in its trail. */
export interface AuditReceipt {
  /** The writer's own chain. */
  readonly chain: string;
  /** From 1, without a gap. */
  readonly sequence: number;
}

export const AUDIT_KINDS = [
  'question',
  'answer',
  /** A statement that is about to run. */
  'statement',
  /** What came of a statement. */
  'result',
  'refusal',
  'policy',
  'feedback',
  'approval',
  'deletion',
  /** What a language model is sent, and what it cost. */
  'model',
  /** The trail's own: opened, closed, cut off by retention. */
  'trail',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export interface AuditEntry {
  readonly kind: AuditKind;
  readonly requestId: string;
  readonly caller: Caller;
  /** What was decided, or what came of it. */
  readonly decision: 'allowed' | 'refused' | 'succeeded' | 'failed';
  readonly domain?: string;
  /** The code of a refusal or a failure. */
  readonly code?: string;
  /** Names, counts and digests: nothing of a row, a question or a literal. */
  readonly facts?: AuditFacts;
  /** What may tell secrets: always kept as its SHA-256, and in full where the setting says so. */
  readonly texts?: Readonly<Record<string, string>>;
}

export type AuditFacts = Readonly<Record<string, AuditFact>>;
export type AuditFact =
  | string
  | number
  | boolean
  | null
  | readonly AuditFact[]
  | { readonly [key: string]: AuditFact };

/** For where nothing is to be audited: `ASKGRAPH_AUDIT=off`, and tests of other things. */
export const NO_AUDIT: AuditTrail = {
  record: async () => ({ chain: 'none', sequence: 0 }),
  note: () => {},
};
