import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AskgraphError, asAskgraphError, challenge, retryAfter } from '../schema/errors.js';

/** Everything that is refused or fails outside GraphQL is answered in the shape of a GraphQL error. */
export function answerErrors(fastify: FastifyInstance): void {
  fastify.setErrorHandler(answerError);
  fastify.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0];
    sendError(
      new AskgraphError('NOT_FOUND', `There is nothing at ${request.method} ${path}.`),
      request,
      reply,
    );
  });
}

export function answerError(
  error: Pick<FastifyError, 'statusCode' | 'code'>,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof AskgraphError && error.status < 500) {
    sendError(error, request, reply);
    return;
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    const fault = asAskgraphError(error, 'INTERNAL', 'Something went wrong inside the gateway.');
    request.log.error({ error: fault }, 'request failed');
    sendError(fault, request, reply);
    return;
  }
  const refusal = refusalOf(status, error);
  sendError(refusal, request, reply, refusal.code === 'BAD_REQUEST' ? status : refusal.status);
}

function refusalOf(status: number, error: Pick<FastifyError, 'code'>): AskgraphError {
  switch (status) {
    case 413:
      return new AskgraphError('PAYLOAD_TOO_LARGE', 'The request is too large.', { cause: error });
    // A path that leads out of the pages' folder: what is there is nobody's business.
    case 403:
    case 404:
      return new AskgraphError('NOT_FOUND', 'There is nothing at this address.', { cause: error });
    default:
      return new AskgraphError('BAD_REQUEST', badRequestMessage(error), { cause: error });
  }
}

function badRequestMessage(error: Pick<FastifyError, 'code'>): string {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The request body is not valid JSON.';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'The request body must be JSON: send it with "content-type: application/json".';
    case 'FST_ERR_BAD_URL':
      return 'The address cannot be read.';
    default:
      return 'The request cannot be read.';
  }
}

/** `status`: where the protocol has a finer one than the code. */
export function sendError(
  error: AskgraphError,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number = error.status,
): void {
  const seconds = retryAfter(error);
  if (seconds !== undefined) reply.header('retry-after', seconds);
  const extensions = { code: error.code, requestId: request.id };
  if (status === 401) reply.header('www-authenticate', challenge(error));
  reply.status(status).send({ errors: [{ message: error.message, extensions }] });
}
