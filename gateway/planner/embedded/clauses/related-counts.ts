import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import { type Attempt, resolveTable } from './resolve.js';
import type { Shown } from './shown.js';
import type { Node } from './tree.js';

/** Whether nothing but the number of rows is asked for that have so and so many of something: no groups are shown. */
export function countsOnly({ request, subject }: Attempt, terms: readonly Shown[]): boolean {
  const [term] = terms;
  return (
    request.having.length > 0 &&
    request.groups.length === 0 &&
    request.rank === undefined &&
    terms.length === 1 &&
    term?.kind === 'figure' &&
    term.function === 'count' &&
    term.table === subject
  );
}

/** "How many owners have more than two dogs": a condition on the number of related rows. */
export function addRelatedCounts(attempt: Attempt, root: Node): boolean {
  if (root.table !== attempt.subject) return false;
  for (const { of, operator, value } of attempt.request.having) {
    const table =
      of.kind === 'count' && of.distinct === undefined && of.phrase !== undefined
        ? resolveTable(attempt, of.phrase)
        : undefined;
    const routes = table === undefined ? [] : attempt.graph.routes(root.table, table);
    const [relation, ...others] = routes[0]?.relations ?? [];
    // What else is said may be said of the related rows, which would then be counted all the same.
    const isTold = attempt.request.clauses.length > 0;
    if (relation?.kind !== 'toMany' || others.length > 0 || routes.length > 1 || isTold) return false;
    attempt.evidence.hops += 1;
    root.conditions.push(
      (path): Condition => ({
        kind: 'comparison',
        operator,
        left: {
          kind: 'relatedAggregate',
          path,
          relation: relation.name,
          figure: { kind: 'aggregate', function: 'count' },
        },
        right: { kind: 'literal', value: Number(value), type: 'INTEGER' },
      }),
    );
  }
  return true;
}
