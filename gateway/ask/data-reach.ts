import type { Profile } from '../knowledge/domain.js';
import type { Plan } from '../planner/planner.js';
import { formatDate } from './format.js';

/** Where the period that was asked for lies, of what the data reaches: undefined where they meet. */
function outside(plan: Plan, profile: Profile): { side: 'before' | 'after'; end: string } | undefined {
  const { time } = plan;
  if (time === undefined) return undefined;
  const range = profile.columnFacts(time.domain, time.table, time.column)?.range;
  if (range === undefined) return undefined;
  if (time.from !== undefined && range.to.slice(0, 10) < time.from) return { side: 'after', end: range.to };
  if (time.to !== undefined && range.from.slice(0, 10) >= time.to) return { side: 'before', end: range.from };
  return undefined;
}

/** Whether the period that was asked for lies wholly outside what the data reaches. */
export function isOutsideData(plan: Plan, profile: Profile): boolean {
  return outside(plan, profile) !== undefined;
}

/** What to say where nothing was found: why, where the domain says so, or how far its data reaches. */
export function writeNoData(plan: Plan, notes: readonly string[], profile: Profile): string {
  const found = `There is no data for the ${plan.restatement}.`;
  const [note] = notes;
  if (note !== undefined) return `${found} ${note}`;
  const where = outside(plan, profile);
  if (where === undefined || plan.time === undefined) return found;
  const verb = where.side === 'after' ? 'ends' : 'begins';
  return `${found} The data of ${plan.time.table.replace(/_/g, ' ')} ${verb} on ${formatDate(where.end)}.`;
}
