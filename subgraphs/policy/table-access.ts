import type { Catalog, Column, Table } from '../../schema/catalog.js';
import type { Caller } from '../request-context.js';
import { type AggregateOnly, type CellCase, MASKS, type TableAccess } from '../sql/access.js';
import type { Condition } from '../sql/table-query.js';
import type { Admission, AggregateOnlyRule, Policy, Restriction } from './policy.js';
import { bindRowFilter, NEVER } from './row-filter.js';
import { isSelected } from './select.js';
import type { VisibleColumns } from './visible-catalog.js';

type Show = CellCase['show'];

/** What the policies that apply to a caller leave of one table. */
export interface SeenTable {
  readonly columns: VisibleColumns;
  /** Undefined where the table is seen as it stands, but for columns that are not there. */
  readonly access: TableAccess | undefined;
}

/** Admissions of one table, with their filters bound: no filter is `undefined`. */
interface Admitted {
  readonly admission: Admission;
  readonly rows: Condition | undefined;
}

const STRICTNESS: readonly Show[] = [...MASKS, 'value'];

/** What a caller sees of a table; undefined where no policy admits anything of it. */
export function seeTable(
  catalog: Catalog,
  table: Table,
  policies: readonly Policy[],
  caller: Caller,
): SeenTable | undefined {
  const bind = (rows: Admission['rows']) => rows && bindRowFilter(rows, catalog, table, caller);
  const admitted = policies
    .flatMap((policy) => policy.admit ?? [])
    .filter(({ tables }) => isSelected(tables, table))
    // One that shows none of the columns there are shows no rows either.
    .filter((admission) => table.columns.some((column) => isSelected(admission.columns, column)))
    .map((admission): Admitted => ({ admission, rows: bind(admission.rows) }));
  const restrictions = policies
    .flatMap((policy) => policy.restrict ?? [])
    .filter(({ tables }) => isSelected(tables, table));
  const columns = table.columns.filter(
    (column) =>
      admitted.some(({ admission }) => isSelected(admission.columns, column)) &&
      !restrictions.some(({ hide }) => hide !== undefined && isSelected(hide, column)),
  );
  if (columns.length === 0) return undefined;
  const rows = andAll([
    orAll(admitted.map((one) => one.rows)),
    ...restrictions.map((restriction) => bind(restriction.rows)),
  ]);
  const cells = new Map<string, readonly CellCase[]>();
  for (const column of columns) {
    const cases = seeCell(column, admitted, restrictions);
    if (cases !== undefined) cells.set(column.name, cases);
  }
  const aggregateOnly = aggregateOnlyOf(columns, admitted, restrictions);
  return {
    columns: {
      all: new Set(columns.map(({ name }) => name)),
      aggregated: aggregateOnly?.columns ?? new Set(),
    },
    access:
      rows === undefined && cells.size === 0 && aggregateOnly === undefined
        ? undefined
        : { rows, cells, aggregateOnly },
  };
}

/** What is seen of a column's cells; undefined where they are seen as they stand. */
function seeCell(
  column: Column,
  admitted: readonly Admitted[],
  restrictions: readonly Restriction[],
): readonly CellCase[] | undefined {
  const most = strictest(restrictions.map((restriction) => maskIn(restriction, column)));
  const shown = admitted
    .filter(({ admission }) => isSelected(admission.columns, column))
    .map(({ admission, rows }) => ({
      when: rows,
      show: strictest([maskIn(admission, column), most]),
    }))
    .sort((a, b) => STRICTNESS.indexOf(b.show) - STRICTNESS.indexOf(a.show));
  const [first] = shown;
  const everywhere = shown.length === admitted.length && shown.every(({ show }) => show === first?.show);
  if (first !== undefined && everywhere) {
    return first.show === 'value' ? undefined : [{ when: undefined, show: first.show }];
  }
  const always = shown.findIndex(({ when }) => when === undefined);
  const cases = always < 0 ? shown : shown.slice(0, always + 1);
  return cases.length === 1 && cases[0]?.when === undefined && cases[0]?.show === 'value' ? undefined : cases;
}

function maskIn({ masks }: Pick<Admission, 'masks'>, column: Column): Show {
  const found = (masks ?? []).filter(({ columns }) => isSelected(columns, column)).map(({ mask }) => mask);
  return strictest(found);
}

function strictest(shows: readonly Show[]): Show {
  return (
    STRICTNESS[Math.min(...shows.map((show) => STRICTNESS.indexOf(show)), STRICTNESS.length - 1)] ?? 'null'
  );
}

/**
 * A column that any admission admits in aggregates only is so, unless another admits it in all rows without that; the
 * largest of several minimums holds.
 */
function aggregateOnlyOf(
  columns: readonly Column[],
  admitted: readonly Admitted[],
  restrictions: readonly Restriction[],
): AggregateOnly | undefined {
  const found = new Set<string>();
  const rules: AggregateOnlyRule[] = [];
  for (const column of columns) {
    const covers = (rule: AggregateOnlyRule | undefined): rule is AggregateOnlyRule =>
      rule !== undefined && isSelected(rule.columns, column);
    const admissions = admitted.filter(({ admission }) => isSelected(admission.columns, column));
    const lifted = admissions.some(
      ({ admission, rows }) => !covers(admission.aggregateOnly) && rows === undefined,
    );
    const own = [
      ...(lifted ? [] : admissions.map(({ admission }) => admission.aggregateOnly)),
      ...restrictions.map(({ aggregateOnly }) => aggregateOnly),
    ].filter(covers);
    if (own.length > 0) found.add(column.name);
    rules.push(...own);
  }
  const [first] = rules;
  return first === undefined
    ? undefined
    : {
        columns: found,
        individual: first.individual,
        minimumGroupSize: Math.max(...rules.map(({ minimumGroupSize }) => minimumGroupSize)),
      };
}

/** Rows that one of them admits; undefined where one admits all. */
function orAll(conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const some = conditions.filter((condition) => condition !== undefined && condition !== NEVER);
  if (conditions.includes(undefined)) return undefined;
  return some.length === 1 ? some[0] : { kind: 'or', conditions: some as Condition[] };
}

function andAll(conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const all = conditions.filter((condition) => condition !== undefined);
  return all.length < 2 ? all[0] : { kind: 'and', conditions: all };
}
