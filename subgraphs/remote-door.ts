import { z } from 'zod';
import { AskgraphError, isErrorCode } from '../schema/errors.js';
import { anySignal } from '../schema/signals.js';
import { BYTES_SCANNED, countScanned } from './bytes-scanned.js';
import type { ResultSet } from './connectors/connector.js';
import type { RequestContext } from './request-context.js';
import type { SubgraphDescription } from './server/sql-route.js';
import type { SignRequest } from './signature/sign-request.js';
import type { SqlDoorResult } from './sql-door.js';

export interface RemoteDoorOptions {
  readonly domain: string;
  /** Where the subgraph's GraphQL is; the door is beside it. */
  readonly url: string;
  readonly sign: SignRequest;
  readonly timeoutMilliseconds: number;
  readonly maximumResponseBytes: number;
}

/** The internal ways into a subgraph that is a server of its own. Errors keep their codes. */
export interface RemoteDoor {
  graphql(query: string, context: RequestContext): Promise<unknown>;
  /** undefined where the server is a subgraph, but none of Askgraph's. */
  describe(context: RequestContext): Promise<SubgraphDescription | undefined>;
  sql(request: RemoteSql, context: RequestContext): Promise<SqlDoorResult>;
  /** Has the engine plan it; a server that is older than this way says nothing. */
  explain(request: RemoteSql, context: RequestContext): Promise<void>;
}

export interface RemoteSql {
  readonly sql: string;
  readonly dialect: string;
  readonly rowLimit: number;
}

const description = z.object({ engine: z.string(), dialect: z.string().nullable() });
const result = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  truncated: z.boolean(),
  bytesScanned: z.string().optional(),
  executedSql: z.string(),
});
const failure = z.object({
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({
          code: z.string(),
          details: z.record(z.string(), z.unknown()).optional(),
        }),
      }),
    )
    .min(1),
});

export function remoteDoor(options: RemoteDoorOptions): RemoteDoor {
  return {
    async graphql(query, context) {
      const { body } = await post(options, new URL(options.url), { query }, context);
      return body;
    },
    async describe(context) {
      const answer = await post(options, new URL('description', options.url), {}, context);
      return description.safeParse(answer.body).data;
    },
    async sql(request, context) {
      const { status, body } = await post(options, new URL('sql', options.url), request, context);
      const read = result.safeParse(body);
      if (status === 200 && read.success) return read.data as ResultSet & { executedSql: string };
      throw errorIn(body, options.domain) ?? unavailable(options, new Error(`HTTP status ${status}`));
    },
    async explain(request, context) {
      const { status, body } = await post(options, new URL('explain', options.url), request, context);
      if (status === 200 || status === 404) return;
      throw errorIn(body, options.domain) ?? unavailable(options, new Error(`HTTP status ${status}`));
    },
  };
}

async function post(
  options: RemoteDoorOptions,
  url: URL,
  content: unknown,
  context: RequestContext,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { timeoutMilliseconds, maximumResponseBytes, domain, sign } = options;
  const body = JSON.stringify(content);
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...sign({ method: 'POST', url, body, context }), 'content-type': 'application/json' },
      body,
      // What is signed is for this address.
      redirect: 'error',
      signal: anySignal([context.signal, timeout]),
    });
    countScanned(response.headers.get(BYTES_SCANNED), context.meter);
    return { status: response.status, body: JSON.parse(await readText(response, maximumResponseBytes)) };
  } catch (thrown) {
    if (thrown instanceof AskgraphError) throw thrown;
    if (context.signal.aborted) throw context.signal.reason;
    if (timeout.aborted) {
      const message = `The subgraph ${domain} did not answer within ${timeoutMilliseconds} ms.`;
      throw new AskgraphError('DEADLINE_EXCEEDED', message, { domain });
    }
    throw unavailable(options, thrown);
  }
}

async function readText(response: Response, maximumBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maximumBytes)
      throw new AskgraphError('QUERY_FAILED', `A subgraph answered with more than ${maximumBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function errorIn(body: unknown, domain: string): AskgraphError | undefined {
  const [error] = failure.safeParse(body).data?.errors ?? [];
  if (error === undefined || !isErrorCode(error.extensions.code)) return undefined;
  return new AskgraphError(error.extensions.code, error.message, {
    domain,
    details: error.extensions.details ?? {},
  });
}

function unavailable({ domain, url }: RemoteDoorOptions, cause: unknown): AskgraphError {
  return new AskgraphError('SUBGRAPH_UNAVAILABLE', `The subgraph ${domain} does not answer at ${url}.`, {
    domain,
    cause,
  });
}
