import { findAskTable } from '../../../knowledge/domain.js';
import type { PlannedSource } from '../../planner.js';
import type { Reading } from '../read/compose.js';
import { columnOf } from '../read/scope.js';
import { timeColumns } from '../read/table-facts.js';
import { columnsIn } from '../read/visit-columns.js';

/** The tables and columns that a reading's query reads. */
export function sourcesOf(reading: Pick<Reading, 'query' | 'scope'>): PlannedSource[] {
  const { scope, query } = reading;
  const tables = new Map<string, Set<string>>([[scope.root.name, new Set()]]);
  for (const column of columnsIn(query)) {
    const found = columnOf(scope, column);
    if (found === undefined) continue;
    const columns = tables.get(found.table.name) ?? new Set();
    tables.set(found.table.name, columns.add(found.column.name));
  }
  return [...tables].map(([name, columns]) => {
    const table = findAskTable(scope.domain, name);
    const [time] = table === undefined ? [] : timeColumns(table);
    return {
      domain: scope.domain.name,
      table: name,
      columns: [...columns],
      ...(time === undefined ? {} : { timeColumn: time.name }),
    };
  });
}
