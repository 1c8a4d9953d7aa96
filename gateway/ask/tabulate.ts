import type { ColumnType } from '../../schema/hive-type.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import type { GraphqlResultShape } from '../planner/planner.js';
import type { StepResult } from './step-result.js';

/** The rows of a GraphQL response, by the shape that its plan gave them. */
export function tabulate(
  data: Readonly<Record<string, unknown>>,
  shape: GraphqlResultShape,
  rowLimit: number,
): StepResult {
  const found = at(data, shape.rowPath);
  const objects = Array.isArray(found) ? found : found === null || found === undefined ? [] : [found];
  const rows = objects
    .slice(0, rowLimit)
    .map((object) => shape.columns.map(({ path, type }) => cell(at(object, path), type)));
  return {
    columns: shape.columns.map(({ name, type }) => ({ name, type })),
    rows,
    truncated: objects.length > rowLimit,
    notes: shape.notes.flatMap((path) => {
      const note = at(data, path);
      return typeof note === 'string' && note !== '' ? [note] : [];
    }),
  };
}

/** The first day of a month comes as a timestamp where it was cut from one. */
function cell(value: unknown, type: ColumnType): Cell {
  if (value === undefined || value === null) return null;
  return type === 'DATE' && typeof value === 'string' ? value.slice(0, 10) : (value as Cell);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
}
