import type { Catalog, Table } from '../../schema/catalog.js';
import { AskgraphError } from '../../schema/errors.js';
import type { StatementLimits } from './statement.js';
import type { Condition } from './table-query.js';

/** What one caller may see of a catalog: the only thing that `compile` and `guard` know of permissions. */
export interface Access {
  /** The visible part: for a statement, nothing else exists. */
  readonly catalog: Catalog;
  /** The whole, which row filters may speak of. */
  readonly whole: Catalog;
  /** By name, the visible tables that are not seen as they stand. */
  readonly tables: ReadonlyMap<string, TableAccess>;
  /** What hashed cells are hashed with; a secret of the domain's. */
  readonly hashKey: string;
  /** A statement gives no more rows than this. */
  readonly maximumRows: number | undefined;
}

export interface TableAccess {
  /** Which rows are seen; all where absent. */
  readonly rows: Condition | undefined;
  /** By column, what is seen of a cell: the first case that holds; null where none does. */
  readonly cells: ReadonlyMap<string, readonly CellCase[]>;
  readonly aggregateOnly: AggregateOnly | undefined;
}

export interface CellCase {
  /** About the cell's row; absent where it always holds. */
  readonly when: Condition | undefined;
  readonly show: 'value' | Mask;
}

/** From the least to the most that a mask leaves of a value. */
export const MASKS = ['null', 'hash', 'year', 'lastFour'] as const;
export type Mask = (typeof MASKS)[number];

/** Columns that are counted, summed and averaged only, over groups that hold enough individuals. */
export interface AggregateOnly {
  readonly columns: ReadonlySet<string>;
  /** The column whose distinct values are the individuals. */
  readonly individual: string;
  readonly minimumGroupSize: number;
}

/** The name under which a restricted table shows its individuals to what is written here; no caller can say it. */
export const INDIVIDUAL = 'askgraph_individual';

/** A catalog without any restriction. */
export function openAccess(catalog: Catalog): Access {
  return { catalog, whole: catalog, tables: new Map(), hashKey: '', maximumRows: undefined };
}

/** What protects a column from being read row by row; undefined where nothing does. */
export function aggregateOnlyIn(
  access: Access | undefined,
  table: Table,
  column: string,
): AggregateOnly | undefined {
  const rule = access?.tables.get(table.name)?.aggregateOnly;
  return rule?.columns.has(column) ? rule : undefined;
}

export function refuseRowByRow(table: Table, column: string): AskgraphError {
  return new AskgraphError(
    'FORBIDDEN',
    `"${column}" of ${table.name} is seen in aggregates only: count, sum or average it as it stands.`,
    { details: { table: table.name, column } },
  );
}

/** The aggregate, or null where fewer individuals than the minimum have a value in it. */
export function suppressSmall(
  aggregate: string,
  individuals: string,
  { minimumGroupSize }: AggregateOnly,
): string {
  return `CASE WHEN COUNT(DISTINCT ${individuals}) >= ${minimumGroupSize} THEN ${aggregate} END`;
}

export function capRows(limits: StatementLimits, { maximumRows }: Access): StatementLimits {
  return maximumRows === undefined || maximumRows >= limits.rowLimit
    ? limits
    : { ...limits, rowLimit: maximumRows };
}
