import type { Connector, ResultSet } from '../../subgraphs/connectors/connector.js';
import { orderPlaceholders } from '../../subgraphs/sql/dialects/positional.js';
import {
  makeStatement,
  type Parameter,
  type ResultColumn,
  type Statement,
} from '../../subgraphs/sql/statement.js';
import type { LiteralType } from '../../subgraphs/sql/table-query.js';

export interface RunOptions {
  readonly columns?: readonly ResultColumn[];
  readonly rowLimit?: number;
  readonly signal?: AbortSignal;
}

/** A value and the type as which it is bound. */
export type Bound = readonly [value: Parameter, type: LiteralType];

/** Runs SQL of the test's own, in which `{1}` stands for the first value, bound as the engine's dialect binds. */
export function run(
  { query, dialect }: Pick<Connector, 'query' | 'dialect'>,
  text: string,
  values: readonly Bound[] = [],
  { columns, rowLimit = 100, signal = new AbortController().signal }: RunOptions = {},
): Promise<ResultSet> {
  const written = text.replaceAll(/\{(\d+)\}/g, (_, place: string) => {
    const index = Number(place);
    const [value, type] = values[index - 1] as Bound;
    return dialect.placeholder(index, type, value);
  });
  const given = values.map(([value]) => value);
  const { text: sql, parameters } =
    dialect.placeholders === 'positional'
      ? orderPlaceholders(written, given)
      : { text: written, parameters: given };
  return query(makeStatement(sql, parameters, columns, { rowLimit, signal }));
}

/** SQL of the test's own that binds nothing, as a statement. */
export function statementOf(
  text: string,
  { columns, rowLimit = 100, signal = new AbortController().signal }: RunOptions = {},
): Statement {
  return makeStatement(text, [], columns, { rowLimit, signal });
}

/** The error with which something ended; it must not have succeeded. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('It succeeded.');
    },
    (error: unknown) => error,
  );
}
