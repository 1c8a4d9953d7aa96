import type { AskTable } from '../../../knowledge/domain.js';
import { nodeFor } from './add-condition.js';
import type { Attempt } from './resolve.js';
import type { makeNode } from './tree.js';

/** The table of whose rows each leads to one row of every table that is shown. */
export function findRoot(
  attempt: Attempt,
  preferred: AskTable,
  needed: readonly AskTable[],
): AskTable | undefined {
  const tables = [...new Set(needed)];
  const reach = (table: AskTable) => {
    const routes = tables.map((to) => attempt.graph.routesToOne(table, to));
    return routes.some((ways) => ways.length === 0)
      ? undefined
      : routes.reduce((sum, ways) => sum + ways[0]!.relations.length + (ways.length > 1 ? 0.5 : 0), 0);
  };
  const own = reach(preferred);
  if (own !== undefined) return preferred;
  const subject = reach(attempt.subject);
  if (subject !== undefined) return attempt.subject;
  const [best, second] = attempt.domain.tables
    .flatMap((table) => {
      const hops = reach(table);
      return hops === undefined ? [] : [{ table, hops: hops - (attempt.mentioned.has(table) ? 0.4 : 0) }];
    })
    .sort((a, b) => a.hops - b.hops);
  if (best === undefined) return undefined;
  attempt.evidence.hops += 1;
  if (second !== undefined && second.hops === best.hops) attempt.evidence.ties += 1;
  return best.table;
}

/** What is shown must be there: rows without it are no rows of the question. */
export function anchor(
  attempt: Attempt,
  root: ReturnType<typeof makeNode>,
  needed: readonly AskTable[],
  grouped: boolean,
): boolean {
  for (const table of new Set([...needed, attempt.subject])) {
    if (table === root.table) continue;
    const way = attempt.graph.routesToOne(root.table, table)[0];
    if (way !== undefined) {
      if (grouped || table !== attempt.subject || needed.includes(table)) nodeFor(attempt, root, table);
      continue;
    }
    if (needed.includes(table)) return false;
    if (nodeFor(attempt, root, table) === undefined) return false;
  }
  return true;
}
