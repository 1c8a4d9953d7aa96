import type { SubgraphDefinition } from '../../subgraphs/define-subgraph.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { type GraphqlAnswer, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { CALLERS, type CallerName, demoWithPolicies } from './demo-policies.js';

/** The demo under policies, asked over HTTP by callers whose tokens a real issuer has signed. */
export interface SignedCallers {
  readonly gateway: StartedGateway;
  readonly issuer: TokenIssuer;
  headersOf(caller: CallerName): Record<string, string>;
  as<Data = Tree>(caller: CallerName, query: string, variables?: object): Promise<GraphqlAnswer<Data>>;
  close(): Promise<void>;
}

/** An answer of any shape: whatever is read of it is there, or the test fails. */
export interface Tree {
  readonly [name: string]: Tree;
}

export async function startForSignedCallers(
  settings: Readonly<Record<string, string>> = {},
  changes: Readonly<Record<string, Partial<SubgraphDefinition>>> = {},
): Promise<SignedCallers> {
  const issuer = await startTokenIssuer();
  const tokens = new Map<CallerName, string>();
  for (const [name, { roles, ...claims }] of Object.entries(CALLERS)) {
    tokens.set(name as CallerName, await issuer.token({ roles: [...roles], ...claims }));
  }
  const gateway = await startGateway(
    {
      ASKGRAPH_HASH_KEY: 'a secret of the tests only',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
      ...settings,
    },
    await demoWithPolicies(changes),
  );
  const headersOf = (caller: CallerName) => ({
    'content-type': 'application/json',
    authorization: `Bearer ${tokens.get(caller)}`,
  });
  return {
    gateway,
    issuer,
    headersOf,
    as: (caller, query, variables) =>
      send(gateway.url, {
        method: 'POST',
        headers: headersOf(caller),
        body: JSON.stringify({ query, variables }),
      }),
    async close() {
      await gateway.close();
      await issuer.close();
    },
  };
}
