import type { AskgraphError } from '../../schema/errors.js';
import type { DomainAccess } from '../policy/permissions.js';
import type { RequestContext } from '../request-context.js';
import type { Reads } from '../sql/statement.js';
import type { AuditEntry, AuditFacts } from './audit-trail.js';

/** Under which of a domain's rules a statement was made: their digest, and what they take of what it reads. */
export function policyFacts(
  { digest, tables, maximumRows }: Pick<DomainAccess, 'digest' | 'tables' | 'maximumRows'>,
  reads: Reads,
): AuditFacts {
  const restricted = [...reads].flatMap(([name, columns]) => {
    const access = tables.get(name);
    if (access === undefined) return [];
    const touched = (of: Iterable<string> = []) => [...of].filter((column) => columns.has(column)).sort();
    const facts = {
      rows: access.rows === undefined ? 'all' : 'filtered',
      masked: touched(access.cells.keys()),
      aggregatesOnly: touched(access.aggregateOnly?.columns),
    };
    return [[name, facts] as const];
  });
  return {
    digest,
    restricted: Object.fromEntries(restricted),
    ...(maximumRows === undefined ? {} : { maximumRows }),
  };
}

/** That a domain's rules refused what was asked: of whom, by which code, about which name. */
export function policyRefusal(
  { code, details }: AskgraphError,
  domain: string,
  { digest }: Pick<DomainAccess, 'digest'>,
  { requestId, caller }: Pick<RequestContext, 'requestId' | 'caller'>,
): AuditEntry {
  const names = ['table', 'column', 'kind', 'name'].flatMap((key) => {
    const value = details[key];
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
  return {
    kind: 'policy',
    decision: 'refused',
    requestId,
    caller,
    domain,
    code,
    facts: { digest, ...Object.fromEntries(names) },
  };
}
