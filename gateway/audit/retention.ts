import type { AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import { type ChainPlace, checkpoint } from './trail-events.js';

/** What retention needs of where events are kept. */
export interface AuditArchive {
  /** The last event of every chain that may go if nothing from before the instant (ISO 8601) is kept. */
  expired(before: string): Promise<readonly ChainPlace[]>;
  /** For every chain that does not begin with its first event, the last one that it has lost. */
  cuts(): Promise<readonly ChainPlace[]>;
  /** Deletes the events of chains up to and with these. Returns how many there were. */
  cut(places: readonly ChainPlace[]): Promise<number>;
}

/**
 * Deletes events from before an instant. First a checkpoint goes on record, by which the rest can still be verified:
 * it names where every chain begins now. Returns how many events were deleted.
 */
export async function expireEvents(archive: AuditArchive, trail: AuditTrail, before: Date): Promise<number> {
  const instant = before.toISOString();
  const expired = await archive.expired(instant);
  if (expired.length === 0) return 0;
  const newly = new Set(expired.map(({ chain }) => chain));
  const earlier = (await archive.cuts()).filter(({ chain }) => !newly.has(chain));
  await trail.record(checkpoint({ before: instant, cuts: [...expired, ...earlier] }));
  return archive.cut(expired);
}
