import { AskgraphError } from '../../schema/errors.js';

/** What is wrong with how somebody said who they are, in the words of RFC 6750. */
export type Reason = 'missing' | 'invalid_request' | 'invalid_token';

/** The request is answered with 401; the reason also goes into its `WWW-Authenticate`. */
export function unauthenticated(reason: Reason, message: string, cause?: unknown): AskgraphError {
  return new AskgraphError('UNAUTHENTICATED', message, {
    details: { reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Whoever could say whether it is right does not answer. */
export function identityUnavailable(message: string, cause: unknown): AskgraphError {
  return new AskgraphError('IDENTITY_UNAVAILABLE', message, { cause });
}
