import type { IncomingMessage } from 'node:http';
import { isJsonObject, type JsonObject } from '../json.js';
import { mayBeForged } from './forgery.js';
import { isJsonBody } from './media-type.js';
import { type Refused, refuse } from './refusal.js';

/** What a client asks, before anything of it has been looked at. */
export interface GraphqlParameters {
  readonly method: 'GET' | 'POST';
  readonly query: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<JsonObject> | undefined;
  readonly extensions: Readonly<JsonObject> | undefined;
}

const FORGED =
  'This request may have been forged by a page of another origin. Send it with the content type ' +
  '"application/json", or with a header "apollo-require-preflight".';

/** Reads a GraphQL request: JSON by POST, or the parameters of a GET. */
export async function readRequest(
  request: IncomingMessage,
  maximumBytes: number,
): Promise<GraphqlParameters | Refused> {
  const { method, headers } = request;
  if (method !== 'POST' && method !== 'GET') {
    return refuse(405, 'GraphQL is answered by POST and by GET.', { allow: 'GET, POST' });
  }
  if (mayBeForged(headers)) return refuse(400, FORGED);
  if (method === 'GET') return readSearch(request.url ?? '');
  if (!isJsonBody(headers['content-type'])) {
    return refuse(
      415,
      'The request body must be JSON in UTF-8: send it with "content-type: application/json".',
    );
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return refuse(415, 'A compressed request body is not taken.', { 'accept-encoding': 'identity' });
  }
  const text = await readText(request, maximumBytes);
  if (text === undefined) {
    const message = `The request is larger than ${maximumBytes} bytes.`;
    return { refusal: { status: 413, code: 'PAYLOAD_TOO_LARGE', message, headers: { connection: 'close' } } };
  }
  const body = parseJson(text);
  if (body === undefined) return refuse(400, 'The request body is not valid JSON.');
  if (Array.isArray(body)) return refuse(400, 'Several operations in one request (batching) are not taken.');
  if (!isJsonObject(body)) return refuse(400, 'The request body must be a JSON object.');
  return checkParameters('POST', body);
}

function readSearch(url: string): GraphqlParameters | Refused {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  const parameters: JsonObject = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    const values = search.getAll(name);
    if (values.length > 1) return refuse(400, `"${name}" is given more than once.`);
    const [value] = values;
    if (value === undefined || value === '') continue;
    const isJson = name === 'variables' || name === 'extensions';
    parameters[name] = isJson ? parseJson(value) : value;
    if (parameters[name] === undefined) return refuse(400, `"${name}" is not valid JSON.`);
  }
  return checkParameters('GET', parameters);
}

function checkParameters(method: 'GET' | 'POST', body: JsonObject): GraphqlParameters | Refused {
  const { query, operationName, variables, extensions } = body;
  if (!isAbsent(query) && typeof query !== 'string') return refuse(400, '"query" must be a string.');
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    return refuse(400, '"operationName" must be a string.');
  }
  if (!isAbsent(variables) && !isJsonObject(variables)) return refuse(400, '"variables" must be an object.');
  if (!isAbsent(extensions) && !isJsonObject(extensions))
    return refuse(400, '"extensions" must be an object.');
  return {
    method,
    query: query ?? undefined,
    operationName: operationName === '' ? undefined : (operationName ?? undefined),
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The body as text; undefined where it is larger than it may be. */
function readText(request: IncomingMessage, maximumBytes: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maximumBytes) {
        request.pause();
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => {
      const [first] = chunks;
      resolve(
        (chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length)).toString('utf8'),
      );
    });
    request.on('error', reject);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
