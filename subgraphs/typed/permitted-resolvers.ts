import type { DomainModel } from '../../schema/domain-model.js';
import { makeDomainModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { policyRefusal } from '../audit/policy-facts.js';
import type { Connector } from '../connectors/connector.js';
import type { DescribedDomain } from '../describe-domain.js';
import { visibleMetrics } from '../metrics/visible-metrics.js';
import type { DomainAccess, Permissions } from '../policy/permissions.js';
import type { RequestContext } from '../request-context.js';
import { resolveEntities } from './entities.js';
import { makeResolvers, type ResolverMap } from './resolvers.js';
import type { TypedDomain } from './typed-domain.js';

export interface PermittedDomain {
  readonly domain: DescribedDomain;
  /** Of the whole catalog. */
  readonly model: DomainModel;
  readonly connector: Connector;
  readonly permissions: Permissions;
  readonly audit: AuditTrail;
}

export interface PermittedResolvers {
  readonly resolvers: ResolverMap;
  readonly resolveEntities: EntitiesResolver;
}

type EntitiesResolver = ReturnType<typeof resolveEntities>;

/**
 * The resolvers of a domain for whoever asks: each hands over to those made for what the caller may see, which know of
 * nothing else. They are made once for each access, and go with it.
 */
export function makePermittedResolvers(options: PermittedDomain): PermittedResolvers {
  const { domain, permissions, audit } = options;
  const made = new WeakMap<DomainAccess, PermittedResolvers>();
  const resolversFor = (context: unknown): PermittedResolvers => {
    const access = permissions.accessOf((context as RequestContext).caller);
    let resolvers = made.get(access);
    if (resolvers === undefined) {
      resolvers = resolversOf(typedFor(options, access));
      made.set(access, resolvers);
    }
    return resolvers;
  };
  const { whole } = permissions;
  const all = resolversOf({ ...options, catalog: whole.catalog, access: whole, metrics: domain.metrics });
  if (permissions.kind === 'open') return all;
  const handOver: ResolverMap = {};
  for (const [type, fields] of Object.entries(all.resolvers)) {
    handOver[type] = {};
    for (const field of Object.keys(fields)) {
      handOver[type][field] = (...input) => {
        // A reference is resolved without arguments of a field: its context comes second.
        const context = field === '__resolveReference' ? input[1] : input[2];
        const resolve = resolversFor(context).resolvers[type]?.[field];
        if (resolve === undefined) {
          const error = unknown(domain.name, type, field);
          const request = context as RequestContext;
          audit.note(policyRefusal(error, domain.name, permissions.accessOf(request.caller), request));
          throw error;
        }
        return resolve(...input);
      };
    }
  }
  return {
    resolvers: handOver,
    resolveEntities: (...input) => resolversFor(input[2]).resolveEntities(...input),
  };
}

function resolversOf(domain: TypedDomain): PermittedResolvers {
  return { resolvers: makeResolvers(domain), resolveEntities: resolveEntities(domain) };
}

function typedFor({ domain, connector, audit }: PermittedDomain, access: DomainAccess): TypedDomain {
  const { catalog } = access;
  const metrics = visibleMetrics(domain.metrics, catalog);
  return {
    model: makeDomainModel({ ...domain, metrics }, catalog),
    catalog,
    access,
    connector,
    audit,
    metrics,
  };
}

/** As for a name that there is not. */
function unknown(domain: string, type: string, field: string): AskgraphError {
  const [kind, name, where] =
    field === '__resolveReference' ? ['type', type, domain] : ['field', field, type];
  return new AskgraphError('UNKNOWN_NAME', `Unknown ${kind} "${name}" in ${where}.`, {
    domain,
    details: { kind, name, suggestions: [] },
  });
}
