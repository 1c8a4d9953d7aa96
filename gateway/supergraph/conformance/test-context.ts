import type { RequestContext } from '../../../subgraphs/request-context.js';

/** A request's context for tests. */
export function testContext(changes: Partial<RequestContext> = {}): RequestContext {
  return {
    requestId: 'request-1',
    caller: { subject: 'ada', roles: ['reader'], claims: { region: 'Ærø' } },
    signal: new AbortController().signal,
    asOf: new Date('2008-05-01T00:00:00Z'),
    ...changes,
  };
}
