import type { ShownTable } from '../answer-text.js';
import { formatCell } from '../format.js';

/** What the rows may take of the prompt, in characters: some 4,000 tokens. */
const ROWS_BUDGET = 14_000;
const CELL_LENGTH = 300;

/** The question, what was looked up and the rows found, each in a fence that it cannot close. */
export function describeRows(question: string, restatement: string, table: ShownTable): string {
  return [
    `<question>\n${fenced(question)}\n</question>`,
    `<lookup>\n${fenced(restatement)}\n</lookup>`,
    `<rows>\n${rowsOf(table)}\n</rows>`,
  ].join('\n\n');
}

function rowsOf({ columns, rows, truncated }: ShownTable): string {
  const lines: string[] = [];
  let room = ROWS_BUDGET;
  for (const row of rows) {
    const cells = row.map((cell, index) =>
      cell === null ? null : shorten(formatCell(cell, columns[index]!)),
    );
    const line = fenced(JSON.stringify(cells));
    room -= line.length;
    if (room < 0 && lines.length > 0) break;
    lines.push(line);
  }
  const isAll = lines.length === rows.length && !truncated;
  const extent = isAll ? `All rows, ${lines.length} in number:` : `The first ${lines.length} of more rows:`;
  const labels = fenced(JSON.stringify(columns.map(({ label }) => label)));
  return [`Columns: ${labels}`, extent, ...lines].join('\n');
}

function shorten(text: string): string {
  return text.length <= CELL_LENGTH ? text : `${text.slice(0, CELL_LENGTH - 1)}…`;
}

function fenced(text: string): string {
  return text.replace(/<(?=\s*\/?\s*(question|lookup|rows)\b)/gi, '‹');
}
