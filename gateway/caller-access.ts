import { createHash } from 'node:crypto';
import { AskgraphError } from '../schema/errors.js';
import { isLoopback } from '../schema/loopback.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { DomainAccess } from '../subgraphs/policy/permissions.js';
import type { Caller } from '../subgraphs/request-context.js';

/** What a caller may see of all domains. */
export interface CallerAccess {
  /** The policy digest: callers of one digest may share what was made for one of them. */
  readonly digest: string;
  readonly domains: ReadonlyMap<string, DomainAccess>;
}

export type AccessOf = (caller: Caller) => CallerAccess;

export function makeAccessOf(subgraphs: readonly Pick<OpenSubgraph, 'name' | 'permissions'>[]): AccessOf {
  return (caller) => {
    const domains = new Map(
      subgraphs.map(({ name, permissions }) => [name, permissions.accessOf(caller)] as const),
    );
    const digests = [...domains].map(([name, { digest }]) => `${name} ${digest}`).join('\n');
    return { digest: createHash('sha256').update(digests).digest('base64url').slice(0, 22), domains };
  };
}

/**
 * A domain without a policy is open to everybody: that is the demo's, which only this machine reaches. Says so.
 * @throws CONFIGURATION_INVALID where others could reach it.
 */
export function checkOpenDomains(
  subgraphs: readonly Pick<OpenSubgraph, 'name' | 'permissions'>[],
  host: string,
  report: (message: string) => void,
): void {
  const open = subgraphs.filter(({ permissions }) => permissions.kind === 'open').map(({ name }) => name);
  if (open.length === 0) return;
  const names = open.join(', ');
  if (!isLoopback(host)) {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `Without a policy, everybody may see everything of ${names}. Write one ("policy" in the domain's subgraph.ts, or a policy.json beside its data), or set HOST to 127.0.0.1.`,
      { details: { domains: open, host } },
    );
  }
  report(`no policy for ${names}: whoever reaches this machine's own address may see everything of it`);
}
