import type { AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import { BYTES_SCANNED, countScanned } from '../../subgraphs/bytes-scanned.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import { isUnavailable } from '../../subgraphs/unavailable-subgraph.js';
import type { buildAskSubgraph } from '../ask/schema/schema.js';
import { directiveRefusal } from '../audit/policy-events.js';
import type { Config } from '../config.js';
import { signerFor } from '../remote-signer.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { composedPart, findDomainsApart } from '../supergraph/domain-apart.js';
import { overridesByRules } from '../supergraph/label-rules.js';
import { localTransport } from '../supergraph/local.js';
import { deduplicated, type OwnHeaders, remoteTransport } from '../supergraph/remote-transport.js';
import { assertEntitiesHaveOneOwner } from '../supergraph/shared-entities.js';
import { createSupergraph, type Supergraph } from '../supergraph/supergraph.js';
import type { Transport } from '../supergraph/transport.js';

const PARSED_DOCUMENTS = 2_000;
const PREPARED_OPERATIONS = 1_000;
const ASK_SUBGRAPH = 'askgraph';

/** Composes open domains with `ask` into one supergraph, over transports to each. */
export async function openSupergraph(
  subgraphs: readonly OpenSubgraph[],
  own: Awaited<ReturnType<typeof buildAskSubgraph>>,
  config: Config,
  audit: AuditTrail,
): Promise<Supergraph> {
  const possible = subgraphs.map((subgraph) => {
    const { name, printed } = subgraph;
    return { name, printed: config.remoteSubgraphs.has(name) ? undefined : printed, subgraph };
  });
  const apart = findDomainsApart([
    ...possible.map(({ name, printed, subgraph }) => ({
      name,
      printed,
      // Of what was printed here the whole text is not needed.
      sdl: printed === undefined ? subgraph.sdl : '',
    })),
    { name: ASK_SUBGRAPH, printed: undefined, sdl: own.sdl },
  ]);
  const kept = new Map(apart.map((domain) => [domain.subgraph, domain]));
  const sources = subgraphs.map((subgraph) => {
    const { name } = subgraph;
    const domain = kept.get(name);
    return {
      name,
      sdl: domain === undefined ? subgraph.sdl : composedPart(domain),
      url: config.remoteSubgraphs.get(name) ?? `local:${name}`,
    };
  });
  assertEntitiesHaveOneOwner(sources);
  const sdl = await composeSupergraph([
    ...sources,
    { name: ASK_SUBGRAPH, sdl: own.sdl, url: `local:${ASK_SUBGRAPH}` },
  ]);
  const transports = new Map<string, Transport>();
  const { traffic } = config;
  const local = (schema: OpenSubgraph['schema']) =>
    localTransport({ schema, parsedDocuments: PARSED_DOCUMENTS });
  for (const subgraph of subgraphs) {
    const { name, schema } = subgraph;
    // A remote domain that has never said what it has is answered for here.
    const url = isUnavailable(subgraph) ? undefined : config.remoteSubgraphs.get(name);
    const transport =
      url === undefined
        ? deduplicated(local(schema), traffic, () => ({}))
        : remoteTransport(name, url, traffic, signed(name, url, config), (headers, { meter }) =>
            countScanned(headers[BYTES_SCANNED], meter),
          );
    transports.set(name, transport);
  }
  transports.set(ASK_SUBGRAPH, local(own.schema));
  return createSupergraph({
    sdl,
    apart,
    transports,
    preparedOperations: PREPARED_OPERATIONS,
    overrides: overridesByRules(traffic.labelRules),
    onLeftOut: (leftOut, context) => audit.note(directiveRefusal([...leftOut], context)),
  });
}

/** Every request to a domain that runs elsewhere says for whom it is, and that it is the gateway's. */
function signed(name: string, address: string, config: Config): OwnHeaders {
  const url = new URL(address);
  const sign = signerFor(name, url, config);
  return (context, body) => sign({ method: 'POST', url, body, context });
}
