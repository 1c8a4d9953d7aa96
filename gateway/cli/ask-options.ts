/** What `askgraph ask` takes beside the question. */
export interface AskOptions {
  readonly json?: true;
  readonly asOf?: string;
  readonly domain?: readonly string[];
  readonly data?: string;
  readonly url?: string;
}

/** A day alone means its noon in Greenwich, which is that day nearly everywhere. */
export function instant(asOf: string | undefined): string | undefined {
  return asOf !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T12:00:00Z` : asOf;
}
