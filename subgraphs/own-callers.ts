import type { Caller, RequestContext } from './request-context.js';
import type { StatementOrigin } from './sql/statement.js';

/** The gateway's own look at what columns hold, from which each caller is told only what they may see. */
export const SAMPLER: Caller = ownCaller('askgraph-sampler');

/**
 * Whoever runs a command of Askgraph where its settings are: they hold the domains' credentials already, so policies
 * would keep nothing from them.
 */
export const OPERATOR: Caller = ownCaller('askgraph-operator');

const OWN: readonly Caller[] = [SAMPLER, OPERATOR];

function ownCaller(name: string): Caller {
  return Object.freeze({ subject: name, roles: Object.freeze([name]), claims: Object.freeze({}) });
}

/** Whether it is one of these very objects, which no request can bring along, whatever it is called. */
export function isOwnCaller(caller: Caller): boolean {
  return OWN.includes(caller);
}

export function ownCallerNamed(subject: string): Caller | undefined {
  return OWN.find((caller) => caller.subject === subject);
}

/** On whose behalf the statements of a request run. Our own run as the source's user: nobody else's role is theirs. */
export function originOf({ requestId, caller }: RequestContext): StatementOrigin {
  return { requestId, caller, runsAs: isOwnCaller(caller) ? 'source' : 'caller' };
}
