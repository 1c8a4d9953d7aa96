import type { AuditEvents, AuditEventsOptions } from './audit-events.js';
import { openPostgresAuditEvents } from './postgres/audit-events.js';
import { openSqliteAuditEvents } from './sqlite/audit-events.js';
import { opening } from './store-errors.js';
import { placeOf } from './store-place.js';

/**
 * The store's audit events, on connections of their own: a trail writes twice a statement, and Prisma takes several
 * times as long for one INSERT as the database does.
 */
export async function openAuditEvents({ url, synchronous, now }: AuditEventsOptions): Promise<AuditEvents> {
  const place = placeOf(url);
  const options = { synchronous, now };
  return opening(place, () =>
    place.engine === 'sqlite'
      ? openSqliteAuditEvents(place, options)
      : openPostgresAuditEvents(place, options),
  );
}
