import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type LocalServer, serveLocally } from './http-server.js';

/** Credentials that the fakes take; with `EXPIRED_TOKEN` as the session token they answer as AWS does to old ones. */
export const FAKE_CREDENTIALS = { accessKeyId: 'AKIDFAKEFAKEFAKEFAKE', secretAccessKey: 'secret' } as const;
export const EXPIRED_TOKEN = 'expired-session-token';

export interface AwsCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
  readonly at: number;
}

/** What an operation answers instead of its result. */
export interface AwsFault {
  readonly status: number;
  /** AWS's name of the error, such as `ThrottlingException`. */
  readonly type: string;
  readonly message: string;
}

/** Thrown by an operation of a fake to answer with an error of AWS. */
export class AwsError extends Error {
  constructor(readonly fault: AwsFault) {
    super(fault.message);
  }
}

export type AwsOperation = (input: Record<string, unknown>, region: string) => unknown;

export interface AwsFake extends LocalServer {
  /** Every call that got as far as an operation, or to a fault that was put in its way. */
  readonly calls: AwsCall[];
  /** Answers the next calls of an operation with a fault, so many times. */
  failNext(operation: string, fault: AwsFault, times: number): void;
}

export const THROTTLED: AwsFault = { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' };
export const BROKEN: AwsFault = { status: 500, type: 'InternalServerException', message: 'Internal error' };

/** A service that speaks AWS JSON 1.1, as its SDK does: the operation is in a header, the request is signed. */
export async function startAwsFake(options: {
  /** As in the signature's scope: `glue`. */
  readonly service: string;
  /** As in `X-Amz-Target`: `AWSGlue`. */
  readonly target: string;
  readonly operations: Readonly<Record<string, AwsOperation>>;
}): Promise<AwsFake> {
  const calls: AwsCall[] = [];
  const faults = new Map<string, AwsFault[]>();
  const server = await serveLocally(async (request, body, response) => {
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': 'fake',
      });
      response.end(JSON.stringify(value));
    };
    try {
      const region = checkSignature(request.headers, body, options.service);
      const operation = operationOf(request.headers, options.target);
      const input = JSON.parse(body) as Record<string, unknown>;
      calls.push({ operation, input, region, at: Date.now() });
      const fault = faults.get(operation)?.shift();
      if (fault !== undefined) throw new AwsError(fault);
      const run = options.operations[operation];
      if (run === undefined) throw invalid(`The fake has no operation ${operation}.`);
      answer(200, await run(input, region));
    } catch (error) {
      const { status, type, message } =
        error instanceof AwsError ? error.fault : { ...BROKEN, message: String(error) };
      answer(status, { __type: type, message, Message: message });
    }
  });
  return {
    ...server,
    calls,
    failNext(operation, fault, times) {
      const queue = faults.get(operation) ?? [];
      queue.push(...Array.from({ length: times }, () => fault));
      faults.set(operation, queue);
    },
  };
}

export function invalid(message: string): AwsError {
  return new AwsError({ status: 400, type: 'InvalidRequestException', message });
}

function operationOf(headers: IncomingHttpHeaders, target: string): string {
  const [prefix, operation] = String(headers['x-amz-target']).split('.');
  if (prefix !== target || operation === undefined) {
    throw invalid(`The target ${String(headers['x-amz-target'])} is not one of ${target}.`);
  }
  if (headers['content-type'] !== 'application/x-amz-json-1.1')
    throw invalid('The body is not AWS JSON 1.1.');
  return operation;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[\w]+)\/(?<day>\d{8})\/(?<region>[\w-]+)\/(?<service>[\w-]+)\/aws4_request, SignedHeaders=(?<signed>[\w;-]+), Signature=[0-9a-f]{64}$/;

/** The shape of Signature Version 4: scope, signed headers, time and the body's hash. The key itself is not checked. */
function checkSignature(headers: IncomingHttpHeaders, body: string, service: string): string {
  const refuse = (message: string) =>
    new AwsError({ status: 403, type: 'IncompleteSignatureException', message });
  const scope = AUTHORIZATION.exec(headers.authorization ?? '')?.groups;
  if (scope === undefined) throw refuse('The authorization header is not a Signature Version 4.');
  if (scope.service !== service) throw refuse(`The signature is for ${scope.service}, not ${service}.`);
  if (scope.key !== FAKE_CREDENTIALS.accessKeyId) {
    throw new AwsError({
      status: 403,
      type: 'UnrecognizedClientException',
      message: 'The security token is invalid.',
    });
  }
  const date = String(headers['x-amz-date']);
  if (!/^\d{8}T\d{6}Z$/.test(date) || !date.startsWith(scope.day!))
    throw refuse('The date is not that of the scope.');
  const signed = scope.signed!.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-target']) {
    if (!signed.includes(name)) throw refuse(`The header ${name} is not signed.`);
  }
  const hash = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== hash) throw refuse('The body is not the one that was signed.');
  if (headers['x-amz-security-token'] === EXPIRED_TOKEN) {
    throw new AwsError({
      status: 400,
      type: 'ExpiredTokenException',
      message: 'The security token has expired.',
    });
  }
  return scope.region!;
}
