import type { Meter } from './request-context.js';

/** The header in which a domain that runs elsewhere says what its engine read for a request. */
export const BYTES_SCANNED = 'askgraph-bytes-scanned';

/** Counts what such a header says for whoever asked; anything but a whole number says nothing. */
export function countScanned(
  header: string | readonly string[] | null | undefined,
  meter: Meter | undefined,
): void {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return;
  meter?.scanned(Number(header));
}
