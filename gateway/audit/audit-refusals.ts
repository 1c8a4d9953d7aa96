import type { ApolloServerPlugin } from '@apollo/server';
import type { AskgraphError, ErrorCode } from '../../schema/errors.js';
import type { AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { askgraphErrorIn } from '../errors.js';

/** What was refused because of who asked or how much: not what could not be understood. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'BUDGET_EXCEEDED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'TOO_COMPLEX',
  'UNAUTHENTICATED',
]);

/** Puts on record what the gateway itself refuses. (A domain records the statements that it refuses.) */
export function auditRefusals(trail: AuditTrail): ApolloServerPlugin<RequestContext> {
  const note = (error: unknown, context: RequestContext): void => {
    const refusal = askgraphErrorIn(error);
    if (refusal !== undefined) noteRefusal(trail, refusal, context);
  };
  return {
    async unexpectedErrorProcessingRequest({ error, requestContext }) {
      note(error, requestContext.contextValue);
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) note(error, contextValue);
        },
      };
    },
  };
}

export function noteRefusal(
  trail: AuditTrail,
  error: AskgraphError,
  context: Pick<RequestContext, 'requestId' | 'caller' | 'account'>,
): void {
  const { code, domain, details } = error;
  // A flood of requests is one event a window and caller, or the trail would be what it floods.
  if (!REFUSALS.has(code) || (code === 'RATE_LIMITED' && details.first !== true)) return;
  const { requestId, caller, account } = context;
  trail.note({
    kind: 'refusal',
    decision: 'refused',
    requestId,
    caller,
    code,
    ...(domain === undefined ? {} : { domain }),
    ...(account === undefined ? {} : { facts: { account } }),
  });
}
