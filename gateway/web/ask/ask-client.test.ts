import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './ask-client.js';
import { advance, NOTHING_YET, type Progress } from './progress.js';

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

/** Answers with these messages, as an event stream. */
const stream = (...messages: readonly string[]) =>
  reply(200, messages.join(''), { 'content-type': 'text/event-stream' });
const next = (result: object) => `event: next\ndata: ${JSON.stringify(result)}\n\n`;
const told = (event: object) => next({ data: { ask: event } });
const COMPLETE = 'event: complete\ndata:\n\n';

function askAt(url: string, signal: AbortSignal = patience()) {
  return ask(url, question, signal, () => {});
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('asking the gateway', () => {
  it('sends the input as a variable of one subscription, and gives the answer that it ends with', async () => {
    let sent: unknown;
    const url = await serve(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      sent = JSON.parse(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(told({ __typename: 'AskDone', answer: { id: 'a1', text: '172,456' } }) + COMPLETE);
    });
    const outcome = await ask(url, { ...question, choiceId: 'c2' }, patience(), () => {});
    expect(outcome).toEqual({ kind: 'answered', answer: { id: 'a1', text: '172,456' } });
    expect(sent).toMatchObject({
      operationName: 'Ask',
      variables: { input: { question: 'How many?', choiceId: 'c2' } },
    });
  });

  it('tells what comes before the answer, from which its progress is made', async () => {
    const columns = [{ name: 'n', label: 'number', type: 'BIGINT', unit: null, masked: false }];
    const url = await stream(
      told({ __typename: 'AskStarted' }),
      told({ __typename: 'StepChanged', step: { name: 'a', domain: 'hr', status: 'RUNNING' } }),
      told({ __typename: 'RowsArrived', stepName: 'a', columns, rows: [['7'], ['22']] }),
      told({ __typename: 'RowsArrived', stepName: 'combine', columns, rows: [['29']] }),
      told({ __typename: 'TextDelta', text: 'It is 29.' }),
      told({ __typename: 'TextDelta', text: ' That is all.' }),
      told({ __typename: 'AskDone', answer: { id: 'a1' } }),
      COMPLETE,
    );
    const steps: Progress[] = [NOTHING_YET];
    await ask(url, question, patience(), (event) => steps.push(advance(steps.at(-1) ?? NOTHING_YET, event)));
    expect(steps.map(({ running }) => running)).toEqual([
      undefined,
      undefined,
      'hr',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(steps[3]?.rows).toMatchObject({ stepName: 'a', table: { rows: [['7'], ['22']] } });
    expect(steps.at(-1)).toMatchObject({
      text: 'It is 29. That is all.',
      rows: { stepName: 'combine', table: { columns, rows: [['29']] } },
    });
  });

  it("tells a GraphQL error in the gateway's words, with its code and request", async () => {
    const error = {
      message: 'The question is empty.',
      extensions: { code: 'BAD_USER_INPUT', requestId: 'r-1' },
    };
    const failure = { message: 'The question is empty.', code: 'BAD_USER_INPUT', requestId: 'r-1' };
    const refused = await reply(400, JSON.stringify({ errors: [error] }));
    expect(await askAt(refused)).toMatchObject({ kind: 'failed', failure });
    const fault = { code: 'BAD_USER_INPUT', message: 'The question is empty.', requestId: 'r-1' };
    for (const message of [next({ errors: [error] }), told({ __typename: 'AskFailed', fault })])
      expect(await askAt(await stream(message, COMPLETE))).toMatchObject({ kind: 'failed', failure });
  });

  it("tells the status of an error page that is not the gateway's, and the request's id from the header", async () => {
    const url = await reply(502, '<h1>Bad Gateway</h1>', { 'x-request-id': 'proxy-7' });
    const outcome = await askAt(url);
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { title: 'The server answered 502 Bad Gateway', requestId: 'proxy-7' },
    });
  });

  it.each([
    ['text/html', '<p>signed out</p>'],
    ['application/json', '{"data":{}}'],
    ['text/event-stream', COMPLETE],
    ['text/event-stream', 'event: next\ndata: <p>\n\n'],
    ['text/event-stream', next({ data: {} }) + COMPLETE],
  ])('does not take %s of %j for an answer', async (contentType, body) => {
    const outcome = await askAt(await reply(200, body, { 'content-type': contentType }));
    expect(outcome).toMatchObject({ kind: 'failed', failure: { title: 'The answer could not be read' } });
  });

  it('says that the gateway cannot be reached when the connection breaks', async () => {
    const url = await serve((request) => request.socket.destroy());
    const outcome = await askAt(url);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { title: 'Askgraph could not be reached' } });
  });

  it('is cancelled, not failed, when its signal is aborted', async () => {
    const reader = new AbortController();
    const url = await serve(() => reader.abort());
    expect(await askAt(url, reader.signal)).toEqual({ kind: 'cancelled' });
  });
});
