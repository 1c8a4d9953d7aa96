import type { Expression } from '../../../../subgraphs/sql/table-query.js';
import { numberLiteral } from './add-condition.js';
import type { Clause } from './request.js';
import { type Attempt, type Place, resolveColumn } from './resolve.js';
import { all, conditionsOf, makeNode, type Node } from './tree.js';

/** What a column is compared with: a number, or a figure over rows of its own table. */
export function operandOf(
  attempt: Attempt,
  { operand, column }: Clause & { kind: 'compare' },
  place: Place,
  addClauses: (attempt: Attempt, root: Node) => boolean,
): Expression | undefined {
  if (operand.kind === 'number') return numberLiteral(place.column, operand.value);
  const of =
    operand.column === undefined || operand.column === column
      ? place
      : resolveColumn(attempt, operand.column, 'number', place.table);
  if (of === undefined || of.column !== place.column) return undefined;
  const rows = makeNode(of.table);
  const request = { ...attempt.request, clauses: [...operand.clauses] };
  if (!addClauses({ ...attempt, request, subject: of.table, ofGroups: [] }, rows)) return undefined;
  const conditions = conditionsOf(rows, []);
  return {
    kind: 'query',
    query: {
      table: of.table.name,
      select: [
        {
          as: 'value',
          expression: {
            kind: 'aggregate',
            function: operand.function,
            of: { kind: 'column', path: [], column: of.column.name },
          },
        },
      ],
      ...(conditions.length === 0 ? {} : { where: all(conditions) }),
      groupBy: [],
    },
  };
}
