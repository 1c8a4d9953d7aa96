import { asAskgraphError } from '../../schema/errors.js';
import type { HttpClient, HttpGet } from '../connectors/http.js';
import type { RequestContext } from '../request-context.js';
import type { AuditTrail } from './audit-trail.js';
import { untilAborted } from './until-aborted.js';

/** An API that a domain stands on, and where what it is asked is kept. */
export interface RequestPlace {
  readonly domain: string;
  readonly client: HttpClient;
  readonly audit: AuditTrail;
}

/**
 * Asks an API for a caller, once that is on record, as a statement is: where the trail cannot be written, nothing is
 * asked. What the API is asked again while its answer is kept is on record too, since the caller sees it.
 * @throws AUDIT_UNAVAILABLE, and what the client throws.
 */
export async function runRequest(
  request: Omit<HttpGet, 'signal'>,
  { domain, client, audit }: RequestPlace,
  { requestId, caller, signal }: RequestContext,
): Promise<unknown> {
  const about = { requestId, caller, domain };
  const { path, query } = request;
  const intent = await untilAborted(
    audit.record({
      kind: 'statement',
      decision: 'allowed',
      ...about,
      facts: { engine: 'http', path },
      texts: { query: JSON.stringify(query) },
    }),
    signal,
  );
  const started = performance.now();
  const noteEnd = (end: { decision: 'succeeded' | 'failed'; code?: string }) => {
    const milliseconds = Math.round(performance.now() - started);
    audit.note({ kind: 'result', ...about, ...end, facts: { statement: intent.sequence, milliseconds } });
  };
  try {
    const answer = await client.get({ ...request, signal });
    noteEnd({ decision: 'succeeded' });
    return answer;
  } catch (thrown) {
    const { code } = asAskgraphError(thrown, 'INTERNAL', 'The request failed.');
    noteEnd({ decision: 'failed', code });
    throw thrown;
  }
}
