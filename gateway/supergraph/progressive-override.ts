import { type DocumentNode, Kind, visit } from 'graphql';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type ActiveOverrides, NO_OVERRIDES } from './planning/query-planner.js';

/** What decides over overrides that hold for some requests only: `@override(from:, label:)`. */
export interface OverrideRules {
  /** Whether a label that is no percentage holds for a request. */
  holds(label: string, context: RequestContext): boolean;
  /** From 0 up to 1, which it never is, each as likely. Drawn once for a request, for all its percentages. */
  chance(): number;
}

/**
 * Tells which of a supergraph's labelled overrides hold for a request. Requests for which the same hold are told the
 * same, however many percentages they drew: a plan is made for an outcome.
 */
export function progressiveOverrides(
  supergraph: DocumentNode,
  rules: OverrideRules,
): (context: RequestContext) => ActiveOverrides {
  const { labels, percentages } = readLabels(supergraph);
  if (labels.length === 0 && percentages.length === 0) return () => NO_OVERRIDES;
  return (context) => {
    const active = labels.filter((label) => rules.holds(label, context));
    const drawn = percentages.length === 0 ? 0 : rules.chance() * 100;
    const percentage = percentages.findLast((bound) => bound <= drawn) ?? 0;
    return { labels: active, percentage, key: `${percentage} ${active.join(' ')}` };
  };
}

interface OverrideLabels {
  /** Those that are no percentages, in their order. */
  readonly labels: readonly string[];
  /** From the least on. */
  readonly percentages: readonly number[];
}

const PERCENTAGE = /^percent\((\d+(?:\.\d+)?)\)$/;

function readLabels(supergraph: DocumentNode): OverrideLabels {
  const labels = new Set<string>();
  const percentages = new Set<number>();
  visit(supergraph, {
    [Kind.DIRECTIVE]: {
      enter(directive) {
        if (directive.name.value !== 'join__field') return;
        const label = directive.arguments?.find(({ name }) => name.value === 'overrideLabel')?.value;
        if (label?.kind !== Kind.STRING) return;
        const percentage = PERCENTAGE.exec(label.value)?.[1];
        if (percentage === undefined) labels.add(label.value);
        else percentages.add(Number(percentage));
      },
    },
  });
  return { labels: [...labels].sort(), percentages: [...percentages].sort((one, other) => one - other) };
}
