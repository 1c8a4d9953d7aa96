import { parse, print } from 'graphql';
import type { Catalog } from '../../../../schema/catalog.js';
import { makeColumn } from '../../../../schema/catalog.js';
import { AskgraphError } from '../../../../schema/errors.js';
import { namespaceField } from '../../../../schema/names.js';
import { duckdbDialect } from '../../../../subgraphs/sql/dialects/duckdb.js';
import { printSql } from '../../../../subgraphs/sql/print-sql.js';
import type { Expression, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import type { AskDomain, AskTable } from '../../../knowledge/domain.js';
import type { Plan, PlannedColumn, PlannedTime, PlanStep } from '../../planner.js';
import type { Reading } from '../read/compose.js';
import { columnOf, type Scope } from '../read/scope.js';
import { printGraphql, writeSelection } from './print-graphql.js';
import { restate } from './restate.js';
import { shownColumns } from './shown-columns.js';
import { sourcesOf } from './sources.js';

export interface PlanOptions {
  /** Rows past this are not asked for. */
  readonly maxRows: number;
  readonly confidence: number;
}

/** A reading as data: one step where it can, two with a combining query where the best and the worst are asked. */
export function makePlan(reading: Reading, options: PlanOptions): Plan {
  const { query, draft } = reading;
  const common = {
    kind: 'plan',
    restatement: restate(reading),
    assumptions: [...new Set(draft.assumptions)],
    sources: sourcesOf(reading),
    confidence: options.confidence,
    ...timeOf(reading),
    ...(draft.ranking === undefined ? {} : { ranking: draft.ranking }),
  } as const;
  if (reading.scope.root.operation !== undefined)
    return { ...common, ...operationSteps(reading, reading.scope.root, options.maxRows) };
  if (!draft.both) {
    return {
      ...common,
      steps: [stepOf('result', query, reading.scope, options.maxRows)],
      columns: plannedColumns(reading),
    };
  }
  const [first, ...rest] = query.orderBy ?? [];
  const reverse =
    first === undefined
      ? []
      : [{ ...first, direction: first.direction === 'DESC' ? ('ASC' as const) : ('DESC' as const) }, ...rest];
  const names =
    first?.direction === 'ASC' ? (['lowest', 'highest'] as const) : (['highest', 'lowest'] as const);
  const steps: [PlanStep, ...PlanStep[]] = [
    stepOf(names[0], query, reading.scope, options.maxRows),
    stepOf(names[1], { ...query, orderBy: reverse }, reading.scope, options.maxRows),
  ];
  const columns = query.select.map(({ as }) => `"${as}"`).join(', ');
  const combine = {
    query: names.map((name) => `SELECT '${name}' AS "rank", ${columns}\nFROM ${name}`).join('\nUNION ALL\n'),
  };
  return {
    ...common,
    steps,
    combine,
    columns: [{ name: 'rank', label: 'rank', role: 'asked' }, ...plannedColumns(reading)],
  };
}

/** GraphQL where the typed API can say it, else SQL in the domain's dialect. Throws STATEMENT_REFUSED without one. */
export function stepOf(name: string, query: TableQuery, scope: Scope, maxRows: number): PlanStep {
  const common = { name, domain: scope.domain.name, dependsOn: [] } as const;
  const graphql = printGraphql(query, scope, maxRows);
  if (graphql !== undefined) return { ...common, language: 'GRAPHQL', ...graphql };
  const { name: domain, dialect, catalog } = scope.domain;
  if (dialect === undefined) {
    const message = `This question needs SQL in the domain ${domain}, which is asked in GraphQL only.`;
    throw new AskgraphError('STATEMENT_REFUSED', message, { domain });
  }
  return { ...common, language: 'SQL', query: printSql(query, catalog, dialect) };
}

/** The columns that were asked for; the figure by which rows were only chosen or ranked supports them. */
function plannedColumns(reading: Reading): PlannedColumn[] {
  const { draft } = reading;
  const wantsTime = draft.items.some((item) => item.meaning.kind === 'ask' && item.meaning.wants === 'time');
  const ranked =
    draft.limit !== undefined && draft.order.length > 0 && reading.columns.length > 1 && !wantsTime;
  const orderedBy = JSON.stringify(draft.order[0]?.expression);
  return reading.columns.map((column, index) => {
    const chosenBy = ranked && JSON.stringify(reading.query.select[index]!.expression) === orderedBy;
    return {
      ...column,
      ...argumentUnit(reading, index),
      role: chosenBy ? 'supporting' : 'asked',
      shows: shownColumns(reading.query.select[index]!.expression, reading.scope),
    };
  });
}

/** The unit that an argument chose for a column: `°F` out of the choice's description, "Degrees Fahrenheit (°F)." */
function argumentUnit(reading: Reading, index: number): { unit?: string } {
  const columns = new Set<string>();
  collectColumns(reading.query.select[index]!.expression, columns);
  const column = reading.scope.root.columns.find(
    (candidate) => columns.has(candidate.name) && candidate.unitArgument !== undefined,
  );
  const argument = reading.scope.root.operation?.arguments.find(
    (candidate) => candidate.name === column?.unitArgument,
  );
  const name =
    argument === undefined ? undefined : (reading.draft.arguments[argument.name] ?? argument.defaultChoice);
  const comment = argument?.choices.find((choice) => choice.name === name)?.comment;
  return name === undefined
    ? {}
    : { unit: /\(([^)]+)\)/.exec(comment ?? '')?.[1] ?? name.toLowerCase().replaceAll('_', ' ') };
}

function collectColumns(expression: Expression, columns: Set<string>): void {
  if (expression.kind === 'column') columns.add(expression.column);
  else if ('of' in expression && expression.of !== undefined) collectColumns(expression.of, columns);
}

/** Rows of a hand-written field come by GraphQL; what is then to be done with them is combined from there. */
function operationSteps(
  reading: Reading,
  table: AskTable,
  maxRows: number,
): Pick<Plan, 'steps' | 'combine' | 'columns'> {
  const { query } = reading;
  const plain =
    query.groupBy === undefined &&
    query.where === undefined &&
    query.orderBy === undefined &&
    query.limit === undefined;
  const wanted = plain
    ? query.select.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.column] : []))
    : table.columns.map(({ name }) => name);
  const fetch = fetchStep(reading.scope.domain, table, reading.draft.arguments, wanted);
  if (plain) {
    const names = new Map(
      query.select.map(({ as, expression }) => [expression.kind === 'column' ? expression.column : '', as]),
    );
    const columns = fetch.result.columns.map((column) => ({
      ...column,
      name: names.get(column.name) ?? column.name,
    }));
    return { steps: [{ ...fetch, result: { ...fetch.result, columns } }], columns: plannedColumns(reading) };
  }
  const catalog: Catalog = {
    database: 'steps',
    description: '',
    tables: [
      {
        name: fetch.name,
        comment: '',
        primaryKey: [],
        location: undefined,
        columns: table.columns.map(storedColumn),
      },
    ],
  };
  const limited = { ...query, table: fetch.name, limit: query.limit ?? maxRows };
  return {
    steps: [fetch],
    combine: { query: printSql(limited, catalog, duckdbDialect) },
    columns: plannedColumns(reading),
  };
}

function fetchStep(
  domain: AskDomain,
  table: AskTable,
  values: Readonly<Record<string, string>>,
  wanted: readonly string[],
) {
  const operation = table.operation!;
  const given = operation.arguments.filter((argument) => values[argument.name] !== undefined);
  const written = given.map(
    (argument) =>
      `${argument.name}: ${argument.type === 'choice' ? values[argument.name] : JSON.stringify(values[argument.name])}`,
  );
  const columns = table.columns.filter((column) => wanted.includes(column.name));
  const ordered = wanted.flatMap((name) => columns.filter((column) => column.name === name));
  const paths = ordered.map((column) => column.path ?? [column.name]);
  const inner = operation.rowPath.reduceRight(
    (selection, step) => `{ ${[step, selection].join(' ')} ${operation.notes.join(' ')} }`,
    writeSelection(paths),
  );
  const namespace = namespaceField(domain.name);
  const text = `{ ${namespace} { ${operation.field}${written.length === 0 ? '' : `(${written.join(', ')})`} ${inner} } }`;
  return {
    name: 'rows_read',
    domain: domain.name,
    language: 'GRAPHQL' as const,
    dependsOn: [],
    query: print(parse(text)),
    result: {
      rowPath: [namespace, operation.field, ...operation.rowPath],
      columns: ordered.map((column) => ({
        name: column.name,
        path: column.path ?? [column.name],
        type: column.columnType,
      })),
      notes: operation.notes.map((note) => [namespace, operation.field, note]),
    },
  };
}

function storedColumn(column: AskTable['columns'][number]) {
  const hive = {
    STRING: 'string',
    INTEGER: 'int',
    BIGINT: 'bigint',
    DECIMAL: 'decimal',
    FLOAT: 'double',
    BOOLEAN: 'boolean',
    DATE: 'date',
    DATETIME: 'timestamp',
    JSON: 'string',
  } as const;
  return makeColumn({
    name: column.name,
    type: { kind: 'primitive', name: hive[column.columnType], arguments: [] },
    comment: '',
    unit: column.unit,
    references: undefined,
  });
}

function timeOf(reading: Reading): { time?: PlannedTime } {
  const { draft, scope } = reading;
  const found = draft.time === undefined ? undefined : columnOf(scope, draft.time);
  const period = draft.items.map((item) => item.meaning).find((meaning) => meaning.kind === 'period')?.period;
  if (found === undefined || period?.kind !== 'range') return {};
  return {
    time: {
      domain: scope.domain.name,
      table: found.table.name,
      column: found.column.name,
      label: period.label,
      ...(period.from === undefined ? {} : { from: period.from }),
      ...(period.to === undefined ? {} : { to: period.to }),
    },
  };
}
