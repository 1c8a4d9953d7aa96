import type { Cell } from '../../subgraphs/sql/statement.js';
import type { Plan } from '../planner/planner.js';
import type { AnswerColumn } from './answer-types.js';
import { formatCell, type ShownColumn } from './format.js';

export interface ShownTable {
  readonly columns: readonly (AnswerColumn & ShownColumn)[];
  readonly rows: readonly (readonly Cell[])[];
  readonly truncated: boolean;
}

/** A supporting figure, with the column it comes from. */
export interface ShownFact {
  readonly column: AnswerColumn & ShownColumn;
  readonly value: Cell;
  /** Which row it is of, where there are several. */
  readonly of: string | undefined;
}

const LISTED = 10;

/** The templated answer: one form each for a figure, what a superlative chose, a row, a list, groups with figures. */
export function writeAnswer(plan: Plan, table: ShownTable, facts: readonly ShownFact[]): string {
  const { rows, columns } = table;
  if (plan.ranking !== undefined && facts.length === rows.length)
    return writeRanking(plan.ranking, plan, table, facts);
  if (rows.length === 1) return writeSingleRow(plan, table);
  const figure = columns.findLastIndex(isNumber);
  if (figure < 0) return writeList(table);
  return rows.length <= LISTED ? writeGroups(plan, table) : writeExtremes(plan, table, figure);
}

/** `Curtains has the highest total price paid: $1,721,448.00.` */
function writeRanking(
  ranking: NonNullable<Plan['ranking']>,
  plan: Plan,
  table: ShownTable,
  facts: readonly ShownFact[],
): string {
  const { rows, columns } = table;
  const what = `the ${ranking.end} ${ranking.label}`;
  const figure = (index: number) => formatCell(facts[index]!.value, facts[index]!.column);
  if (plan.combine !== undefined && columns[0]?.name === 'rank') {
    const ends = rows.map(
      (row, index) =>
        `${writeNames(row.slice(1), columns.slice(1))} has the ${row[0]} ${ranking.label} (${figure(index)})`,
    );
    return `${joined(ends)}.`;
  }
  if (rows.length === 1) return `${writeNames(rows[0]!, columns)} has ${what}: ${figure(0)}.`;
  const listed = rows.slice(0, LISTED).map((row, index) => `${writeNames(row, columns)} (${figure(index)})`);
  const rest = rows.length > LISTED ? `, and ${rows.length - LISTED} more` : '';
  return `The ${rows.length} with ${what} are ${rest === '' ? joined(listed) : listed.join(', ')}${rest}.`;
}

function writeSingleRow(plan: Plan, { rows, columns }: ShownTable): string {
  const row = rows[0]!;
  if (columns.length === 1 && isNumber(columns[0]!)) {
    const comma = plan.restatement.includes(',') ? ',' : '';
    return `The ${plan.restatement}${comma} is ${formatCell(row[0]!, columns[0]!)}.`;
  }
  const names = columns.every((column) => column.type === 'STRING');
  return `${capitalise(plan.restatement)}: ${names ? writeNames(row, columns) : labelled(row, columns)}.`;
}

/** `4 found: Christian Koblick, Tzvetan Zielinski, Kazuhito Cappelletti and Yinghua Dredge.` */
function writeList({ rows, columns, truncated }: ShownTable): string {
  const listed = rows.slice(0, LISTED).map((row) => writeNames(row, columns));
  const found = truncated ? `More than ${rows.length} found` : `${rows.length} found`;
  return rows.length > LISTED
    ? `${found}; the first ${LISTED} are ${joined(listed)}.`
    : `${found}: ${joined(listed)}.`;
}

function writeGroups(plan: Plan, { rows, columns }: ShownTable): string {
  return `${capitalise(plan.restatement)}: ${rows.map((row) => writeNamesAndFigures(row, columns)).join('; ')}.`;
}

function writeExtremes(plan: Plan, { rows, columns, truncated }: ShownTable, figure: number): string {
  const named = columns.filter((_, index) => index !== figure);
  const sorted = rows
    .filter((row) => row[figure] !== null)
    .toSorted((a, b) => Number(b[figure]) - Number(a[figure]));
  const say = (row: readonly Cell[]) => {
    const names = row.filter((_, index) => index !== figure);
    return `${writeNamesAndFigures(names, named)} with ${formatCell(row[figure]!, columns[figure]!)}`;
  };
  const extent = truncated ? `the first ${rows.length} rows` : `${rows.length} rows`;
  const [largest] = sorted;
  const smallest = sorted.at(-1);
  const ends =
    largest === undefined || smallest === undefined
      ? ''
      : ` The largest is ${say(largest)}; the smallest is ${say(smallest)}.`;
  return `${capitalise(plan.restatement)}: ${extent}.${ends}`;
}

/** What is said of a row as one name: `Christian Koblick`. */
function writeNames(row: readonly Cell[], columns: ShownTable['columns']): string {
  return row.map((value, index) => formatCell(value, columns[index]!)).join(' ');
}

/** A name and its figures: `Finance: $70,030.56`. */
function writeNamesAndFigures(row: readonly Cell[], columns: ShownTable['columns']): string {
  const cells = row.map((value, index) => ({
    text: formatCell(value, columns[index]!),
    figure: isNumber(columns[index]!),
  }));
  const names = cells.filter((cell) => !cell.figure).map((cell) => cell.text);
  const figures = cells.filter((cell) => cell.figure).map((cell) => cell.text);
  return [names.join(' '), figures.join(', ')].filter((part) => part !== '').join(': ');
}

function labelled(row: readonly Cell[], columns: ShownTable['columns']): string {
  return columns
    .flatMap((column, index) =>
      row[index] === null ? [] : [`${column.label} ${formatCell(row[index]!, column)}`],
    )
    .join(', ');
}

function isNumber(column: AnswerColumn): boolean {
  return ['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT'].includes(column.type);
}

/** `a`, `a and b`, `a, b and c`. */
function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
