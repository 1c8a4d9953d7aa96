import type { Profile } from '../../knowledge/domain.js';
import type { Plan } from '../planner.js';

/** A sampled column that a plan reads. */
export interface KnownColumn {
  readonly domain: string;
  readonly table: string;
  readonly column: string;
  readonly values: readonly string[];
}

/** The columns that a plan reads and that hold a value, of those whose values the asker may know. */
export function columnsHolding(value: string, { sources }: Plan, profile: Profile): KnownColumn[] {
  return sources.flatMap(({ domain, table, columns }) =>
    columns.flatMap((column) => {
      const values = profile.columnFacts(domain, table, column)?.values ?? [];
      return values.includes(value) ? [{ domain, table, column, values }] : [];
    }),
  );
}
