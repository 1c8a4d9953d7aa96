import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import { answerSearch, answerWeather } from './embedded-answers.js';
import { readObservations } from './observations.js';

export interface EmbeddedApi {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves real observations of Seattle and New York on loopback, in the shape of Open-Meteo's three APIs. */
export async function startEmbeddedApi(file: URL): Promise<EmbeddedApi> {
  const observations = await readObservations(file);
  const server = createServer(
    listener({
      '/v1/search': answerSearch,
      '/v1/forecast': (query) => answerWeather(observations, query),
      '/v1/archive': (query) => answerWeather(observations, query),
    }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AskgraphError('SOURCE_UNAVAILABLE', 'The embedded weather API cannot listen on 127.0.0.1.', {
          domain: 'product',
          cause,
        }),
      ),
    );
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = (query: URLSearchParams) => unknown;

function listener(answers: Readonly<Record<string, Answer>>): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const answer = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    };
    if (request.method !== 'GET' || answer === undefined) {
      send(404, { error: true, reason: 'Not Found' });
      return;
    }
    try {
      send(200, answer(searchParams));
    } catch (thrown) {
      const { status, message } = asAskgraphError(thrown, 'INTERNAL', 'Internal Server Error');
      send(status, { error: true, reason: message });
    }
  };
}
