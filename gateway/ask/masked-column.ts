import type { AskDomain } from '../knowledge/domain.js';
import type { PlannedColumn, PlannedSource, PlannedValue } from '../planner/planner.js';

/**
 * Whether a column of a result shows what the asker sees masked. Where its planner has not said what it shows, it is
 * taken to show the columns of its name.
 */
export function isMaskedColumn(
  name: string,
  planned: PlannedColumn | undefined,
  sources: readonly PlannedSource[],
  domains: readonly AskDomain[],
): boolean {
  const shown =
    planned?.shows ??
    sources.flatMap(({ domain, table, columns }): PlannedValue[] =>
      columns.includes(name) ? [{ domain, table, column: name }] : [],
    );
  return shown.some(({ domain, table, column }) =>
    domains
      .find((known) => known.name === domain)
      ?.restriction?.masked.get(table)
      ?.has(column),
  );
}
