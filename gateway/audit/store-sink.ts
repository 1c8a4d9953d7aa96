import type { AuditEvents } from '../../prisma/audit-events.js';
import { type AuditEvent, canonical } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';
import { parseEvent } from './parse-event.js';
import type { ReadEvent } from './read-events.js';

/** Events as rows of the store. */
export function makeStoreSink(events: AuditEvents): AuditSink {
  return {
    head: (chain) => events.head(chain),
    heads: (most) => events.heads(most),
    append: (batch) =>
      events.append(
        batch.map((event) => {
          const { chain, sequence, at, kind, requestId, subject, domain = null, hash } = event;
          return { chain, sequence, at, kind, requestId, subject, domain, hash, event: canonical(event) };
        }),
      ),
    close: () => events.close(),
  } satisfies AuditSink;
}

/** A row whose columns say otherwise than its event is no event: somebody has changed one of them. */
export async function* readStoredEvents(events: AuditEvents): AsyncGenerator<ReadEvent> {
  for await (const row of events.all()) {
    const event = parseEvent(row.event);
    const isAsColumnsSay = event !== undefined && REPEATED.every((name) => row[name] === event[name]);
    const isSameDomain = row.domain === (event?.domain ?? null);
    const place = `store ${row.chain}/${row.sequence}`;
    yield { place, event: isAsColumnsSay && isSameDomain ? event : undefined };
  }
}

const REPEATED = [
  'chain',
  'sequence',
  'at',
  'kind',
  'requestId',
  'subject',
  'hash',
] as const satisfies readonly (keyof AuditEvent)[];
