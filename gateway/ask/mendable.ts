import type { AskgraphError, ErrorCode } from '../../schema/errors.js';

/** What a planner may have got wrong, as opposed to what happened to its plan. */
const MENDABLE: ReadonlySet<ErrorCode> = new Set([
  'STATEMENT_REFUSED',
  'UNKNOWN_NAME',
  'QUERY_FAILED',
  'BAD_USER_INPUT',
  'TOO_COMPLEX',
]);

export function isMendable({ code }: AskgraphError): boolean {
  return MENDABLE.has(code);
}
