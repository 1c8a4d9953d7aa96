import type { Catalog } from '../schema/catalog.js';
import { AskgraphError } from '../schema/errors.js';
import { type CatalogSubgraph, isCatalogSubgraph, type SubgraphDefinition } from './define-subgraph.js';
import type { Metric } from './metrics/metric.js';
import { readMetrics } from './metrics/read-metrics.js';

/** What a catalog domain's typed schema is made of, beside its catalog. */
export interface DescribedDomain {
  readonly name: string;
  readonly description: string;
  readonly metrics: readonly Metric[];
  /** The most rows that one list gives. */
  readonly maximumLimit?: number;
}

const MOST_ROWS = 1_000_000;

/**
 * As `generate` prints it: from the catalog and the definition alone, whatever the engine in force.
 * @throws CONFIGURATION_INVALID for a metric that the catalog does not bear out, or a limit that is none.
 */
export function describeDomain(definition: SubgraphDefinition, catalog: Catalog): DescribedDomain {
  const { metrics = [], maximumLimit }: Pick<CatalogSubgraph, 'metrics' | 'maximumLimit'> = isCatalogSubgraph(
    definition,
  )
    ? definition
    : {};
  return {
    name: definition.name,
    description: catalog.description,
    metrics: readMetrics(definition.name, metrics, catalog),
    ...(maximumLimit === undefined ? {} : { maximumLimit: checkLimit(definition.name, maximumLimit) }),
  };
}

function checkLimit(domain: string, limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= MOST_ROWS) return limit;
  throw new AskgraphError(
    'CONFIGURATION_INVALID',
    `The "maximumLimit" of ${domain} is a whole number from 1 to ${MOST_ROWS}; it is ${limit}.`,
    { domain },
  );
}
