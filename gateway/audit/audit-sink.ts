import type { AuditEvent, ChainHead } from './audit-event.js';

/** Where a trail's events are kept: the store, files, or standard output. */
export interface AuditSink {
  /** The last event of a chain that is kept here, read from where it is kept. */
  head(chain: string): Promise<ChainHead | undefined>;
  /** The last event of the chains that others have written, the newest chains first, at most `most`. */
  heads(most: number): Promise<readonly (ChainHead & { readonly chain: string })[]>;
  /** Resolves once all are kept, as safely as the setting wants it: all or none of them, as far as that is known. */
  append(events: readonly AuditEvent[]): Promise<void>;
  close(): Promise<void>;
}
