import type { GraphQLSchema } from 'graphql';
import type { Catalog } from '../schema/catalog.js';
import { makeDomainModel } from '../schema/domain-model.js';
import { type DomainSdl, printDomainSdl } from '../schema/print-sdl.js';
import type { AuditTrail } from './audit/audit-trail.js';
import { makeCatalogSchema } from './catalog-schema.js';
import type { Connector } from './connectors/connector.js';
import type { DescribedDomain } from './describe-domain.js';
import { makePermissions, type Permissions } from './policy/permissions.js';
import { makePermittedResolvers } from './typed/permitted-resolvers.js';

export interface SubgraphSource {
  readonly domain: DescribedDomain;
  readonly catalog: Catalog;
  /** What `printDomainSdl` makes of them, where it is there already. */
  readonly sdl?: DomainSdl;
  readonly connector: Connector;
  /** Who may see what of it; everybody everything where absent. */
  readonly permissions?: Permissions;
  readonly audit: AuditTrail;
}

/**
 * The executable schema of a catalog domain. Its resolvers want a `RequestContext` as the operation's context, and
 * make one statement of each root field.
 */
export function buildSubgraphSchemaFor(source: SubgraphSource): GraphQLSchema {
  const { domain, catalog, connector, audit } = source;
  const permissions =
    source.permissions ?? makePermissions({ domain: domain.name, catalog, policies: undefined, hashKey: '' });
  const resolvers = makePermittedResolvers({
    domain,
    model: makeDomainModel(domain, catalog),
    connector,
    permissions,
    audit,
  });
  return makeCatalogSchema(source.sdl ?? printDomainSdl(domain, catalog), resolvers);
}
