import { LRUCache } from 'lru-cache';

/** Making a formatter costs a hundred times what using it does; there are some 600 zones. */
const FORMATTERS = new LRUCache<string, Intl.DateTimeFormat>({ max: 1_000 });

/** The day that an instant falls on in a zone, as ISO text. Throws RangeError for what is no IANA time zone. */
export function dayInZone(instant: Date, timeZone: string): string {
  return formatterOf(timeZone).format(instant);
}

/** The name that a zone goes by: `europe/berlin` is `Europe/Berlin`. Throws RangeError for what is none. */
export function zoneName(timeZone: string): string {
  return formatterOf(timeZone).resolvedOptions().timeZone;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = FORMATTERS.get(timeZone);
  if (formatter === undefined) {
    // Canada's English writes dates as ISO does.
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    FORMATTERS.set(timeZone, formatter);
  }
  return formatter;
}
