import { athenaColumn, athenaValue } from './athena-values.js';
import { type AwsFake, invalid, startAwsFake } from './aws-server.js';
import { type FakeResult, type FakeRun, openFakeEngine, substitute } from './duckdb-engine.js';

export interface FakeAthenaOptions {
  /** DuckDB statements that make the tables. */
  readonly setup: readonly string[];
  /** Workgroups, and whether each knows where results go. */
  readonly workgroups: Readonly<Record<string, { readonly output?: string; readonly disabled?: true }>>;
  /** What every query is said to read. */
  readonly scannedBytes: number;
  /** How the query of a text ends, where not by running it. */
  readonly failures?: Readonly<Record<string, { readonly reason: string; readonly category: number }>>;
}

export interface FakeExecution {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason: string | undefined;
  category: number;
  reused: boolean;
  run: FakeRun | undefined;
  result: FakeResult | undefined;
}

export interface AthenaFake extends AwsFake {
  readonly executions: readonly FakeExecution[];
}

const MACROS = [
  'CREATE MACRO day_of_week(x) AS isodow(x)',
  'CREATE MACRO json_format(x) AS CAST(x AS VARCHAR)',
];

/** Amazon Athena: queries are started, asked about, read in pages and stopped, by their id. */
export async function startAthenaFake(options: FakeAthenaOptions): Promise<AthenaFake> {
  const engine = await openFakeEngine([...MACROS, ...options.setup]);
  const executions: FakeExecution[] = [];
  const byToken = new Map<unknown, FakeExecution>();
  const find = (input: Record<string, unknown>) => {
    const execution = executions.find(({ id }) => id === input.QueryExecutionId);
    if (execution === undefined)
      throw invalid(`QueryExecution ${String(input.QueryExecutionId)} was not found`);
    return execution;
  };
  const end = (execution: FakeExecution, state: 'FAILED' | 'CANCELLED', reason: string, category: number) =>
    Object.assign(execution, { state, reason, category });

  function begin(execution: FakeExecution): void {
    const { input } = execution;
    const text = String(input.QueryString);
    const failure = options.failures?.[text];
    if (failure !== undefined) {
      end(execution, 'FAILED', failure.reason, failure.category);
      return;
    }
    try {
      execution.run = engine.run(
        substitute(planned(text) ?? text, (input.ExecutionParameters as string[] | undefined) ?? []),
      );
    } catch (error) {
      end(execution, 'FAILED', String(error), 2);
      return;
    }
    execution.state = 'RUNNING';
    execution.run.result.then(
      (result) => {
        if (execution.state === 'RUNNING') Object.assign(execution, { state: 'SUCCEEDED', result });
      },
      (error: unknown) => {
        if (execution.state === 'RUNNING') end(execution, 'FAILED', String(error), 2);
      },
    );
  }

  const fake = await startAwsFake({
    service: 'athena',
    target: 'AmazonAthena',
    operations: {
      GetWorkGroup({ WorkGroup }) {
        const workgroup = options.workgroups[String(WorkGroup)];
        if (workgroup === undefined) throw invalid(`WorkGroup ${String(WorkGroup)} is not found.`);
        return { WorkGroup: { Name: WorkGroup, State: workgroup.disabled ? 'DISABLED' : 'ENABLED' } };
      },
      StartQueryExecution(input) {
        const known = byToken.get(input.ClientRequestToken);
        if (known !== undefined) return { QueryExecutionId: known.id };
        const workgroup = options.workgroups[String(input.WorkGroup)];
        if (workgroup === undefined) throw invalid(`WorkGroup ${String(input.WorkGroup)} is not found.`);
        const { OutputLocation = workgroup.output } = (input.ResultConfiguration ?? {}) as {
          OutputLocation?: string;
        };
        if (OutputLocation === undefined) throw invalid('No output location provided.');
        const execution: FakeExecution = {
          id: `00000000-0000-4000-8000-${String(executions.length).padStart(12, '0')}`,
          input,
          state: 'QUEUED',
          reason: undefined,
          category: 0,
          reused: false,
          run: undefined,
          result: undefined,
        };
        reuse(execution, executions);
        executions.push(execution);
        byToken.set(input.ClientRequestToken, execution);
        return { QueryExecutionId: execution.id };
      },
      GetQueryExecution(input) {
        const execution = find(input);
        const answer = {
          QueryExecution: {
            QueryExecutionId: execution.id,
            Query: execution.input.QueryString,
            StatementType: 'DML',
            Status: {
              State: execution.state,
              StateChangeReason: execution.reason,
              ...(execution.reason === undefined
                ? {}
                : { AthenaError: { ErrorCategory: execution.category, ErrorMessage: execution.reason } }),
              SubmissionDateTime: 1_700_000_000.123,
            },
            Statistics: {
              DataScannedInBytes:
                execution.reused || planned(String(execution.input.QueryString)) ? 0 : options.scannedBytes,
            },
          },
        };
        if (execution.state === 'QUEUED') begin(execution);
        return answer;
      },
      GetQueryResults(input) {
        const { state, result } = find(input);
        if (state !== 'SUCCEEDED' || result === undefined) {
          throw invalid(`Query has not yet finished. Current state: ${state}`);
        }
        const maximum = Number(input.MaxResults ?? 1_000);
        if (maximum < 1 || maximum > 1_000) throw invalid('MaxResults is not between 1 and 1000');
        const { columns, rows } = result;
        const start = input.NextToken === undefined ? 0 : Number(input.NextToken);
        const next = start + maximum;
        // The first row of all is the columns' names.
        const names = { Data: columns.map(({ name }) => ({ VarCharValue: name })) };
        const page = rows
          .slice(Math.max(0, start - 1), next - 1)
          .map((row) => ({ Data: row.map((value, index) => athenaValue(value, columns[index]!.type)) }));
        return {
          UpdateCount: 0,
          ResultSet: {
            Rows: start === 0 ? [names, ...page] : page,
            ResultSetMetadata: { ColumnInfo: columns.map(({ name, type }) => athenaColumn(name, type)) },
          },
          ...(next < rows.length + 1 ? { NextToken: String(next) } : {}),
        };
      },
      StopQueryExecution(input) {
        const execution = find(input);
        if (execution.state === 'QUEUED' || execution.state === 'RUNNING') {
          execution.run?.cancel();
          end(execution, 'CANCELLED', 'Query cancelled by user', 2);
        }
        return {};
      },
    },
  });
  return {
    ...fake,
    executions,
    async close() {
      await fake.close();
      for (const { run } of executions) run?.cancel();
      await engine.close();
    },
  };
}

/** What has DuckDB plan what Athena is asked to plan; undefined for any other text. */
function planned(text: string): string | undefined {
  const [, comment = '', statement] = /^(\/\*.*?\*\/ )?EXPLAIN \(TYPE VALIDATE\) (.*)$/s.exec(text) ?? [];
  return statement === undefined ? undefined : `${comment}EXPLAIN ${statement}`;
}

/** The result of a query that has run before, for who asks so. */
function reuse(execution: FakeExecution, before: readonly FakeExecution[]): void {
  const { ResultReuseConfiguration, QueryString, ExecutionParameters } = execution.input;
  const reusing = (
    ResultReuseConfiguration as { ResultReuseByAgeConfiguration?: { Enabled?: boolean } } | undefined
  )?.ResultReuseByAgeConfiguration?.Enabled;
  if (reusing !== true) return;
  const same = before.find(
    ({ state, input }) =>
      state === 'SUCCEEDED' &&
      input.QueryString === QueryString &&
      JSON.stringify(input.ExecutionParameters) === JSON.stringify(ExecutionParameters),
  );
  if (same !== undefined) Object.assign(execution, { state: 'SUCCEEDED', result: same.result, reused: true });
}
