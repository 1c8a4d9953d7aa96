import {
  columnsOfGlueTable as columnsOf,
  type GlueColumn,
  type GlueSnapshot,
  type GlueTable,
  PRIMARY_KEY_PARAMETER,
  REFERENCES_PARAMETER,
} from './glue.js';
import { REMOVED_PARAMETER, REMOVED_UNTIL_PARAMETER } from './removed.js';

/**
 * A fresh snapshot with what people had added to the one before. The rules:
 *
 * 1. The source decides which tables and columns there are, their types and where the data lies. Tables keep the order
 *    of the committed snapshot, new ones follow; columns stand in the source's order.
 * 2. Where the source has a description, a comment or a parameter, it counts; where it has none, the committed one stays.
 *    That something was removed is news of the source: only where the fresh snapshot has the mark is it removed.
 * 3. A primary key or reference whose column is gone is left out, and `warn` is told; so is it of tables that are gone.
 */
export function mergeSnapshot(
  committed: GlueSnapshot | undefined,
  fresh: GlueSnapshot,
  warn: (message: string) => void,
): GlueSnapshot {
  const merged: GlueSnapshot = {
    DatabaseList: fresh.DatabaseList.map((database) => {
      const before = committed?.DatabaseList.find(({ Name }) => Name === database.Name);
      const description = database.Description || before?.Description;
      return { Name: database.Name, ...(description ? { Description: description } : {}) };
    }),
    TableList: inOrder(committed?.TableList ?? [], fresh.TableList, warn),
  };
  return withoutDeadEnds(merged, warn);
}

function inOrder(
  committed: readonly GlueTable[],
  fresh: readonly GlueTable[],
  warn: (message: string) => void,
): GlueTable[] {
  const byName = new Map(fresh.map((table) => [table.Name.toLowerCase(), table]));
  const kept = committed.flatMap((before) => {
    const table = byName.get(before.Name.toLowerCase());
    if (table === undefined) warn(`${before.Name}: the table is gone`);
    byName.delete(before.Name.toLowerCase());
    return table === undefined ? [] : [mergeTable(before, table)];
  });
  return [...kept, ...byName.values()];
}

function mergeTable(before: GlueTable, table: GlueTable): GlueTable {
  const description = table.Description || before.Description;
  const columns = new Map(columnsOf(before).map((column) => [column.Name.toLowerCase(), column]));
  const merge = (column: GlueColumn) => mergeColumn(columns.get(column.Name.toLowerCase()), column);
  const location = table.StorageDescriptor?.Location ?? before.StorageDescriptor?.Location;
  return {
    Name: table.Name,
    ...(table.DatabaseName === undefined ? {} : { DatabaseName: table.DatabaseName }),
    ...(description ? { Description: description } : {}),
    StorageDescriptor: {
      Columns: (table.StorageDescriptor?.Columns ?? []).map(merge),
      ...(location ? { Location: location } : {}),
    },
    PartitionKeys: (table.PartitionKeys ?? []).map(merge),
    ...mergeParameters(before, table),
  };
}

function mergeColumn(before: GlueColumn | undefined, column: GlueColumn): GlueColumn {
  const comment = column.Comment || before?.Comment;
  return {
    Name: column.Name,
    ...(column.Type == null ? {} : { Type: column.Type }),
    ...(comment ? { Comment: comment } : {}),
    ...mergeParameters(before, column),
  };
}

type WithParameters = Pick<GlueColumn, 'Parameters'>;

function mergeParameters(before: WithParameters | undefined, after: WithParameters): WithParameters {
  // What the source has again is not removed any more.
  const { [REMOVED_PARAMETER]: _, [REMOVED_UNTIL_PARAMETER]: __, ...kept } = before?.Parameters ?? {};
  const parameters = { ...kept, ...after.Parameters };
  return Object.keys(parameters).length === 0 ? {} : { Parameters: parameters };
}

/** Keys and references by the names that the columns now have; those that lead nowhere are left out. */
function withoutDeadEnds(snapshot: GlueSnapshot, warn: (message: string) => void): GlueSnapshot {
  const names = new Map(
    snapshot.TableList.flatMap((table) => [
      [table.Name, table.Name],
      ...columnsOf(table).map(({ Name }): [string, string] => [
        `${table.Name}.${Name}`,
        `${table.Name}.${Name}`,
      ]),
    ]).map(([key, name]) => [key!.toLowerCase(), name!]),
  );
  const keyOf = (table: GlueTable, text: string) => {
    const columns = text
      .split(',')
      .map((column) => names.get(`${table.Name}.${column.trim()}`.toLowerCase()));
    return columns.some((column) => column === undefined)
      ? undefined
      : columns.map((column) => column!.slice(table.Name.length + 1)).join(',');
  };
  return {
    ...snapshot,
    TableList: snapshot.TableList.map((table) => {
      const say = (where: string) => (lost: string) => warn(`${where}: ${lost} is not there any more`);
      const column = (of: GlueColumn) =>
        rewritten(
          of,
          REFERENCES_PARAMETER,
          (text) => names.get(text.toLowerCase()),
          say(`${table.Name}.${of.Name}`),
        );
      const { StorageDescriptor, PartitionKeys } = table;
      return {
        ...rewritten(table, PRIMARY_KEY_PARAMETER, (text) => keyOf(table, text), say(table.Name)),
        ...(StorageDescriptor == null
          ? {}
          : {
              StorageDescriptor: {
                ...StorageDescriptor,
                Columns: (StorageDescriptor.Columns ?? []).map(column),
              },
            }),
        ...(PartitionKeys == null ? {} : { PartitionKeys: PartitionKeys.map(column) }),
      };
    }),
  };
}

function rewritten<Item extends WithParameters>(
  item: Item,
  parameter: string,
  rewrite: (text: string) => string | undefined,
  lost: (text: string) => void,
): Item {
  const text = item.Parameters?.[parameter];
  if (text === undefined) return item;
  const { [parameter]: _, ...others } = item.Parameters ?? {};
  const value = rewrite(text);
  if (value === undefined) lost(text);
  const { Parameters: __, ...rest } = item;
  const parameters = value === undefined ? others : { ...item.Parameters, [parameter]: value };
  return { ...rest, ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }) } as Item;
}
