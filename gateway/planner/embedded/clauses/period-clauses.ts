import type { Expression } from '../../../../subgraphs/sql/table-query.js';
import type { AskTable } from '../../../knowledge/domain.js';
import { isBirth, timeColumns } from '../read/table-facts.js';
import { numberLiteral, oneOf, type Sink } from './add-condition.js';
import type { Clause } from './request.js';
import { type Attempt, isNumber, isTime, type Place, resolveColumn } from './resolve.js';
import type { Node } from './tree.js';
import { literalFor } from './value-clauses.js';

export function addPeriod(
  attempt: Attempt,
  root: Node,
  clause: Clause & { kind: 'period' },
  near: AskTable | undefined,
  addOn: Sink,
): AskTable | undefined {
  const { period, year } = clause;
  const named = clause.column === undefined ? undefined : resolveColumn(attempt, clause.column, 'any', near);
  const place =
    named ??
    defaultTime(
      attempt,
      root,
      near,
      year !== undefined || (period.kind === 'range' && yearBounds(period) !== undefined),
    );
  if (place === undefined || (clause.column !== undefined && named === undefined)) return undefined;
  if (isNumber(place.column) || place.column.columnType === 'STRING') {
    if (year === undefined) {
      const bounds = period.kind === 'range' && isNumber(place.column) ? yearBounds(period) : undefined;
      if (bounds === undefined) return undefined;
      return addOn(attempt, root, place, clause.negated, (left) => ({
        kind: 'and',
        conditions: bounds.map(({ operator, value }) => ({
          kind: 'comparison',
          operator,
          left,
          right: numberLiteral(place.column, value),
        })),
      }));
    }
    const literal = literalFor(attempt, place, { kind: 'number', text: year });
    return literal === undefined
      ? undefined
      : addOn(attempt, root, place, clause.negated, (of) => oneOf(of, [literal]));
  }
  if (!isTime(place.column) || period.kind !== 'range') return undefined;
  const bound = (day: string): Expression =>
    place.column.columnType === 'DATE'
      ? { kind: 'literal', value: day, type: 'DATE' }
      : { kind: 'literal', value: `${day}T00:00:00`, type: 'DATETIME' };
  return addOn(attempt, root, place, clause.negated, (left) => ({
    kind: 'and',
    conditions: [
      ...(period.from === undefined
        ? []
        : [{ kind: 'comparison', operator: 'gte', left, right: bound(period.from) } as const]),
      ...(period.to === undefined
        ? []
        : [{ kind: 'comparison', operator: 'lt', left, right: bound(period.to) } as const]),
    ],
  }));
}

/** A range of whole years as bounds of a column that holds years. */
function yearBounds(period: {
  from?: string;
  to?: string;
}): { operator: 'gte' | 'lt'; value: string }[] | undefined {
  const isWhole = (day: string | undefined) => day === undefined || day.endsWith('-01-01');
  if (!isWhole(period.from) || !isWhole(period.to)) return undefined;
  return [
    ...(period.from === undefined ? [] : [{ operator: 'gte' as const, value: period.from.slice(0, 4) }]),
    ...(period.to === undefined ? [] : [{ operator: 'lt' as const, value: period.to.slice(0, 4) }]),
  ];
}

/** A column of years where a year is said, else the time of what was named last, of the rows, of any table named. */
function defaultTime(
  attempt: Attempt,
  root: Node,
  near: AskTable | undefined,
  isYear: boolean,
): Place | undefined {
  const tables = [
    ...new Set(
      [near, attempt.subject, root.table, ...attempt.mentioned].filter((table) => table !== undefined),
    ),
  ];
  for (const table of tables) {
    const column = isYear ? table.columns.find((candidate) => /(^|_)year$/i.test(candidate.name)) : undefined;
    if (column !== undefined) return { table, column };
  }
  for (const table of tables) {
    const times = timeColumns(table).filter((column) => !isBirth(column));
    if (times.length > 1) attempt.evidence.guesses += 1;
    if (times[0] !== undefined) return { table, column: times[0] };
  }
  return undefined;
}
