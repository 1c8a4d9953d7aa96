import type { Column, Table } from '../../schema/catalog.js';
import type { Admission, Policy, Restriction } from './policy.js';
import { isSelected } from './select.js';

/** Whether a column, or its values as they stand, is kept from some of those whom a policy shows its table. */
export function isHeldBack(table: Table, column: Column, policies: readonly Policy[]): boolean {
  const isLimited = ({ masks = [], aggregateOnly }: Admission | Restriction) =>
    masks.some(({ columns }) => isSelected(columns, column)) ||
    (aggregateOnly !== undefined && isSelected(aggregateOnly.columns, column));
  return policies.some(
    ({ admit = [], restrict = [] }) =>
      admit.some(
        (rule) => isSelected(rule.tables, table) && (!isSelected(rule.columns, column) || isLimited(rule)),
      ) ||
      restrict.some(
        (rule) =>
          isSelected(rule.tables, table) &&
          ((rule.hide !== undefined && isSelected(rule.hide, column)) || isLimited(rule)),
      ),
  );
}
