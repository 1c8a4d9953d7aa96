import { AskgraphError } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Dialect } from '../../subgraphs/sql/dialects/dialect.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import type { LiteralType } from '../../subgraphs/sql/table-query.js';
import type { GraphqlStep, SqlStep } from '../planner/planner.js';
import { REFERENCE } from '../planner/references.js';
import type { StepResult } from './step-result.js';

const WHOLE_REFERENCE = new RegExp(`^${REFERENCE.source}$`);
/** More values than this make no list that an engine takes gladly. */
const MOST_VALUES = 1_000;

export type EarlierResults = ReadonlyMap<string, StepResult>;

/**
 * An SQL step with the values of earlier steps in the place of `{{step.column}}`: written as the dialect writes
 * literals, so that a value can be nothing but a value, and the guard reads the finished text. No values are NULL, which
 * nothing equals. Throws STATEMENT_REFUSED where a step has no such column or too many values.
 */
export function fillSql(step: SqlStep, earlier: EarlierResults, dialect: Dialect | undefined): string {
  return step.query.replace(REFERENCE, (_, name: string, column: string) => {
    if (dialect === undefined) throw refuse(step.domain, `The domain ${step.domain} takes no SQL.`);
    const { values, type } = valuesOf(earlier, name, column, step.domain);
    if (type === 'JSON') throw refuse(step.domain, `The values of ${name}.${column} are no plain values.`);
    const literals = values.map((value) => dialect.literal(value as string, type satisfies LiteralType));
    return literals.length === 0 ? 'NULL' : literals.join(', ');
  });
}

/** The variables of a GraphQL step: a reference becomes its values where the variable is a list, else the first. */
export function fillVariables(
  step: GraphqlStep,
  earlier: EarlierResults,
): Readonly<Record<string, unknown>> | undefined {
  if (step.variables === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(step.variables).map(([variable, value]) => {
      const [, name, column] = typeof value === 'string' ? (WHOLE_REFERENCE.exec(value) ?? []) : [];
      if (name === undefined || column === undefined) return [variable, value];
      const { values } = valuesOf(earlier, name, column, step.domain);
      return [variable, isListVariable(step.query, variable) ? values : (values[0] ?? null)];
    }),
  );
}

function valuesOf(
  earlier: EarlierResults,
  name: string,
  column: string,
  domain: string,
): { values: Cell[]; type: ColumnType } {
  const result = earlier.get(name);
  if (result === undefined) throw refuse(domain, `The step ${name} did not run before.`);
  const index = result.columns.findIndex((candidate) => candidate.name === column);
  if (index < 0) {
    const names = result.columns.map((candidate) => candidate.name).join(', ');
    throw refuse(domain, `The step ${name} gives no column ${column}; it gives ${names}.`);
  }
  const values = [...new Set(result.rows.map((row) => row[index] ?? null))].filter((value) => value !== null);
  if (values.length > MOST_VALUES || result.truncated)
    throw refuse(domain, `The step ${name} gives too many values to be looked for one by one.`);
  return { values, type: result.columns[index]!.type };
}

/** Whether an operation declares the variable as a list: `$cities: [String!]!`. */
function isListVariable(query: string, variable: string): boolean {
  return new RegExp(`\\$${variable}\\s*:\\s*\\[`).test(query);
}

function refuse(domain: string, message: string): AskgraphError {
  return new AskgraphError('STATEMENT_REFUSED', message, { domain });
}
