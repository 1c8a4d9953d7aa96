import { nearestNames } from '../../schema/did-you-mean.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Plan } from '../planner/planner.js';

const LITERAL = /'((?:[^']|'')*)'/g;
const NEAREST = 3;

/**
 * Why an empty result may be none: text that a step compares with, and that no sampled column which it reads holds. A
 * pattern, a date or text for columns whose values are not known says nothing.
 */
export function missedValues(plan: Plan, { profile }: Knowledge): string[] {
  return plan.steps.flatMap((step) => {
    if (step.language !== 'SQL') return [];
    const columns = plan.sources
      .filter((source) => source.domain === step.domain)
      .flatMap(({ domain, table, columns: names }) =>
        names.map((name) => profile.columnFacts(domain, table, name)?.values ?? []),
      );
    const known = [...new Set(columns.flat())];
    const spellings = new Set(known.map((value) => value.toLowerCase()));
    const literals = [...step.query.matchAll(LITERAL)].map(([, text = '']) => text.replaceAll("''", "'"));
    return [...new Set(literals)]
      .filter((text) => /\p{L}/u.test(text) && !/[%_]/.test(text) && known.length > 0)
      .filter((text) => !spellings.has(text.toLowerCase()))
      .map((text) => {
        const near = nearestNames(text, known).slice(0, NEAREST);
        const hint =
          near.length === 0 ? '' : ` Near are ${near.map((value) => JSON.stringify(value)).join(', ')}.`;
        return `The step ${step.name} found no rows: no column that it reads holds ${JSON.stringify(text)}.${hint}`;
      });
  });
}
