import { expect } from 'vitest';
import { ERROR_STATUS } from '../schema/errors.js';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** `Data` is the shape that a test expects of its own operation. */
export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data;
  readonly errors: readonly GraphqlError[] | undefined;
}

/** Posts an operation as any client does. */
export function postGraphql<Data = unknown>(
  url: string,
  query: string,
  variables?: object,
): Promise<GraphqlAnswer<Data>> {
  return send<Data>(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) }),
  });
}

/** Sends any request, to `/graphql` if nothing else is said, and checks that every error is one that a client may see. */
export async function send<Data = unknown>(
  url: string,
  init: RequestInit,
  path = '/graphql',
): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(20_000), ...init });
  const { status, headers } = response;
  const { data, errors } = (await response.json()) as Pick<GraphqlAnswer<Data>, 'data' | 'errors'>;
  errors?.forEach(expectPresentable);
  return { status, headers, data, errors };
}

const ENGINE =
  /select\s.*\sfrom\b|duckdb|prisma|libsql|sqlite|call stack|(binder|parser|conversion|type|range|reference) ?error/i;
const SYSTEM_CODE = /\bE[A-Z]{4,}\b/;
const FILE = /(^|[\s"'(])(file:|\/|[A-Z]:\\)[\w.@-]+[/\\]|node_modules|\.(js|ts|duckdb|db)\b/;
const STACK = /\n\s+at |stacktrace/;

/** An error has one of our codes and its request's id, and says nothing of what is inside. */
export function expectPresentable(error: GraphqlError): void {
  expect(Object.keys(ERROR_STATUS)).toContain(error.extensions.code);
  expect(error.extensions.requestId).toMatch(/^[\w-]{20,}$/);
  expect(error.message).not.toMatch(ENGINE);
  expect(error.message).not.toMatch(SYSTEM_CODE);
  expect(error.message).not.toMatch(FILE);
  expect(JSON.stringify(error)).not.toMatch(STACK);
}

export function codesOf({ errors }: Pick<GraphqlAnswer<unknown>, 'errors'>): unknown[] {
  return (errors ?? []).map(({ extensions }) => extensions.code);
}
