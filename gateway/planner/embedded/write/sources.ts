import type { PlannedSource } from '../../planner.js';
import type { Reading } from '../read/compose.js';
import { columnOf } from '../read/scope.js';

/** The tables and columns that a reading's query reads. */
export function sourcesOf(reading: Reading): PlannedSource[] {
  const { scope, query } = reading;
  const tables = new Map<string, Set<string>>([[scope.root.name, new Set()]]);
  visit(query, (path, column) => {
    const found = columnOf(scope, { kind: 'column', path, column });
    if (found === undefined) return;
    const columns = tables.get(found.table.name) ?? new Set();
    tables.set(found.table.name, columns.add(found.column.name));
  });
  return [...tables].map(([table, columns]) => ({ domain: scope.domain.name, table, columns: [...columns] }));
}

function visit(node: unknown, found: (path: readonly string[], column: string) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
  } else if (typeof node === 'object' && node !== null) {
    if ('kind' in node && node.kind === 'column' && 'path' in node && 'column' in node) {
      found(node.path as readonly string[], node.column as string);
      return;
    }
    for (const value of Object.values(node)) visit(value, found);
  }
}
