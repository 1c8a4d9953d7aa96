import { AskgraphError } from '../../schema/errors.js';
import type { AuditEntry, AuditReceipt, AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import type { Caller } from '../../subgraphs/request-context.js';
import { type AuditEvent, type ChainHead, NO_EVENTS, seal } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';

export interface ChainOptions {
  readonly sink: AuditSink;
  /** The writer's own name: no other writes this chain. */
  readonly chain: string;
  readonly texts: 'digest' | 'full';
  readonly policyDigestOf: (caller: Caller) => string;
  readonly now: () => Date;
  /** Told of every event once it is kept. */
  readonly onKept: (last: AuditEvent) => void;
  readonly warn: (message: string, error: unknown) => void;
}

export interface ChainWriter extends AuditTrail {
  /** Throws AUDIT_UNAVAILABLE where the last write failed, and none went well since. */
  checkHealth(): void;
  /** Resolves when all that was noted is kept, or throws AUDIT_UNAVAILABLE. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly entry: AuditEntry;
  readonly at: Date;
  /** Absent for what has happened already and is kept until it is written. */
  readonly waits?: { resolve(receipt: AuditReceipt): void; reject(error: AskgraphError): void };
}

const MOST_WAITING = 10_000;
/** A batch is one INSERT, or one write and one sync of a file. */
const MOST_AT_ONCE = 500;
const RETRY_MILLISECONDS = 1_000;
/** What has happened already waits so long for something to be written with. */
const NOTE_MILLISECONDS = 50;

/**
 * Ties entries into one chain, in the order in which they come. What comes in one turn of the event loop, or while a
 * write is under way, is written together: many requests at once share the cost of one write, and what came of a
 * statement is mostly written with the next one's intent.
 */
export function makeChainWriter(options: ChainOptions): ChainWriter {
  const { sink, chain, now, warn } = options;
  let waiting: Waiting[] = [];
  let head: ChainHead | undefined;
  let writing: Promise<void> | undefined;
  let soon: NodeJS.Immediate | undefined;
  let later: NodeJS.Timeout | undefined;
  let failure: unknown;

  function add(item: Waiting): void {
    waiting.push(item);
    if (writing !== undefined || soon !== undefined) return;
    if (item.waits !== undefined) soon = setImmediate(start);
    else later ??= setTimeout(start, NOTE_MILLISECONDS).unref();
  }

  function start(): void {
    clearImmediate(soon);
    clearTimeout(later);
    soon = undefined;
    later = undefined;
    if (waiting.length > 0) writing ??= writeAll();
  }

  async function writeAll(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, MOST_AT_ONCE);
        await write(batch);
        waiting = waiting.slice(batch.length);
      }
    } catch (cause) {
      giveUp(cause);
    } finally {
      writing = undefined;
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    let last = head ?? (await sink.head(chain)) ?? NO_EVENTS;
    const events = batch.map(({ entry, at }) => {
      const policyDigest = options.policyDigestOf(entry.caller);
      const event = seal(entry, last, { chain, at, policyDigest, texts: options.texts });
      last = event;
      return event;
    });
    // What a failed write has left is only known to the sink.
    head = undefined;
    await sink.append(events);
    head = last;
    failure = undefined;
    for (const [index, { sequence }] of events.entries()) batch[index]?.waits?.resolve({ chain, sequence });
    options.onKept(events.at(-1)!);
  }

  /** Nothing that waits for its record may happen; what has happened is tried again. */
  function giveUp(cause: unknown): void {
    if (failure === undefined) warn('the audit trail cannot be written', cause);
    failure = cause;
    const message = 'What is asked here must be on record, and cannot be recorded now.';
    for (const { waits } of waiting)
      waits?.reject(new AskgraphError('AUDIT_UNAVAILABLE', message, { cause }));
    waiting = waiting.filter(({ waits }) => waits === undefined);
    clearTimeout(later);
    later = waiting.length === 0 ? undefined : setTimeout(start, RETRY_MILLISECONDS).unref();
  }

  return {
    record(entry) {
      if (waiting.length >= MOST_WAITING) {
        const message = 'Too much waits to be recorded now.';
        return Promise.reject(new AskgraphError('AUDIT_UNAVAILABLE', message));
      }
      return new Promise((resolve, reject) => add({ entry, at: now(), waits: { resolve, reject } }));
    },
    note(entry) {
      add({ entry, at: now() });
    },
    checkHealth() {
      if (failure === undefined) return;
      throw new AskgraphError('AUDIT_UNAVAILABLE', 'The audit trail cannot be written.', { cause: failure });
    },
    async flush() {
      start();
      await writing;
      clearTimeout(later);
      if (waiting.length > 0) {
        const message = `${waiting.length} audit events could not be written.`;
        throw new AskgraphError('AUDIT_UNAVAILABLE', message);
      }
    },
  };
}
