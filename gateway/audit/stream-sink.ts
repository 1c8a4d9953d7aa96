import type { Writable } from 'node:stream';
import { type AuditEvent, type ChainHead, canonical } from './audit-event.js';
import type { AuditSink } from './audit-sink.js';

/** Events as lines of JSON on standard output, for whatever collects it. What was written cannot be read back. */
export function openStreamSink(stream: Writable): AuditSink {
  let last: ChainHead | undefined;
  return {
    head: async () => last,
    heads: async () => [],
    append: (events: readonly AuditEvent[]) =>
      new Promise((resolve, reject) => {
        const lines = events.map((event) => `${canonical(event)}\n`).join('');
        stream.write(lines, (error) => {
          if (error) return reject(error);
          last = events.at(-1);
          resolve();
        });
      }),
    close: async () => {},
  } satisfies AuditSink;
}
