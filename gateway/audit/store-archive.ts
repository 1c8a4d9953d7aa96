import type { AuditEvents } from '../../prisma/audit-events.js';
import type { AuditArchive } from './retention.js';

/** Retention of the store's rows. */
export function makeStoreArchive(events: AuditEvents, now: () => Date): AuditArchive {
  return {
    expired: (before) => events.lastBefore(before),
    cuts: () => events.cuts(),
    async cut(places) {
      let deleted = 0;
      for (const place of places) deleted += await events.deleteThrough(place, now().toISOString());
      return deleted;
    },
  } satisfies AuditArchive;
}
