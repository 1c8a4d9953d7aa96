/**
 * Every code that Askgraph gives to a client, with the HTTP status it carries when it decides the response.
 * The list is closed: clients switch on it.
 */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 400,
  UNKNOWN_NAME: 400,
  STATEMENT_REFUSED: 400,
  TOO_COMPLEX: 400,
  UNAUTHENTICATED: 401,
  SIGNATURE_INVALID: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  BUDGET_EXCEEDED: 429,
  RATE_LIMITED: 429,
  CANCELLED: 499,
  INTERNAL: 500,
  CATALOG_INVALID: 500,
  COMPOSITION_FAILED: 500,
  CONFIGURATION_INVALID: 500,
  DATA_CORRUPT: 500,
  PLAN_FAILED: 500,
  PLATFORM_UNSUPPORTED: 500,
  PORT_IN_USE: 500,
  MODEL_REPLY_INVALID: 502,
  QUERY_FAILED: 502,
  AUDIT_UNAVAILABLE: 503,
  MODEL_UNAVAILABLE: 503,
  IDENTITY_UNAVAILABLE: 503,
  SOURCE_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  SUBGRAPH_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'AUDIT_UNAVAILABLE',
  'BUDGET_EXCEEDED',
  'MODEL_UNAVAILABLE',
  'IDENTITY_UNAVAILABLE',
  'RATE_LIMITED',
  'SOURCE_UNAVAILABLE',
  'STORE_UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
]);

export interface ErrorEvidence {
  /** The domain the fault belongs to, if it belongs to one. */
  domain?: string;
  /** Facts that help whoever made the mistake: the unknown name, the nearest known ones, a limit. */
  details?: Readonly<Record<string, unknown>>;
  /** What an engine or library said. For operators only: it never reaches a client. */
  cause?: unknown;
}

/** The only error class that Askgraph throws. Its message is written for the client; its cause is not. */
export class AskgraphError extends Error {
  readonly code: ErrorCode;
  readonly domain: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, evidence: ErrorEvidence = {}) {
    super(message, evidence.cause === undefined ? undefined : { cause: evidence.cause });
    this.name = 'AskgraphError';
    this.code = code;
    this.domain = evidence.domain;
    this.details = evidence.details ?? {};
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }

  /** Whether the same request may succeed later. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

/** Wraps whatever was thrown, so that what leaves a layer always has a code. */
export function asAskgraphError(thrown: unknown, code: ErrorCode, message: string): AskgraphError {
  return thrown instanceof AskgraphError ? thrown : new AskgraphError(code, message, { cause: thrown });
}

/** The seconds of a Retry-After header, where an error says when to come again. */
export function retryAfter({ details }: AskgraphError): string | undefined {
  return typeof details.retryAfterSeconds === 'number' ? String(details.retryAfterSeconds) : undefined;
}

/** Ends an exhaustive switch over a union. */
export function assertNever(value: never): never {
  throw new AskgraphError('INTERNAL', `Unexpected value ${JSON.stringify(value)}.`);
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code);
}

/** `WWW-Authenticate`: how to say who one is, and what was wrong with how it was said (RFC 6750). */
export function challenge({ details, message }: AskgraphError): string {
  const { reason } = details;
  if (reason !== 'invalid_request' && reason !== 'invalid_token') return 'Bearer realm="askgraph"';
  // A quoted string: what would end it is left out.
  const description = message.replace(/[^\x20-\x7e]|["\\]/g, '');
  return `Bearer realm="askgraph", error="${reason}", error_description="${description}"`;
}
