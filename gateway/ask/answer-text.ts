import type { Cell } from '../../subgraphs/sql/statement.js';
import type { Profile } from '../knowledge/domain.js';
import type { Plan } from '../planner/planner.js';
import type { AnswerColumn } from './answer-types.js';
import { formatCell, formatDate, type ShownColumn } from './format.js';

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

/** The templated answer: one form for a figure, a row, a short list, and a longer table with its extremes. */
export function writeAnswer(plan: Plan, table: ShownTable, facts: readonly ShownFact[]): string {
  const { rows, columns } = table;
  const [row] = rows;
  if (row === undefined) return `${capitalise(plan.restatement)}: there are none.`;
  if (rows.length === 1 && columns.length === 1) {
    const value = formatCell(row[0]!, columns[0]!);
    return isNumber(columns[0]!)
      ? `The ${plan.restatement} is ${value}.`
      : `${capitalise(plan.restatement)}: ${value}${supportOf(facts, 0)}.`;
  }
  if (rows.length === 1) {
    const names = columns.every((column) => column.type === 'STRING');
    const said = names ? writeRow(row, columns) : labelled(row, columns);
    return `${capitalise(plan.restatement)}: ${said}${supportOf(facts, 0)}.`;
  }
  const figure = columns.findLastIndex(isNumber);
  if (rows.length <= LISTED || figure < 0) return writeList(plan, table, facts);
  return writeExtremes(plan, table, figure);
}

function writeList(plan: Plan, table: ShownTable, facts: readonly ShownFact[]): string {
  const { rows, columns } = table;
  const shown = rows
    .slice(0, LISTED)
    .map((row, index) => `${writeRow(row, columns)}${supportOf(facts, index)}`);
  const rest =
    rows.length > LISTED ? `, and ${table.truncated ? 'more' : `${rows.length - LISTED} more`}` : '';
  return `${capitalise(plan.restatement)}: ${shown.join('; ')}${rest}.`;
}

function writeExtremes(plan: Plan, table: ShownTable, figure: number): string {
  const { rows, columns } = table;
  const named = columns.filter((_, index) => index !== figure);
  const withFigure = rows
    .filter((row) => row[figure] !== null)
    .toSorted((a, b) => Number(b[figure]) - Number(a[figure]));
  const say = (row: readonly Cell[]) =>
    `${writeRow(
      row.filter((_, index) => index !== figure),
      named,
    )} with ${formatCell(row[figure]!, columns[figure]!)}`;
  const [largest] = withFigure;
  const smallest = withFigure.at(-1);
  const extent = table.truncated ? `the first ${rows.length} rows` : `${rows.length} rows`;
  if (largest === undefined || smallest === undefined) return `${capitalise(plan.restatement)}: ${extent}.`;
  return `${capitalise(plan.restatement)}: ${extent}. The largest is ${say(largest)}; the smallest is ${say(smallest)}.`;
}

/** Names are said together (`Christian Koblick`), a name and its figure with a colon. */
function writeRow(row: readonly Cell[], columns: ShownTable['columns']): string {
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

function supportOf(facts: readonly ShownFact[], row: number): string {
  const fact = facts[row];
  return fact === undefined ? '' : ` (${fact.column.label} ${formatCell(fact.value, fact.column)})`;
}

/** What to say where the question's time lies outside the data, or where nothing was found. */
export function writeNoData(plan: Plan, notes: readonly string[], profile: Profile): string {
  const [note] = notes;
  const found = `There is no data for the ${plan.restatement}.`;
  if (note !== undefined) return `${found} ${note}`;
  const range =
    plan.time === undefined
      ? undefined
      : profile.columnFacts(plan.time.domain, plan.time.table, plan.time.column)?.range;
  if (range === undefined || plan.time === undefined) return found;
  const table = plan.time.table.replace(/_/g, ' ');
  if (plan.time.from !== undefined && range.to.slice(0, 10) < plan.time.from)
    return `${found} The data of ${table} ends on ${formatDate(range.to)}.`;
  if (plan.time.to !== undefined && range.from.slice(0, 10) >= plan.time.to)
    return `${found} The data of ${table} begins on ${formatDate(range.from)}.`;
  return found;
}

/** Whether the period that was asked for lies wholly outside what the data reaches. */
export function isOutsideData(plan: Plan, profile: Profile): boolean {
  const { time } = plan;
  const range =
    time === undefined ? undefined : profile.columnFacts(time.domain, time.table, time.column)?.range;
  if (time === undefined || range === undefined) return false;
  return (
    (time.from !== undefined && range.to.slice(0, 10) < time.from) ||
    (time.to !== undefined && range.from.slice(0, 10) >= time.to)
  );
}

function isNumber(column: AnswerColumn): boolean {
  return ['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT'].includes(column.type);
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
