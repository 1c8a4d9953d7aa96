import type { AuditEntry } from '../../subgraphs/audit/audit-trail.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { LeftOut } from '../supergraph/authorisation.js';

type Who = Pick<RequestContext, 'requestId' | 'caller'>;

/** That federation directives kept fields of an operation from its caller: one event, however many rows they have. */
export function directiveRefusal(leftOut: readonly LeftOut[], { requestId, caller }: Who): AuditEntry {
  const fields = [...new Set(leftOut.map(({ coordinate }) => coordinate))].sort();
  const code = leftOut[0]?.code;
  return {
    kind: 'policy',
    decision: 'refused',
    requestId,
    caller,
    ...(code === undefined ? {} : { code }),
    facts: { fields },
  };
}

/** That answers of other permissions than the caller's now were not given again. */
export function withheldAnswers(answerIds: readonly string[], { requestId, caller }: Who): AuditEntry {
  return { kind: 'policy', decision: 'refused', requestId, caller, code: 'FORBIDDEN', facts: { answerIds } };
}
