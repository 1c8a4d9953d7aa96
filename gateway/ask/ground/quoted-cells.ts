import type { Evidence, KnownCell } from './evidence.js';
import type { Support } from './match.js';
import { blank } from './take.js';

/** The text of a cell that stands in a sentence as it is. */
export type Quote = Support & { readonly text: string };

/** The cells of text that a sentence quotes whole, longest first, and the sentence without them. */
export function quotedCells(
  sentence: string,
  { cells }: Evidence,
): { readonly quotes: Quote[]; readonly rest: string } {
  const byText = new Map<string, KnownCell[]>();
  for (const cell of cells) {
    if (cell.words.size > 0 && sentence.includes(cell.written))
      byText.set(cell.written, [...(byText.get(cell.written) ?? []), cell]);
  }
  const longestFirst = [...byText].sort(([a], [b]) => b.length - a.length);
  const places: { from: number; to: number; cells: KnownCell[] }[] = [];
  let rest = sentence;
  for (const [text, own] of longestFirst) {
    for (const from of placesOf(text, rest)) {
      places.push({ from, to: from + text.length, cells: own });
      rest = blank(rest, from, text.length);
    }
  }
  return {
    quotes: joined(
      places.sort((a, b) => a.from - b.from),
      sentence,
    ),
    rest,
  };
}

/** A lower-case letter or two may be any word, unless it stands as what the text goes on to tell of. */
function isTelling(text: string): boolean {
  return text.length > 2 || /[\p{Lu}\p{N}]/u.test(text);
}

/** Where it stands as words of its own, not as a part of longer ones. */
function placesOf(text: string, sentence: string): number[] {
  const places: number[] = [];
  for (let at = sentence.indexOf(text); at >= 0; at = sentence.indexOf(text, at + text.length)) {
    const before = sentence[at - 1] ?? ' ';
    const after = sentence.slice(at + text.length, at + text.length + 2);
    const isApart = !/[\p{L}\p{N}.,-]/u.test(before) && !/^([\p{L}\p{N}]|[.,]\d)/u.test(after);
    if (isApart && (isTelling(text) || after.startsWith(':'))) places.push(at);
  }
  return places;
}

/** A common word, such as a kind or a state, is no name of the row that it stands in. */
function isNaming(text: string): boolean {
  return /[\p{Lu}\p{N}\s]/u.test(text);
}

/** Two quotes with one blank between them are one name, which one row has to hold: first name and last name. */
function joined(
  places: readonly { readonly from: number; readonly to: number; readonly cells: readonly KnownCell[] }[],
  sentence: string,
): Quote[] {
  const quotes: (Quote & { from: number; to: number })[] = [];
  for (const { from, to, cells } of places) {
    const before = quotes.at(-1);
    if (before === undefined || from !== before.to + 1 || sentence[before.to] !== ' ') {
      const text = sentence.slice(from, to);
      quotes.push({ text, cells, otherwise: isNaming(text) ? 'nothing' : 'whole', from, to });
      continue;
    }
    const rows = new Set(before.cells.map(({ row }) => row));
    const common = new Set(cells.map(({ row }) => row).filter((row) => rows.has(row)));
    quotes[quotes.length - 1] = {
      text: sentence.slice(before.from, to),
      cells: [...before.cells, ...cells].filter(({ row }) => common.has(row)),
      otherwise: 'nothing',
      from: before.from,
      to,
    };
  }
  return quotes;
}
