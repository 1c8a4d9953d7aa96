import type { Cell } from '../../subgraphs/sql/statement.js';
import type { GraphqlResultShape } from '../planner/planner.js';
import type { StepResult } from './run.js';

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
    .map((object) => shape.columns.map(({ path }) => (at(object, path) ?? null) as Cell));
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

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
}
