import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, postGraphql, send } from '../post-graphql.js';
import { makeHome, type StartedProcess, startProcess } from '../start-process.js';

const WEATHER = '{ product { currentWeather(city: "New York City") { weather { temperatureUnit } } } }';
const CLAIMS = '{ legal { claimsAggregate(where: {fraud: {eq: 1}}) { count } } }';
const FRAUDS = { legal: { claimsAggregate: [{ count: '164' }] } };
const PATIENCE = 120_000;
/** The homes differ, so the two share no key file. */
const KEY = { SUBGRAPH_PRODUCT_KEY: 'k'.repeat(32) };
const TRACE = '0af7651916cd43dd8448eb211c80319c';

/** Stands before a subgraph: it keeps what it was sent in its headers, and adds headers to the answers. */
async function startProxy(
  target: () => string,
): Promise<{ url: string; seen: IncomingHttpHeaders[]; server: Server }> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((incoming, answer) => {
    seen.push(incoming.headers);
    const onward = request(
      `${target()}/graphql`,
      { method: 'POST', headers: incoming.headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, {
          ...response.headers,
          'x-cost': '7',
          'x-inner': 'secret',
          'set-cookie': ['a=1', 'b=2'],
        });
        response.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, seen, server };
}

describe('a remote domain that is written by hand', { timeout: PATIENCE }, () => {
  const home = makeHome('shared');
  const subgraphHome = makeHome('shared');
  let subgraph: StartedProcess | undefined;
  let proxy: Awaited<ReturnType<typeof startProxy>>;

  const startGateway = (more: Record<string, string> = {}): Promise<StartedProcess> =>
    startProcess(['serve', '--port', '0'], {
      ASKGRAPH_HOME: home.path,
      SUBGRAPH_PRODUCT_URL: proxy.url,
      ...KEY,
      ...more,
    });

  beforeAll(async () => {
    proxy = await startProxy(() => subgraph?.url ?? 'http://127.0.0.1:1');
  });
  afterAll(async () => {
    proxy.server.closeAllConnections();
    proxy.server.close();
    await subgraph?.stop();
    home.remove();
    subgraphHome.remove();
  });

  it('costs its own namespace where it is down and has never said what it has', async () => {
    const gateway = await startGateway();
    const { data, errors } = await postGraphql<object>(
      gateway.url,
      `{ product { __typename } ${CLAIMS.slice(1)}`,
    );
    expect(data).toEqual({ product: null, ...FRAUDS });
    expect(errors).toMatchObject([{ path: ['product'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    expect((await gateway.stop()).code).toBe(0);
  });

  it('hears of the trace and of the headers that rules let on, and gives back those that rules let back', async () => {
    subgraph = await startProcess(['subgraph', 'product', '--port', '0'], {
      ASKGRAPH_HOME: subgraphHome.path,
      ...KEY,
    });
    const gateway = await startGateway({
      FORWARD_HEADERS: 'x-tenant -> x-customer, x-other @ legal',
      RETURN_HEADERS: 'x-cost -> x-price',
    });
    const answer = await send(gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
        'x-tenant': 'acme',
        'x-other': 'no',
        'x-secret': 'kept here',
      },
      body: JSON.stringify({ query: WEATHER }),
    });
    expect(answer.errors).toBeUndefined();
    expect(answer.headers.get('x-price')).toBe('7');
    for (const name of ['set-cookie', 'x-inner', 'x-cost']) expect(answer.headers.get(name)).toBeNull();
    const heard = proxy.seen.at(-1);
    expect(heard?.traceparent).toMatch(new RegExp(`^00-${TRACE}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
    expect(heard).toMatchObject({
      'x-customer': 'acme',
      'x-askgraph-request-id': answer.headers.get('x-request-id'),
    });
    for (const name of ['x-tenant', 'x-other', 'x-secret']) expect(heard).not.toHaveProperty(name);
    expect((await gateway.stop()).code).toBe(0);
  });

  it('gives cookies back only where a rule names them', async () => {
    const gateway = await startGateway({ RETURN_HEADERS: 'set-cookie @ product' });
    const { headers } = await postGraphql(gateway.url, WEATHER);
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect((await gateway.stop()).code).toBe(0);
  });

  it('is known by what it last said where it is down at the start, and answers as soon as it is back', async () => {
    await subgraph?.stop();
    subgraph = undefined;
    const gateway = await startGateway();
    const down = await postGraphql(gateway.url, WEATHER);
    expect(down.data).toEqual({ product: null });
    expect(codesOf(down)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect((await postGraphql(gateway.url, CLAIMS)).data).toEqual(FRAUDS);
    subgraph = await startProcess(['subgraph', 'product', '--port', '0'], {
      ASKGRAPH_HOME: subgraphHome.path,
      ...KEY,
    });
    const back = await postGraphql<object>(gateway.url, WEATHER);
    expect(back.errors).toBeUndefined();
    expect(back.data).toHaveProperty('product.currentWeather');
    expect((await gateway.stop()).code).toBe(0);
  });
});
