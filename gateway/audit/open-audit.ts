import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { openAuditEvents } from '../../prisma/open-audit-events.js';
import { nameOfPlace, placeOf } from '../../prisma/store-place.js';
import { asAskgraphError } from '../../schema/errors.js';
import { type AuditTrail, NO_AUDIT } from '../../subgraphs/audit/audit-trail.js';
import type { Caller } from '../../subgraphs/request-context.js';
import { makeAnchors } from './anchors.js';
import type { AuditConfig } from './audit-config.js';
import type { AuditSink } from './audit-sink.js';
import { makeChainWriter } from './chain-writer.js';
import { makeFileArchive } from './file-archive.js';
import { openFileSink } from './file-sink.js';
import { type AuditArchive, expireEvents } from './retention.js';
import { makeStoreArchive } from './store-archive.js';
import { makeStoreSink } from './store-sink.js';
import { openStreamSink } from './stream-sink.js';
import { closed, opened } from './trail-events.js';

export interface OpenAudit {
  readonly trail: AuditTrail;
  /** Throws AUDIT_UNAVAILABLE where events cannot be written. */
  checkHealth(): void;
  /** Deletes what is older than an instant, where events can be deleted at all. Returns how many there were. */
  expire(before: Date): Promise<number>;
  /** Ends the chain. What could not be written is reported. */
  close(): Promise<void>;
}

export interface AuditOptions {
  readonly config: AuditConfig;
  readonly policyDigestOf: (caller: Caller) => string;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Where events go that are written to standard output. */
  readonly stdout: Writable;
  readonly warn: (message: string, error: unknown) => void;
}

const ANCHOR_MILLISECONDS = 60_000;
/** Of so many chains before it, a new one names the heads. */
const NAMED_HEADS = 100;

/**
 * Opens the trail that the configuration names, with a chain of its own for this process.
 * @throws AUDIT_UNAVAILABLE where its first event cannot be written, STORE_UNAVAILABLE where that is the store's fault.
 */
export async function openAudit(options: AuditOptions): Promise<OpenAudit> {
  const { config, now, newId, warn } = options;
  if (config.sink === 'off')
    return { trail: NO_AUDIT, checkHealth: () => {}, expire: async () => 0, close: async () => {} };
  const chain = chainName(now(), newId());
  // A file that is no store is the store's fault, whoever opens it first.
  const cannotOpen = (cause: unknown) =>
    config.sink === 'store'
      ? asAskgraphError(
          cause,
          'STORE_UNAVAILABLE',
          `The store at ${nameOfPlace(placeOf(config.storeUrl))} cannot be opened.`,
        )
      : asAskgraphError(cause, 'AUDIT_UNAVAILABLE', 'The audit trail cannot be opened.');
  const place = await openPlace(chain, options).catch((cause: unknown) => {
    throw cannotOpen(cause);
  });
  const { sink, archive } = place;
  const anchors = makeAnchors({ file: config.anchors, everyMilliseconds: ANCHOR_MILLISECONDS, warn });
  const trail = makeChainWriter({
    sink,
    chain,
    texts: config.texts,
    policyDigestOf: options.policyDigestOf,
    now,
    onKept: (last) => anchors.advance(last),
    warn,
  });
  try {
    await mkdir(dirname(config.anchors), { recursive: true });
    await trail.record(opened(await sink.heads(NAMED_HEADS), { host: hostname(), id: process.pid }));
  } catch (error) {
    await sink.close();
    throw cannotOpen(error);
  }
  await anchors.drop();
  return {
    trail,
    checkHealth: () => trail.checkHealth(),
    expire: async (before) => (archive === undefined ? 0 : expireEvents(archive, trail, before)),
    async close() {
      trail.note(closed());
      await trail.flush().catch((error: unknown) => warn('the audit trail was not ended in order', error));
      await anchors.close();
      await sink.close().catch((error: unknown) => warn('the audit trail was not closed', error));
    },
  };
}

/** Sorts by time, and is no other writer's. */
function chainName(now: Date, id: string): string {
  return `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${id.slice(0, 8)}`;
}

async function openPlace(
  chain: string,
  { config, now, stdout, warn }: AuditOptions,
): Promise<{ sink: AuditSink; archive?: AuditArchive }> {
  switch (config.sink) {
    case 'file': {
      const { directory, fileBytes, sync } = config;
      const sink = openFileSink({ directory, chain, fileBytes, sync, warn });
      return { sink, archive: makeFileArchive(directory) };
    }
    case 'stdout':
      return { sink: openStreamSink(stdout) };
    default: {
      const synchronous = config.sync === 'always' ? 'full' : 'normal';
      const events = await openAuditEvents({ url: config.storeUrl, synchronous, now });
      return { sink: makeStoreSink(events), archive: makeStoreArchive(events, now) };
    }
  }
}
