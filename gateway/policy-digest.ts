import { createHash } from 'node:crypto';
import type { Caller } from '../subgraphs/request-context.js';

/** A hash of what decides what a caller may see: callers of one digest may share what was made for one of them. */
export function policyDigestOf(caller: Caller): string {
  const claims = Object.entries(caller.claims).sort(([a], [b]) => (a < b ? -1 : 1));
  const rights = { roles: [...caller.roles].sort(), claims };
  return createHash('sha256').update(JSON.stringify(rights)).digest('base64url').slice(0, 22);
}
