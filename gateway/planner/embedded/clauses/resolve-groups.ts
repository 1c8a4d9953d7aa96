import type { AskTable } from '../../../knowledge/domain.js';
import { type Attempt, type Place, resolveColumn, resolveTable, shownColumns } from './resolve.js';
import { type Plain, type Shown, same, shownOf } from './shown.js';

interface Group {
  readonly table: AskTable;
  /** Whether rows are grouped, or the values of one column. */
  readonly kind: 'rows' | 'values';
  readonly shown: readonly Plain[];
}

export function resolveGroups(attempt: Attempt, terms: readonly Shown[]): Group[] | undefined {
  const groups: Group[] = [];
  for (const phrase of attempt.request.groups) {
    const table = Math.max(0, ...phrase.tables.map(({ quality }) => quality));
    const column = Math.max(0, ...phrase.columns.map(({ quality }) => quality));
    const isTable =
      table > 0 &&
      table >= column - 0.05 &&
      !attempt.subject.columns.some((own) =>
        phrase.columns.some((candidate) => candidate.column === own && candidate.quality > 0.95),
      );
    const found = isTable ? resolveTable(attempt, phrase) : undefined;
    if (found !== undefined) {
      const said = terms.some((term) => term.kind === 'plain' && term.table === found);
      // "The customer ids and the number of accounts for each customer": what refers to it tells which one it is.
      const byKey = terms.find(
        (term): term is Plain => term.kind === 'plain' && term.column.references?.table === found.name,
      );
      if (said || byKey === undefined)
        groups.push({ table: found, kind: 'rows', shown: said ? [] : shownOf(attempt, found) });
      else groups.push({ table: byKey.table, kind: 'values', shown: [byKey] });
      if (!said && byKey === undefined) attempt.evidence.groupNames += 1;
      continue;
    }
    const place = resolveColumn(attempt, phrase, 'any');
    if (place === undefined) return undefined;
    groups.push({ table: place.table, kind: 'values', shown: [{ kind: 'plain', ...place }] });
  }
  return groups;
}

export function groupsShown(groups: readonly Group[], plain: readonly Plain[]): Plain[] {
  return groups.flatMap(({ shown }) => shown.filter((one) => !plain.some((other) => same(one, other))));
}

/** Keys that keep apart rows of one name. */
export function identityOf(
  attempt: Attempt,
  root: AskTable,
  groups: readonly Group[],
  plain: readonly Plain[],
): Place[] | undefined {
  const tables = new Set<AskTable>(groups.filter(({ kind }) => kind === 'rows').map(({ table }) => table));
  // Values of a column that does not name its rows are grouped as they are.
  const names = shownColumns(attempt.subject);
  const isNamed =
    plain.length === 0 ||
    plain.some(
      ({ table, column }) =>
        table === attempt.subject && (names.includes(column) || table.primaryKey.includes(column.name)),
    );
  if (groups.length === 0 && isNamed && attempt.subject !== root) tables.add(attempt.subject);
  return [...tables].flatMap((table) => {
    const column = table.columns.find((candidate) => candidate.name === table.primaryKey[0]);
    return column === undefined || table.primaryKey.length !== 1 ? [] : [{ table, column }];
  });
}
