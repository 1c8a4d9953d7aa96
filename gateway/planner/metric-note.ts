import type { AskMetric } from '../knowledge/domain.js';

/** Whose definition a figure follows, as an answer tells it. */
export function metricNote({ label, name, owner, formula }: AskMetric, domain: string): string {
  return `${label} is the metric "${name}" of ${domain}, as ${owner} defines it: ${formula}.`;
}
