import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import { type Draft, freeItem, type Item, UNSOUND } from './draft.js';

/** Adds a filter that was read from an item, turned round where a negation stands in front of it. */
export function addFilter(draft: Draft, item: Item, condition: Condition, label: string): void {
  const before = item.index - 1;
  const negation =
    freeItem(draft, before, 'negation') ??
    (draft.items[before]?.used ? freeItem(draft, before - 1, 'negation') : undefined);
  if (negation === undefined) {
    draft.filters.push({ condition, item, label });
    return;
  }
  negation.used = true;
  // "Never" speaks of all rows of something, this condition of each of them alone.
  if (draft.tokens[negation.mention.start]!.lower === 'never') draft.penalty += UNSOUND;
  draft.filters.push({ condition: { kind: 'not', condition }, item, label: `not ${label}` });
}

export function allOf(filters: readonly { readonly condition: Condition }[]): Condition {
  const conditions = filters.map(({ condition }) => condition);
  return conditions.length === 1 ? conditions[0]! : { kind: 'and', conditions };
}
