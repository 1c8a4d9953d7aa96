import { signInIfRefused } from '../shared/identity.js';
import type { Answer, AskInput } from './answer.js';
import { ASK_DOCUMENT } from './ask-document.js';

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

interface GraphQLResponse {
  readonly data?: { readonly ask?: Answer | null } | null;
  readonly errors?: readonly GraphQLError[];
}

interface GraphQLError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** Asks the gateway. Whatever goes wrong is an outcome, never a rejection. */
export async function ask(url: string, input: AskInput, signal: AbortSignal): Promise<AskOutcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
      },
      body: JSON.stringify({ query: ASK_DOCUMENT, operationName: 'Ask', variables: { input } }),
      signal,
    });
    await signInIfRefused(response.status);
    return outcomeOf(response, await response.text());
  } catch {
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', failure: UNREACHABLE };
  }
}

const UNREACHABLE: Failure = {
  title: 'Askgraph could not be reached',
  message: 'The connection failed before an answer came. Check that the gateway is running, then ask again.',
};

function outcomeOf(response: Response, text: string): AskOutcome {
  const body = parseBody(text);
  if (body?.data?.ask) return { kind: 'answered', answer: body.data.ask };
  const error = body?.errors?.[0];
  return { kind: 'failed', failure: error ? graphqlFailure(error, response) : httpFailure(response) };
}

function parseBody(text: string): GraphQLResponse | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    // A proxy's or a crash's page is no JSON: the status alone is told.
    return undefined;
  }
}

function graphqlFailure(error: GraphQLError, response: Response): Failure {
  const code = error.extensions?.code;
  return {
    title: 'The question could not be answered',
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...requestIdOf(error.extensions?.requestId, response),
  };
}

function httpFailure(response: Response): Failure {
  const status = `${response.status} ${response.statusText}`.trim();
  return {
    title: response.ok ? 'The answer could not be read' : `The server answered ${status}`,
    message: response.ok
      ? 'What came back is not a GraphQL response. Something between this page and the gateway may have changed it.'
      : 'The request did not reach the part of the gateway that answers questions. Ask again in a moment.',
    ...requestIdOf(undefined, response),
  };
}

function requestIdOf(told: string | undefined, response: Response): { requestId?: string } {
  const requestId = told ?? response.headers.get('x-request-id');
  return requestId ? { requestId } : {};
}
