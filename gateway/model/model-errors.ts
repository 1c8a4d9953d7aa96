import { AskgraphError } from '../../schema/errors.js';

/** Names and codes of errors that pass: too many requests, a service that is busy or warms up, a broken connection. */
const TRANSIENT = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'ServiceUnavailableException',
  'ServiceUnavailable',
  'InternalServerException',
  'InternalFailure',
  'InternalDependencyException',
  'ModelNotReadyException',
  'ModelTimeoutException',
  'ModelStreamErrorException',
  'ModelErrorException',
  'RateLimitError',
  'InternalServerError',
  'APIConnectionError',
  'APIConnectionTimeoutError',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
  'ERR_HTTP2_STREAM_CANCEL',
]);

const CREDENTIALS = new Set([
  'AccessDeniedException',
  'AuthenticationError',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'PermissionDeniedError',
  'UnrecognizedClientException',
]);

/**
 * The error for what a provider's SDK threw, in words of ours; the provider's own are its cause, for operators.
 * `details.transient` says whether the same request may soon succeed.
 */
export function modelError(thrown: unknown, model: string, signal: AbortSignal): AskgraphError {
  if (thrown instanceof AskgraphError) return thrown;
  if (signal.aborted) return abortedError(signal, thrown);
  const transient = isTransient(thrown);
  const evidence = { cause: thrown, details: { model, transient } };
  const refused = namesOf(thrown).some((name) => CREDENTIALS.has(name));
  const message = refused
    ? `The model ${model} refuses the gateway's credentials.`
    : transient
      ? `The model ${model} does not answer for the moment; try again later.`
      : `The model ${model} does not take the request.`;
  return new AskgraphError('MODEL_UNAVAILABLE', message, evidence);
}

export function abortedError(signal: AbortSignal, cause: unknown): AskgraphError {
  const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  return late
    ? new AskgraphError('DEADLINE_EXCEEDED', 'The model did not answer in time.', { cause })
    : new AskgraphError('CANCELLED', 'The request was cancelled.', { cause });
}

function isTransient(thrown: unknown): boolean {
  const status = statusOf(thrown);
  return namesOf(thrown).some((name) => TRANSIENT.has(name)) || status === 429 || status >= 500;
}

/** Whether a provider says that this model calls no tools, or cannot be made to call one. */
export function refusesTools(thrown: unknown): boolean {
  if (statusOf(thrown) !== 400 || !(thrown instanceof Error)) return false;
  return /\btool|function call/i.test(thrown.message);
}

function statusOf(thrown: unknown): number {
  const { status, $metadata } = (thrown ?? {}) as {
    status?: unknown;
    $metadata?: { httpStatusCode?: unknown };
  };
  return Number(status ?? $metadata?.httpStatusCode ?? 0);
}

function namesOf(thrown: unknown): string[] {
  const names: string[] = [];
  for (let error = thrown; error instanceof Error && names.length < 9; error = error.cause) {
    names.push(error.name, error.constructor.name);
    if ('code' in error) names.push(String(error.code));
  }
  return names;
}
