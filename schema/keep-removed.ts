import {
  columnsOfGlueTable,
  type GlueColumn,
  type GlueSnapshot,
  type GlueTable,
  PRIMARY_KEY_PARAMETER,
} from './glue.js';
import { REMOVED_PARAMETER, REMOVED_UNTIL_PARAMETER } from './removed.js';

export interface KeepOptions {
  /** The time of the pull or crawl; its day in UTC counts. */
  readonly now: Date;
  /** How many days the names of what was removed are still answered. */
  readonly days: number;
  /** Whether a table was looked for at all: what was not is no news of it. */
  readonly isLookedFor: (table: string) => boolean;
  readonly warn: (message: string) => void;
}

/**
 * A fresh snapshot with the tables and columns that only the committed one has, marked as removed today, or on the day
 * that they were; those whose time is over are left out. A column of the primary key goes at once: its field is never null
 * and tells entities apart, so that nothing could be answered for it.
 */
export function keepRemoved(
  committed: GlueSnapshot | undefined,
  fresh: GlueSnapshot,
  options: KeepOptions,
): GlueSnapshot {
  const before = new Map((committed?.TableList ?? []).map((table) => [table.Name.toLowerCase(), table]));
  const TableList = fresh.TableList.map((table) => {
    const known = before.get(table.Name.toLowerCase());
    before.delete(table.Name.toLowerCase());
    return known === undefined ? table : withRemovedColumns(known, table, options);
  });
  const gone = [...before.values()].filter(({ Name }) => options.isLookedFor(Name));
  return {
    ...fresh,
    TableList: [...TableList, ...gone.flatMap((table) => marked(table.Name, table, options))],
  };
}

function withRemovedColumns(before: GlueTable, table: GlueTable, options: KeepOptions): GlueTable {
  const there = new Set(columnsOfGlueTable(table).map(({ Name }) => Name.toLowerCase()));
  const keys = (before.Parameters?.[PRIMARY_KEY_PARAMETER] ?? '')
    .split(',')
    .map((key) => key.trim().toLowerCase());
  const gone = columnsOfGlueTable(before).filter(({ Name }) => !there.has(Name.toLowerCase()));
  const kept = gone.flatMap((column): GlueColumn[] => {
    const where = `${table.Name}.${column.Name}`;
    if (!keys.includes(column.Name.toLowerCase())) return marked(where, column, options);
    options.warn(`${where}: the column is gone at once, since it was of the primary key, which goes with it`);
    return [];
  });
  if (kept.length === 0) return table;
  const { Columns, ...descriptor } = table.StorageDescriptor ?? {};
  return { ...table, StorageDescriptor: { ...descriptor, Columns: [...(Columns ?? []), ...kept] } };
}

function marked<Item extends Pick<GlueColumn, 'Parameters'>>(
  where: string,
  item: Item,
  { now, days, warn }: KeepOptions,
): Item[] {
  const today = dayOf(now, 0);
  const {
    [REMOVED_PARAMETER]: on = today,
    [REMOVED_UNTIL_PARAMETER]: until = dayOf(now, days),
    ...others
  } = item.Parameters ?? {};
  if (until <= today) return [];
  warn(`${where}: it is gone, and answers null until ${until}`);
  return [{ ...item, Parameters: { ...others, [REMOVED_PARAMETER]: on, [REMOVED_UNTIL_PARAMETER]: until } }];
}

function dayOf(now: Date, later: number): string {
  const day = new Date(now);
  day.setUTCDate(day.getUTCDate() + later);
  return day.toISOString().slice(0, 10);
}
