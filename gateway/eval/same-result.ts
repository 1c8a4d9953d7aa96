import { columnsFit, normalise, type Value } from './same-value.js';

export type Rows = readonly (readonly unknown[])[];

export interface ExpectedResult {
  readonly columns?: readonly string[] | undefined;
  readonly rows: Rows;
  /** Rows of equal rank may come in any order. */
  readonly ranks?: readonly number[] | undefined;
}

/** Pairings of columns that are tried before the search gives up and says that results differ. */
const MOST_TRIES = 200_000;

/**
 * Whether rows are those expected: as a multiset, as a list where `ordered`, under any order of the columns. Numbers
 * agree within one part in a million, whole numbers exactly; numeric text equals numbers; a midnight is its date.
 */
export function sameResult(expected: ExpectedResult, actual: Rows, order: 'ordered' | 'unordered'): boolean {
  const { rows, ranks } = expected;
  if (rows.length !== actual.length) return false;
  const [first] = rows;
  if (first === undefined) return true;
  const width = first.length;
  if ([...rows, ...actual].some((row) => row.length !== width)) return false;
  const wanted = columnsOf(rows, width);
  const given = columnsOf(actual, width);
  const fits = wanted.map((column) => given.map((other) => columnsFit(column, other)));
  // Columns that few others fit are paired first.
  const places = wanted
    .map((_, index) => index)
    .sort((a, b) => fits[a]!.filter(Boolean).length - fits[b]!.filter(Boolean).length);
  const used = new Set<number>();
  let tries = 0;
  const search = (depth: number, left: Value[][], right: Value[][]): boolean => {
    if (!sameRows(left, right, rows.length, order, ranks)) return false;
    if (depth === width) return true;
    const place = places[depth]!;
    const candidates = [place, ...given.keys()].filter((at, index) => index === 0 || at !== place);
    for (const at of candidates) {
      const pair = fits[place]![at];
      if (pair === undefined || used.has(at) || ++tries > MOST_TRIES) continue;
      used.add(at);
      if (search(depth + 1, [...left, pair[0]], [...right, pair[1]])) return true;
      used.delete(at);
    }
    return false;
  };
  return search(0, [], []);
}

function columnsOf(rows: Rows, width: number): Value[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => normalise(row[column])));
}

function sameRows(
  left: readonly Value[][],
  right: readonly Value[][],
  height: number,
  order: 'ordered' | 'unordered',
  ranks: readonly number[] | undefined,
): boolean {
  if (left.length === 0) return true;
  if (order === 'unordered') return sameBag(left, right, 0, height);
  for (let start = 0; start < height; ) {
    let end = start + 1;
    if (ranks !== undefined) while (end < height && ranks[start] === ranks[end]) end++;
    if (!sameBag(left, right, start, end)) return false;
    start = end;
  }
  return true;
}

/** Whether two runs of rows hold the same rows, each as often. */
function sameBag(left: readonly Value[][], right: readonly Value[][], from: number, to: number): boolean {
  const free = new Map<string, number[]>();
  for (let row = from; row < to; row++) push(free, shapeOf(right, row), row);
  for (let row = from; row < to; row++) {
    const rows = free.get(shapeOf(left, row)) ?? [];
    const found = rows.findIndex((other) =>
      left.every((column, index) => columnsFit([column[row]!], [right[index]![other]!]) !== undefined),
    );
    if (found < 0) return false;
    rows.splice(found, 1);
  }
  return true;
}

/** What rows that are alike share: everything but the digits of their numbers. */
function shapeOf(columns: readonly Value[][], row: number): string {
  return JSON.stringify(
    columns.map((column) => (isNumber(column[row]!) ? 0 : column[row] === null ? null : `t${column[row]}`)),
  );
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
