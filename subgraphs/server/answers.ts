import type { ServerResponse } from 'node:http';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';

const CLIENT_GONE = 499;

/** Whatever was thrown, as an answer: its code and facts travel, its cause stays here. */
export function sendError(response: ServerResponse, thrown: unknown): void {
  const error = asAskgraphError(thrown, 'INTERNAL', 'Something went wrong inside the subgraph.');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error.status === 401) response.setHeader('www-authenticate', 'Askgraph-Signature');
  // Whoever sends too much is not listened to any longer.
  if (error.status === 413) response.setHeader('connection', 'close');
  send(response, error.status === CLIENT_GONE ? 400 : error.status, errorBody(error));
}

function errorBody(error: AskgraphError): unknown {
  return { errors: [{ message: error.message, extensions: errorExtensions(error) }] };
}

export function errorExtensions({ code, details, domain }: AskgraphError): Record<string, unknown> {
  return {
    code,
    ...(domain === undefined ? {} : { domain }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Refuses another method than the one that is taken. */
export function sendNotAllowed(response: ServerResponse, allowed: string): void {
  response.setHeader('allow', allowed);
  send(response, 405, errorBody(new AskgraphError('BAD_REQUEST', `Send this by ${allowed}.`)));
}
