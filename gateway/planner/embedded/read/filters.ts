import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import { type Draft, freeItem } from './draft.js';

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
  draft.filters.push({ kind: 'not', condition });
  draft.filterLabels.push(`not ${label}`);
}
