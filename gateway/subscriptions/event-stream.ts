import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { createHandler } from 'graphql-sse';
import { AskgraphError } from '../../schema/errors.js';
import { asGraphQLRefusal } from '../errors.js';

type Results = AsyncGenerator<ExecutionResult, void, void>;

export const EVENT_STREAM = 'text/event-stream';

/** Writes results as server-sent events, in the distinct connections mode of GraphQL over SSE. */
const handle = createHandler<FastifyRequest, Results>({
  // Without a token, every operation has a connection of its own.
  authenticate: () => null,
  onSubscribe: ({ context }) => context,
});
/** What a client asks for has been read and let through when its results are there. */
const READ_ALREADY = { query: 'subscription { ask }' };

export function takesEvents({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').toLowerCase().includes(EVENT_STREAM);
}

export interface EventStreamOptions {
  readonly format: (error: GraphQLError) => GraphQLFormattedError;
  /** The largest single event, in bytes. */
  readonly limitBytes: number;
}

/** Answers a request with results as they come, and ends with the last of them or when the client goes away. */
export async function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  results: Results,
  options: EventStreamOptions,
): Promise<FastifyReply> {
  const [events] = await handle({
    method: 'POST',
    url: request.url,
    headers: new Headers({ accept: EVENT_STREAM, 'content-type': 'application/json' }),
    body: READ_ALREADY,
    raw: request,
    context: presented(results, request.id, options),
  });
  if (events === null || typeof events === 'string')
    throw new AskgraphError('INTERNAL', 'The subscription could not be answered as an event stream.');
  reply
    .type(EVENT_STREAM)
    .header('cache-control', 'private, no-store')
    // Proxies that keep an answer back until it is whole are asked not to.
    .header('x-accel-buffering', 'no')
    .send(Readable.from(events));
  // A client that goes away ends it no worse than the last event does.
  await finished(reply.raw).catch(() => {});
  return reply;
}

/** Results as clients may see them: their errors in our words and form, and none larger than an answer may be. */
async function* presented(results: Results, requestId: string, options: EventStreamOptions): Results {
  const { format, limitBytes } = options;
  const tell = (error: GraphQLError) => {
    const formatted = format(error);
    return { ...formatted, extensions: { ...formatted.extensions, requestId } };
  };
  for await (const result of results) {
    if (Buffer.byteLength(JSON.stringify(result)) > limitBytes) {
      const message = `The answer is larger than ${limitBytes} bytes: ask for fewer rows or fields.`;
      const refusal = new AskgraphError('TOO_COMPLEX', message, { details: { limit: limitBytes } });
      yield { errors: [tell(asGraphQLRefusal(refusal))] } as unknown as ExecutionResult;
      return;
    }
    yield result.errors === undefined
      ? result
      : ({ ...result, errors: result.errors.map(tell) } as unknown as ExecutionResult);
  }
}
