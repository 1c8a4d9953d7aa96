/** What GET /ask/examples.json tells of a domain. */
export interface Domain {
  readonly name: string;
  readonly description: string;
  /** The engine in force. */
  readonly engine: string;
  /** The engine that the domain is made for. */
  readonly production: string;
  readonly examples: readonly string[];
}

/** The domains with their example questions; none when they can't be had, for the page works without. */
export async function fetchDomains(url: string, signal?: AbortSignal): Promise<readonly Domain[]> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
    if (!response.ok) return [];
    const body: { domains?: readonly Domain[] } = await response.json();
    return body.domains ?? [];
  } catch {
    return [];
  }
}
