import type { ColumnExpression, Condition, Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskTable } from '../../../knowledge/domain.js';
import type { Attempt, Place } from './resolve.js';
import type { Shown } from './shown.js';

/** What is shown, as an expression over rows of the root. */
export function write(attempt: Attempt, root: AskTable, shown: Shown): Expression {
  if (shown.kind === 'plain') return columnAt(attempt, root, shown);
  if (shown.column === undefined) return { kind: 'aggregate', function: 'count' };
  return {
    kind: 'aggregate',
    function: shown.function,
    of: columnAt(attempt, root, { table: shown.table, column: shown.column }),
  };
}

function columnAt(attempt: Attempt, root: AskTable, { table, column }: Place): ColumnExpression {
  const [route] = attempt.graph.routesToOne(root, table);
  return { kind: 'column', path: (route?.relations ?? []).map(({ name }) => name), column: column.name };
}

/** What holds of some, or of none, of the rows behind a group. */
export function ofGroup({ holds, condition }: Attempt['ofGroups'][number]): Condition {
  return {
    kind: 'comparison',
    operator: holds === 'some' ? 'gt' : 'eq',
    left: { kind: 'aggregate', function: 'count', where: condition },
    right: { kind: 'literal', value: 0, type: 'INTEGER' },
  };
}
