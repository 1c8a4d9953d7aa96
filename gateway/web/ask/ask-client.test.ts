import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './ask-client.js';

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/graphql`;
}

const reply = (status: number, body: string, headers: Record<string, string> = {}) =>
  serve((_request, response) => response.writeHead(status, headers).end(body));

const question = { question: 'How many?' };
const patience = (): AbortSignal => AbortSignal.timeout(10_000);

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('asking the gateway', () => {
  it('sends the input as a variable of one query and gives the answer back', async () => {
    let sent: unknown;
    const url = await serve(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      sent = JSON.parse(Buffer.concat(chunks).toString());
      response.end(JSON.stringify({ data: { ask: { id: 'a1', text: '172,456' } } }));
    });
    const outcome = await ask(url, { ...question, choiceId: 'c2' }, patience());
    expect(outcome).toEqual({ kind: 'answered', answer: { id: 'a1', text: '172,456' } });
    expect(sent).toMatchObject({
      operationName: 'Ask',
      variables: { input: { question: 'How many?', choiceId: 'c2' } },
    });
  });

  it("tells a GraphQL error in the gateway's words, with its code and request", async () => {
    const error = {
      message: 'The question is empty.',
      extensions: { code: 'BAD_USER_INPUT', requestId: 'r-1' },
    };
    const url = await reply(400, JSON.stringify({ errors: [error], data: { ask: null } }));
    const outcome = await ask(url, question, patience());
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { message: 'The question is empty.', code: 'BAD_USER_INPUT', requestId: 'r-1' },
    });
  });

  it("tells the status of an error page that is not the gateway's, and the request's id from the header", async () => {
    const url = await reply(502, '<h1>Bad Gateway</h1>', { 'x-request-id': 'proxy-7' });
    const outcome = await ask(url, question, patience());
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { title: 'The server answered 502 Bad Gateway', requestId: 'proxy-7' },
    });
  });

  it.each(['', 'null', '[]', '{"data":{}}', '<p>signed out</p>'])(
    'does not take %j for an answer',
    async (body) => {
      const url = await reply(200, body);
      const outcome = await ask(url, question, patience());
      expect(outcome).toMatchObject({ kind: 'failed', failure: { title: 'The answer could not be read' } });
    },
  );

  it('says that the gateway cannot be reached when the connection breaks', async () => {
    const url = await serve((request) => request.socket.destroy());
    const outcome = await ask(url, question, patience());
    expect(outcome).toMatchObject({ kind: 'failed', failure: { title: 'Askgraph could not be reached' } });
  });

  it('is cancelled, not failed, when its signal is aborted', async () => {
    const reader = new AbortController();
    const url = await serve(() => reader.abort());
    expect(await ask(url, question, reader.signal)).toEqual({ kind: 'cancelled' });
  });
});
