/** An audit event as the store keeps it. Its making and its meaning are the gateway's. */
export interface StoredAuditEvent {
  readonly chain: string;
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: string;
  readonly requestId: string;
  readonly subject: string;
  readonly domain: string | null;
  readonly hash: string;
  /** The whole event as JSON. */
  readonly event: string;
}

export interface StoredChainHead {
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
}

/** Every method throws STORE_UNAVAILABLE where the database does not answer. */
export interface AuditEvents {
  append(events: readonly StoredAuditEvent[]): Promise<void>;
  head(chain: string): Promise<StoredChainHead | undefined>;
  /** The last events of the chains, the newest chains first. */
  heads(most: number): Promise<StoredChainHead[]>;
  /** The last event of every chain that was recorded before an instant. */
  lastBefore(instant: string): Promise<StoredChainHead[]>;
  /** For every chain that does not begin with its first event, the last one that it has lost. */
  cuts(): Promise<StoredChainHead[]>;
  /** Deletes a chain's events up to and with one, which stays as a checkpoint. Returns how many there were. */
  deleteThrough(last: StoredChainHead, at: string): Promise<number>;
  /** Every event, chain by chain, each in its order. */
  all(): AsyncGenerator<StoredAuditEvent>;
  close(): Promise<void>;
}

export interface AuditEventsOptions {
  readonly url: string;
  /** `full`: what was appended outlasts a loss of power; `normal`: the end of the process. */
  readonly synchronous: 'full' | 'normal';
  readonly now: () => Date;
}

export const AUDIT_COLUMNS = [
  'chain',
  'sequence',
  'at',
  'kind',
  'requestId',
  'subject',
  'domain',
  'hash',
  'event',
] as const;
