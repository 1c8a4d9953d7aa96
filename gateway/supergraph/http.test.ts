import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { testContext } from './conformance/test-context.js';
import { type HttpTransportOptions, httpTransport } from './http.js';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server };
}

function transport(url: string, changes: Partial<HttpTransportOptions> = {}) {
  return httpTransport({
    subgraph: 'far',
    url,
    timeoutMilliseconds: 2000,
    maximumResponseBytes: 1000,
    headers: () => ({ 'x-test': 'yes' }),
    ...changes,
  });
}

const request = () => ({ query: '{ a }', context: testContext() });

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('httpTransport', () => {
  it('posts JSON with the headers it was given, on a connection that it keeps', async () => {
    const seen: unknown[] = [];
    const ports = new Set<number | undefined>();
    const { url } = await serve(async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      ports.add(incoming.socket.remotePort);
      seen.push({ method: incoming.method, test: incoming.headers['x-test'], body: JSON.parse(body) });
      response.end('{"data":{"a":1}}');
    });
    const far = transport(url);
    await far.execute({ ...request(), operationName: 'Q', variables: { n: 1 } });
    const result = await far.execute({ ...request(), variables: { n: 2 }, variablesJson: '{"n":2}' });
    expect(result).toEqual({ data: { a: 1 } });
    expect(seen).toEqual([
      { method: 'POST', test: 'yes', body: { query: '{ a }', operationName: 'Q', variables: { n: 1 } } },
      { method: 'POST', test: 'yes', body: { query: '{ a }', variables: { n: 2 } } },
    ]);
    expect(ports.size).toBe(1);
    await far.close();
  });

  it('takes errors with any status as an answer', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(400).end('{"errors":[{"message":"no"}]}');
    });
    await expect(transport(url).execute(request())).resolves.toEqual({ errors: [{ message: 'no' }] });
  });

  it.each([
    ['a page', 502, '<html>Bad gateway</html>'],
    ['JSON that is no answer', 200, '{"hello":"world"}'],
    ['no data and no errors', 200, '{"data":null,"errors":[]}'],
    ['nothing', 204, ''],
  ])('names a server that answers with %s', async (_, status, body) => {
    const { url } = await serve((_incoming, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    });
    await expect(transport(url).execute(request())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      message: `Subgraph "far" answered with status ${status} and text/html, which is no GraphQL answer.`,
    });
  });

  it('names a server that is not there', async () => {
    const { url, server } = await serve(() => {});
    await new Promise((resolve) => server.close(resolve));
    await expect(transport(url).execute(request())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      message: 'Subgraph "far" cannot be reached.',
    });
  });

  it('gives up on a server that does not answer, or does not finish', async () => {
    const { url } = await serve((incoming, response) => {
      if (incoming.url === '/slow') response.write('{"data":');
    });
    const impatient = { timeoutMilliseconds: 50 };
    const expected = { code: 'DEADLINE_EXCEEDED', message: 'Subgraph "far" did not answer within 50 ms.' };
    await expect(transport(url, impatient).execute(request())).rejects.toMatchObject(expected);
    const unfinished = transport(url.replace('/graphql', '/slow'), impatient);
    await expect(unfinished.execute(request())).rejects.toMatchObject(expected);
  });

  it('reads no more than it may', async () => {
    const { url } = await serve((_, response) => {
      response.end(JSON.stringify({ data: { a: 'x'.repeat(2000) } }));
    });
    await expect(transport(url).execute(request())).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  });

  it('lets go of the connection when the request is cancelled', async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { url } = await serve((incoming) => {
      incoming.socket.on('close', closed);
      controller.abort();
    });
    const controller = new AbortController();
    const context = testContext({ signal: controller.signal });
    await expect(transport(url).execute({ ...request(), context })).rejects.toBeDefined();
    await gone;
  });

  it('sends a read anew when the kept connection was closed, and never a mutation', async () => {
    let served = 0;
    const { url } = await serve((incoming, response) => {
      served += 1;
      // Every second request meets a connection that is just being closed.
      if (served % 2 === 0) incoming.socket.destroy();
      else response.end('{"data":{"a":1}}');
    });
    const far = transport(url);
    await far.execute(request());
    await expect(far.execute(request())).resolves.toEqual({ data: { a: 1 } });
    await expect(far.execute({ ...request(), query: 'mutation { a }' })).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(served).toBe(4);
  });

  it('finishes what is under way when it is closed, and still carries what comes late', async () => {
    const { url } = await serve((_, response) => {
      setTimeout(() => response.end('{"data":{"a":1}}'), 30);
    });
    const far = transport(url);
    const pending = far.execute(request());
    await far.close();
    await expect(pending).resolves.toEqual({ data: { a: 1 } });
    await expect(far.execute(request())).resolves.toEqual({ data: { a: 1 } });
  });
});
