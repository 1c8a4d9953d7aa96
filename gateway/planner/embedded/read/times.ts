import type { ColumnExpression, Condition } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import type { Period } from '../recognise/period.js';
import { add } from '../recognise/period.js';
import { columnExpression, type Draft, freeItem, type Item, reachOf } from './draft.js';
import { addFilter } from './filters.js';
import { namesTimes } from './measures.js';
import { columnAt } from './scope.js';
import { isBirth, isTime, nameStems, timeColumns, validityColumns } from './table-facts.js';

/** Periods become conditions on the date that stands beside them, or on the time of the root's rows. */
export function readTimes(draft: Draft): void {
  const bound = new Set<AskColumn>();
  for (const item of draft.items) {
    if (item.used || item.meaning.kind !== 'period') continue;
    const { period } = item.meaning;
    const named = namedDate(draft, item);
    if (named === undefined && period.kind === 'now') {
      item.used = true;
      continue;
    }
    const target = named ?? defaultTime(draft);
    // A second stretch of the same time would leave nothing: June and July are not June in July.
    if (target === undefined || bound.has(target.column)) continue;
    bound.add(target.column);
    item.used = true;
    draft.time = target.expression;
    const condition = periodCondition(period, target.expression, target.column, isBirth(target.column));
    if (condition === undefined) continue;
    const label = named === undefined ? period.label : `with ${target.column.label} ${period.label}`;
    addFilter(draft, item, condition, label);
    if (period.kind === 'recurring' && !isBirth(target.column))
      draft.assumptions.push(`No year was given: ${period.label} of every year counts.`);
  }
  readCurrentRows(draft);
}

interface TimeTarget {
  readonly table: AskTable;
  readonly column: AskColumn;
  readonly expression: ColumnExpression;
}

/** The date column that stands next to the period, looking first to the left: `hired before 1990`. */
function namedDate(draft: Draft, item: Item): TimeTarget | undefined {
  for (const offset of [-1, -2, 1, -3]) {
    const named = freeItem(draft, item.index + offset, 'column');
    const before = draft.items[item.index + offset - 1]?.meaning.kind;
    const isCounted =
      (before === 'count' || before === 'distinct') && named !== undefined && namesTimes(draft, named);
    if (named !== undefined && isTime(named.meaning.column) && !isCounted) {
      named.used = true;
      const { table, column } = named.meaning;
      return { table, column, expression: columnExpression(draft, table, column) };
    }
  }
  const used = draft.items.find(
    (other) => other.used && other.meaning.kind === 'column' && isTime(other.meaning.column),
  );
  if (used?.meaning.kind !== 'column') return undefined;
  return {
    table: used.meaning.table,
    column: used.meaning.column,
    expression: columnExpression(draft, used.meaning.table, used.meaning.column),
  };
}

/** The time of the root's rows; else of a row that each of them leads to. */
export function defaultTime(draft: Draft): TimeTarget | undefined {
  const { root, reaches } = draft.scope;
  const own = timeColumns(root);
  if (own.length > 0) {
    const said = new Set(draft.tokens.map((token) => token.stem));
    const spoken = own.find((column) => nameStems(column.name).some((word) => said.has(word)));
    if (own.length > 1 && spoken === undefined) {
      draft.penalty += 0.15;
      draft.assumptions.push(`Time is read as ${own[0]!.label}.`);
    }
    const column = spoken ?? own[0]!;
    return { table: root, column, expression: { kind: 'column', path: [], column: column.name } };
  }
  for (const [reach] of reaches.values()) {
    if (reach === undefined || reach.path.length !== 1 || reach.fan === 'many') continue;
    const column = timeColumns(reach.table)[0];
    if (column !== undefined) return { table: reach.table, column, expression: columnAt(reach, column) };
  }
  return undefined;
}

function periodCondition(
  period: Period,
  of: ColumnExpression,
  column: AskColumn,
  anniversary: boolean,
): Condition | undefined {
  if (period.kind === 'now') return undefined;
  const recurring = period.kind === 'recurring' ? period.parts : anniversary ? period.recurs : undefined;
  if (recurring !== undefined) {
    return all(
      recurring.map(({ part, value }) => ({
        kind: 'comparison',
        operator: 'eq',
        left: { kind: 'part', part, of },
        right: { kind: 'literal', value, type: 'INTEGER' },
      })),
    );
  }
  if (period.kind !== 'range') return undefined;
  const bound = (day: string) =>
    column.columnType === 'DATE'
      ? ({ kind: 'literal', value: day, type: 'DATE' } as const)
      : ({ kind: 'literal', value: `${day}T00:00:00`, type: 'DATETIME' } as const);
  const bounds: Condition[] = [];
  if (period.from !== undefined)
    bounds.push({ kind: 'comparison', operator: 'gte', left: of, right: bound(period.from) });
  if (period.to !== undefined)
    bounds.push({ kind: 'comparison', operator: 'lt', left: of, right: bound(period.to) });
  return all(bounds);
}

/**
 * A table that keeps history is asked for what holds today, unless the question says a time of its own: the average
 * salary is that of current salaries. It is said as an assumption.
 */
function readCurrentRows(draft: Draft): void {
  if (
    draft.items.some((item) => item.meaning.kind === 'period' && item.meaning.period.kind !== 'now') &&
    draft.time !== undefined
  ) {
    if (validityColumns(draft.scope, draft.scope.root)?.from.name === draft.time.column) return;
  }
  const mentioned = draft.items.flatMap((item) => ('table' in item.meaning ? [item.meaning.table] : []));
  const done = new Set<string>();
  restrictToCurrent(draft, draft.scope.root, [], done);
  for (const table of new Set(mentioned)) {
    const { relations, path } = reachOf(draft, table);
    relations.forEach((relation, index) => {
      const crossed = draft.scope.domain.tables.find((candidate) => candidate.name === relation.toTable);
      if (crossed !== undefined) restrictToCurrent(draft, crossed, path.slice(0, index + 1), done);
    });
  }
}

function restrictToCurrent(draft: Draft, table: AskTable, path: readonly string[], done: Set<string>): void {
  const key = `${path.join('.')}:${table.name}`;
  const validity = validityColumns(draft.scope, table);
  if (done.has(key) || validity === undefined) return;
  done.add(key);
  const tomorrow = add('day', draft.day, 1);
  draft.filters.push({
    condition: {
      kind: 'and',
      conditions: [
        {
          kind: 'comparison',
          operator: 'lt',
          left: { kind: 'column', path, column: validity.from.name },
          right: { kind: 'literal', value: tomorrow, type: 'DATE' },
        },
        {
          kind: 'comparison',
          operator: 'gt',
          left: { kind: 'column', path, column: validity.to.name },
          right: { kind: 'literal', value: draft.day, type: 'DATE' },
        },
      ],
    },
  });
  draft.assumptions.push(`Only rows of ${table.label} that hold on the day of the question count.`);
}

function all(conditions: Condition[]): Condition | undefined {
  return conditions.length === 0
    ? undefined
    : conditions.length === 1
      ? conditions[0]
      : { kind: 'and', conditions };
}
