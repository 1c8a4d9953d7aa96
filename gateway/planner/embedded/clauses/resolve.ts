import type { Condition } from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskDomain, AskTable, Profile } from '../../../knowledge/domain.js';
import { isKey, isNumeric, isTime, labelColumns, nameStems } from '../read/table-facts.js';
import type { Graph } from './graph.js';
import type { Phrase, Request } from './request.js';

export interface Place {
  readonly table: AskTable;
  readonly column: AskColumn;
}

/** What speaks for and against an attempt to give every phrase its meaning. */
export interface Evidence {
  score: number;
  /** The worst share of a name that was said. */
  weakest: number;
  ties: number;
  hops: number;
  semiJoins: number;
  unseenValues: number;
  guesses: number;
  /** Things that were said by other words than their names'. */
  loose: number;
  /** Columns shown of other tables than the subject. */
  foreign: number;
  /** Columns that are named and of which nothing is said. */
  asides: number;
  /** Tables by whose rows is grouped, shown by a name that the question does not ask for. */
  groupNames: number;
}

/** One attempt: the request with one table as what it is about. */
export interface Attempt {
  readonly domain: AskDomain;
  readonly profile: Profile;
  readonly graph: Graph;
  readonly request: Request;
  readonly subject: AskTable;
  readonly mentioned: ReadonlySet<AskTable>;
  readonly evidence: Evidence;
  /** What has to hold of some, or of none, of the rows behind each value that is shown. */
  readonly ofGroups: { readonly holds: 'some' | 'none'; readonly condition: Condition }[];
}

export function makeEvidence(): Evidence {
  return {
    score: 0,
    weakest: 1,
    ties: 0,
    hops: 0,
    semiJoins: 0,
    unseenValues: 0,
    guesses: 0,
    loose: 0,
    foreign: 0,
    asides: 0,
    groupNames: 0,
  };
}

export function tablesOf(phrase: Phrase | undefined): AskTable[] {
  return (phrase?.tables ?? []).map(({ table }) => table);
}

/** The table that a phrase names, the subject or one nearest to it where it may be several. */
export function resolveTable(attempt: Attempt, phrase: Phrase): AskTable | undefined {
  const [best, second] = phrase.tables
    .map((candidate) => ({
      ...candidate,
      score: candidate.quality - 0.1 * distance(attempt, candidate.table),
    }))
    .sort((a, b) => b.score - a.score);
  if (best === undefined || best.score < -1) return undefined;
  note(attempt, best.quality, best.score, second?.score);
  if (best.loosely === true) attempt.evidence.loose += 1;
  return best.table;
}

type Wanted = 'number' | 'text' | 'time' | 'any';

/** The column that a phrase names: near what was said last, near the subject, of the type that is needed. */
export function resolveColumn(
  attempt: Attempt,
  phrase: Phrase,
  wanted: Wanted,
  near?: AskTable,
): Place | undefined {
  const fits = (column: AskColumn) =>
    wanted === 'any' ||
    (wanted === 'number' && isNumber(column)) ||
    (wanted === 'text' && column.columnType === 'STRING') ||
    (wanted === 'time' && isTime(column));
  const [best, second] = phrase.columns
    .filter(({ column }) => fits(column))
    .map((candidate) => ({
      ...candidate,
      score: candidate.quality + nearness(attempt, candidate.table, near),
    }))
    .sort((a, b) => b.score - a.score);
  if (best === undefined || best.score < -1) return undefined;
  // A column that is meant more likely, but holds something else.
  const missed = phrase.columns.some(
    (other) =>
      (!fits(other.column) && other.quality + nearness(attempt, other.table, near) > best.score + 0.1) ||
      (fits(other.column) && other.quality > best.quality + 0.35 && other.table !== best.table),
  );
  if (missed) attempt.evidence.ties += 1;
  note(attempt, best.quality, best.score, second?.score);
  if (best.loosely === true) attempt.evidence.loose += 1;
  return { table: best.table, column: best.column };
}

export function nearness(attempt: Attempt, table: AskTable, near: AskTable | undefined): number {
  const bonus = table === near ? 0.55 : attempt.mentioned.has(table) ? 0.15 : 0;
  return bonus + (table === attempt.subject ? 0.4 : 0) - 0.12 * distance(attempt, table);
}

/** In relations from the subject; far beyond any where there is no way. */
function distance(attempt: Attempt, table: AskTable): number {
  if (table === attempt.subject) return 0;
  const [route] = attempt.graph.routes(attempt.subject, table);
  return route === undefined ? 100 : route.relations.length;
}

export function note(attempt: Attempt, quality: number, score: number, second: number | undefined): void {
  const { evidence } = attempt;
  evidence.score += score;
  evidence.weakest = Math.min(evidence.weakest, quality);
  if (second !== undefined && score - second < 0.06) evidence.ties += 1;
}

export function isNumber(column: AskColumn): boolean {
  return ['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT'].includes(column.columnType);
}

function isLike(name: string, other: string): boolean {
  return (
    name === other ||
    (name.length > 3 && other.startsWith(name) && other.length - name.length <= 2) ||
    (other.length > 3 && name.startsWith(other) && name.length - other.length <= 2)
  );
}

/** What rows of a table are shown by: their names, else their key. */
export function shownColumns(table: AskTable): AskColumn[] {
  const own = nameStems(table.name).join(' ');
  const same = table.columns.filter(
    (column) => column.references === undefined && isLike(nameStems(column.name).join(' '), own),
  );
  const text = same.find((column) => column.columnType === 'STRING');
  if (text !== undefined) return [text];
  const labels = labelColumns(table);
  if (labels.length > 0) return labels;
  if (same[0] !== undefined && !table.primaryKey.includes(same[0].name)) return [same[0]];
  // Rows without a name are known by what describes them: `address_details` of addresses.
  const told = table.columns.find(
    (column) =>
      column.columnType === 'STRING' &&
      column.references === undefined &&
      !table.primaryKey.includes(column.name) &&
      /details?$|description$|full_?name/i.test(column.name),
  );
  if (told !== undefined) return [told];
  const keys = table.columns.filter((column) => table.primaryKey.includes(column.name));
  return keys.length > 0 ? keys : table.columns.filter((column) => !isKey(column)).slice(0, 1);
}

export { isKey, isNumeric, isTime, labelColumns };
