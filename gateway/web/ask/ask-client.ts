import { type Client, createClient, NetworkError } from 'graphql-sse';
import { signInIfRefused } from '../shared/identity.js';
import type { Answer, AskInput } from './answer.js';
import { ASK_DOCUMENT } from './ask-document.js';
import type { AskEvent } from './progress.js';

/** How a question ended. */
export type AskOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** A fault as the page tells it. */
export interface Failure {
  readonly title: string;
  readonly message: string;
  readonly code?: string;
  readonly requestId?: string;
}

interface GraphQLError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** Asks the gateway, and tells how the question comes along. Whatever goes wrong is an outcome, never a rejection. */
export async function ask(
  url: string,
  input: AskInput,
  signal: AbortSignal,
  onEvent: (event: AskEvent) => void,
): Promise<AskOutcome> {
  let response: Response | undefined;
  const fetchFn = async (address: string, init: RequestInit) => {
    response = await fetch(address, init);
    return response;
  };
  try {
    const client = createClient({ url, retryAttempts: 0, fetchFn });
    signal.addEventListener('abort', () => client.dispose(), { once: true });
    signal.throwIfAborted();
    const outcome = await follow(client, input, onEvent);
    return signal.aborted ? { kind: 'cancelled' } : outcome;
  } catch (thrown) {
    if (signal.aborted) return { kind: 'cancelled' };
    return { kind: 'failed', failure: await failureOf(thrown, response) };
  }
}

async function follow(
  client: Client,
  input: AskInput,
  onEvent: (event: AskEvent) => void,
): Promise<AskOutcome> {
  const request = { query: ASK_DOCUMENT, operationName: 'Ask', variables: { input } };
  const results = client.iterate<{ ask: AskEvent }>(request);
  for await (const { data, errors } of results) {
    const [error] = (errors ?? []) as readonly GraphQLError[];
    if (error !== undefined) return { kind: 'failed', failure: graphqlFailure(error, undefined) };
    if (data?.ask === undefined) break;
    const event = data.ask;
    if (event.__typename === 'AskDone') return { kind: 'answered', answer: event.answer };
    if (event.__typename === 'AskFailed') return { kind: 'failed', failure: faultFailure(event.fault) };
    onEvent(event);
  }
  return { kind: 'failed', failure: UNREADABLE };
}

const UNREACHABLE: Failure = {
  title: 'Askgraph could not be reached',
  message: 'The connection failed before an answer came. Check that the gateway is running, then ask again.',
};

const UNREADABLE: Failure = {
  title: 'The answer could not be read',
  message:
    'What came back is not an answer of the gateway. Something between this page and the gateway may have changed it.',
};

async function failureOf(thrown: unknown, response: Response | undefined): Promise<Failure> {
  if (response === undefined) return UNREACHABLE;
  if (response.ok) {
    const isStream = response.headers.get('content-type')?.includes('text/event-stream');
    return isStream && thrown instanceof NetworkError ? UNREACHABLE : UNREADABLE;
  }
  await signInIfRefused(response.status);
  const error = errorIn(await response.text().catch(() => ''));
  return error === undefined ? httpFailure(response) : graphqlFailure(error, response);
}

function errorIn(text: string): GraphQLError | undefined {
  try {
    return (JSON.parse(text) as { readonly errors?: readonly GraphQLError[] } | null)?.errors?.[0];
  } catch {
    // A proxy's or a crash's page is no JSON: the status alone is told.
    return undefined;
  }
}

function faultFailure({
  code,
  message,
  requestId,
}: {
  code: string;
  message: string;
  requestId: string;
}): Failure {
  return { title: 'The question could not be answered', message, code, requestId };
}

function graphqlFailure(error: GraphQLError, response: Response | undefined): Failure {
  const code = error.extensions?.code;
  return {
    title: 'The question could not be answered',
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...requestIdOf(error.extensions?.requestId, response),
  };
}

function httpFailure(response: Response): Failure {
  return {
    title: `The server answered ${`${response.status} ${response.statusText}`.trim()}`,
    message:
      'The request did not reach the part of the gateway that answers questions. Ask again in a moment.',
    ...requestIdOf(undefined, response),
  };
}

function requestIdOf(told: string | undefined, response: Response | undefined): { requestId?: string } {
  const requestId = told ?? response?.headers.get('x-request-id');
  return requestId ? { requestId } : {};
}
