type Rows = readonly (readonly unknown[])[];

export interface Comparison {
  readonly ordered?: boolean;
  /** The found rows may have columns that the expected ones have not. */
  readonly wider?: boolean;
}

const CLOSE = 1e-6;
const TEMPORAL = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]([\d:]+)(?:\.0+)?(?:Z|\+00(?::00)?)?)?)?$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * Whether two tables hold the same rows, whichever order their columns have: as multisets, or in order where that is
 * asked for. Numbers are the same within a millionth, dates whichever way they are written.
 */
export function sameRows(
  found: Rows,
  expected: Rows,
  { ordered = false, wider = false }: Comparison,
): boolean {
  if (found.length !== expected.length) return false;
  if (expected.length === 0) return true;
  const width = expected[0]!.length;
  const available = found[0]!.length;
  if (wider ? available < width : available !== width) return false;
  const [foundCells, expectedCells] = [found, expected].map((rows) => rows.map((row) => row.map(normalise)));
  return columnChoices(foundCells!, expectedCells!).some((columns) => {
    const chosen = foundCells!.map((row) => columns.map((column) => row[column] ?? null));
    return ordered
      ? sameInOrder(chosen, expectedCells!)
      : sameInOrder(sorted(chosen), sorted(expectedCells!));
  });
}

type Cell = string | number | boolean | null;

/** Numbers as numbers and instants as text in one form: engines and JSON write both in several ways. */
function normalise(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = String(value);
  if (NUMBER.test(text)) return Number(text);
  const parts = TEMPORAL.exec(text);
  if (parts === null) return text;
  const [, year, month, day = '01', time = '00:00:00'] = parts;
  return `${year}-${month}-${day}T${time.padEnd(8, ':00')}`;
}

/** Every way to give each expected column a found one that holds the same values. */
function columnChoices(found: readonly Cell[][], expected: readonly Cell[][]): number[][] {
  const columnOf = (rows: readonly Cell[][], index: number) =>
    rows.map((row) => row[index] ?? null).sort(compare);
  const available = found[0]!.map((_, index) => columnOf(found, index));
  const wanted = expected[0]!.map((_, index) => columnOf(expected, index));
  return wanted.reduce<number[][]>(
    (choices, column) =>
      choices.flatMap((chosen) =>
        available.flatMap((candidate, index) =>
          !chosen.includes(index) && candidate.every((cell, row) => sameCell(cell, column[row] ?? null))
            ? [[...chosen, index]]
            : [],
        ),
      ),
    [[]],
  );
}

function sorted(rows: readonly Cell[][]): Cell[][] {
  return [...rows].sort((left, right) => {
    for (const [index, cell] of left.entries()) {
      const order = compare(cell, right[index] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function sameInOrder(found: readonly Cell[][], expected: readonly Cell[][]): boolean {
  return found.every((row, index) =>
    row.every((cell, column) => sameCell(cell, expected[index]![column] ?? null)),
  );
}

function sameCell(left: Cell, right: Cell): boolean {
  if (typeof left === 'number' && typeof right === 'number') {
    return Math.abs(left - right) <= CLOSE * Math.max(1, Math.abs(left), Math.abs(right));
  }
  return left === right;
}

/** Numbers before texts before nothing; numbers that are nearly the same are in one place. */
function compare(left: Cell, right: Cell): number {
  if (typeof left === 'number' && typeof right === 'number') return sameCell(left, right) ? 0 : left - right;
  if (typeof left !== typeof right) return typeof left < typeof right ? -1 : 1;
  const [one, other] = [String(left), String(right)];
  return one < other ? -1 : one > other ? 1 : 0;
}
