/** Remembers what was fetched, for a while and up to a size; what was used longest ago goes first. */
export interface HttpCache {
  get(key: string): { readonly value: unknown } | undefined;
  set(
    key: string,
    entry: { readonly value: unknown; readonly bytes: number; readonly lifetime: number },
  ): void;
}

export interface HttpCacheOptions {
  /** What all entries together may weigh, as they came over the wire. */
  readonly maximumBytes: number;
  /** Milliseconds since any fixed instant. */
  readonly now: () => number;
}

interface Entry {
  readonly value: unknown;
  readonly bytes: number;
  readonly expires: number;
}

export function httpCache({ maximumBytes, now }: HttpCacheOptions): HttpCache {
  // A Map keeps its insertion order: the first key is the one that was used longest ago.
  const entries = new Map<string, Entry>();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expires <= now()) {
        remove(key);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    set(key, { value, bytes: size, lifetime }) {
      remove(key);
      if (size > maximumBytes || lifetime <= 0) return;
      entries.set(key, { value, bytes: size, expires: now() + lifetime });
      bytes += size;
      for (const oldest of entries.keys()) {
        if (bytes <= maximumBytes) break;
        remove(oldest);
      }
    },
  };
}
