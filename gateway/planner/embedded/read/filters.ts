import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import { type Draft, freeItem, UNSOUND } from './draft.js';

/** Adds a filter, turned round where a negation stands in front of it. */
export function addFilter(draft: Draft, index: number, condition: Condition, label: string): void {
  const negation =
    freeItem(draft, index - 1, 'negation') ??
    (draft.items[index - 1]?.used ? freeItem(draft, index - 2, 'negation') : undefined);
  if (negation === undefined) {
    draft.filters.push(condition);
    draft.filterLabels.push(label);
    return;
  }
  negation.used = true;
  // "Never" speaks of all rows of something, this condition of each of them alone.
  if (draft.tokens[negation.mention.start]!.lower === 'never') draft.penalty += UNSOUND;
  draft.filters.push({ kind: 'not', condition });
  draft.filterLabels.push(`not ${label}`);
}
