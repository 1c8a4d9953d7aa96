import type { QueryExecution } from '@aws-sdk/client-athena';
import { AskgraphError } from '../../schema/errors.js';

const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'UnrecognizedClientException',
]);

/** The error for what a call to Athena threw, after the SDK had tried it again where that may help. */
export function athenaCallError(thrown: unknown): AskgraphError {
  if (thrown instanceof AskgraphError) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'InvalidRequestException') {
    return new AskgraphError('QUERY_FAILED', 'The database could not run the query.', { cause: thrown });
  }
  if (name === 'TooManyRequestsException' || /Throttl/.test(name)) {
    return new AskgraphError('SOURCE_UNAVAILABLE', 'Athena is busy; try again later.', { cause: thrown });
  }
  const message = REFUSALS.has(name) ? "Athena refuses the domain's credentials." : 'Athena does not answer.';
  return new AskgraphError('SOURCE_UNAVAILABLE', message, { cause: thrown });
}

/** The error for a query that ended without a result. */
export function athenaQueryError({ Status }: QueryExecution): AskgraphError {
  const reason = Status?.StateChangeReason ?? Status?.AthenaError?.ErrorMessage ?? String(Status?.State);
  const cause = new Error(reason);
  if (/bytes scanned limit/i.test(reason)) {
    return new AskgraphError('TOO_COMPLEX', "The query reads more data than Athena's workgroup allows.", {
      cause,
    });
  }
  // Category 1 is Athena's own fault, where the same query may succeed later.
  if (Status?.AthenaError?.Retryable === true || Status?.AthenaError?.ErrorCategory === 1) {
    return new AskgraphError('SOURCE_UNAVAILABLE', 'Athena failed for the moment; try again later.', {
      cause,
    });
  }
  return new AskgraphError('QUERY_FAILED', 'The database could not run the query.', { cause });
}
