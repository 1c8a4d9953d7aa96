import type { ErrorCode } from '../../../schema/errors.js';

/** Why a request is answered without being executed. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Refused = { readonly refusal: Refusal };

/** Refuses a request that is not what this route takes. */
export function refuse(status: number, message: string, headers?: Readonly<Record<string, string>>): Refused {
  return { refusal: { status, code: 'BAD_REQUEST', message, ...(headers === undefined ? {} : { headers }) } };
}
