import type { Catalog } from '../../schema/catalog.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Metric } from './metric.js';
import { readMetrics } from './read-metrics.js';

/** Of a domain's metrics those that are worked out of what a part of its catalog has; the others are not there. */
export function visibleMetrics(metrics: readonly Metric[], visible: Catalog): readonly Metric[] {
  return metrics.filter(({ definition }) => {
    try {
      return readMetrics(visible.database, [definition], visible).length === 1;
    } catch (error) {
      if (error instanceof AskgraphError) return false;
      throw error;
    }
  });
}
