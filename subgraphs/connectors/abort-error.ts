import { AskgraphError } from '../../schema/errors.js';

/** The error for work that its signal ended: a deadline, or a caller who went away. */
export function abortError(signal: AbortSignal): AskgraphError {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return late
    ? new AskgraphError('DEADLINE_EXCEEDED', 'The query did not finish in time.', { cause: signal.reason })
    : new AskgraphError('CANCELLED', 'The request was cancelled.', { cause: signal.reason });
}
