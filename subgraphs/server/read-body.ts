import type { IncomingMessage } from 'node:http';
import { AskgraphError } from '../../schema/errors.js';

/** Reads a body whole. Rejects with PAYLOAD_TOO_LARGE past the limit; the rest is then let go by unread. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limitBytes) return;
      request.off('data', collect).resume();
      reject(new AskgraphError('PAYLOAD_TOO_LARGE', `The request is larger than ${limitBytes} bytes.`));
    };
    request.on('data', collect);
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', (cause) =>
      reject(new AskgraphError('CANCELLED', 'The request was cut off.', { cause })),
    );
  });
}

/** Throws BAD_REQUEST. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AskgraphError('BAD_REQUEST', 'The request body is not valid JSON.', { cause });
  }
}
