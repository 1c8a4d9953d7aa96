import type { ShownTable } from './answer-text.js';
import type { CellReference, Claim } from './answer-types.js';
import { formatCell } from './format.js';

/**
 * The sentences of a text, each with the cells that bear its figures and names out. A sentence that no cell bears out
 * claims nothing of the data and is left out.
 */
export function ground(text: string, table: ShownTable, step: string): Claim[] {
  return sentences(text).flatMap((sentence) => {
    const cells = cellsIn(sentence, table, step);
    return cells.length === 0 ? [] : [{ text: sentence, cells }];
  });
}

const MAX_ROWS = 100;

function cellsIn(sentence: string, table: ShownTable, step: string): CellReference[] {
  return table.rows.slice(0, MAX_ROWS).flatMap((row, index) =>
    row.flatMap((value, position) => {
      const column = table.columns[position]!;
      if (value === null) return [];
      return says(sentence, formatCell(value, column)) ? [{ step, row: index, column: column.name }] : [];
    }),
  );
}

/** Whether the written value stands in the sentence as a word of its own, not as a part of a longer one. */
function says(sentence: string, written: string): boolean {
  for (let at = sentence.indexOf(written); at >= 0; at = sentence.indexOf(written, at + 1)) {
    const before = sentence[at - 1] ?? ' ';
    const after = sentence.slice(at + written.length, at + written.length + 2);
    if (!/[\p{L}\p{N}.,-]/u.test(before) && !/^([\p{L}\p{N}]|[.,]\d)/u.test(after)) return true;
  }
  return false;
}

function sentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}“"$])|\n+/u).filter((sentence) => sentence.trim() !== '');
}
