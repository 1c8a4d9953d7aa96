import type { RequestContext } from '../../subgraphs/request-context.js';
import { deduplicatedTransport } from './deduplicated.js';
import { compileHeaderRules } from './header-rules.js';
import { type HttpTransportOptions, httpTransport } from './http.js';
import { resilientTransport } from './resilient.js';
import type { SubgraphTraffic } from './subgraph-settings.js';
import type { Transport } from './transport.js';

type Headers = (context: RequestContext) => Readonly<Record<string, string>>;
/** The headers that the gateway itself gives a request with this body. */
export type OwnHeaders = (context: RequestContext, body: string) => Readonly<Record<string, string>>;

/**
 * The way to a subgraph that is a server of its own, with all that protects it and the gateway: timeout, limit on
 * concurrency, retries, circuit breaker. No rule overrides the headers
 * that are the gateway's own.
 */
export function remoteTransport(
  subgraph: string,
  url: string,
  traffic: SubgraphTraffic,
  own: OwnHeaders,
  onHeaders?: HttpTransportOptions['onHeaders'],
): Transport {
  const rules = compileHeaderRules(traffic.forwardRules, subgraph);
  const forwarded: Headers = ({ http }) => (http === undefined ? {} : rules(http.headers));
  const transport = httpTransport({
    subgraph,
    url,
    timeoutMilliseconds: traffic.timeoutMilliseconds,
    maximumResponseBytes: traffic.maximumResponseBytes,
    headers: (context, body) => ({ ...forwarded(context), ...own(context, body) }),
    onHeaders,
  });
  return deduplicated(resilientTransport(transport, { subgraph, ...traffic.resilience }), traffic, forwarded);
}

/** Sends reads that are the same once, where that is asked for. `forwarded` are the client's headers that are sent. */
export function deduplicated(
  transport: Transport,
  { deduplication }: SubgraphTraffic,
  forwarded: Headers,
): Transport {
  return deduplication === 'on'
    ? deduplicatedTransport(transport, (context) => JSON.stringify(forwarded(context)))
    : transport;
}
