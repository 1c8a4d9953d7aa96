/** What was seen of one thing, as numbers of which the first is always 1, and whether it turned out true. */
export interface Seen {
  readonly vector: readonly number[];
  readonly isTrue: boolean;
}

const RIDGE = 1;
const STEPS = 30;

/** How likely something is true by weights that were fitted. */
export function likelihood(weights: readonly number[], vector: readonly number[]): number {
  const odds = vector.reduce((sum, value, at) => sum + value * weights[at]!, 0);
  return 1 / (1 + Math.exp(-odds));
}

/** Weights of a logistic regression with a ridge on all but the first, by Newton's method. */
export function fittedTo(seen: readonly Seen[]): number[] {
  const weights = new Array<number>(seen[0]?.vector.length ?? 0).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : RIDGE * weight));
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? RIDGE : 0)));
    for (const { vector, isTrue } of seen) {
      const likely = likelihood(weights, vector);
      const miss = likely - (isTrue ? 1 : 0);
      const spread = likely * (1 - likely);
      vector.forEach((value, row) => {
        gradient[row]! += value * miss;
        vector.forEach((other, column) => {
          curvature[row]![column]! += value * other * spread;
        });
      });
    }
    solve(curvature, gradient).forEach((change, index) => {
      weights[index]! -= change;
    });
  }
  return weights;
}

/** Solves a system of linear equations by elimination. */
function solve(matrix: number[][], vector: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, vector[index]!]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows[at]!;
    for (const [index, row] of rows.entries()) {
      if (index === at) continue;
      const share = row[at]! / pivot[at]!;
      row.forEach((value, column) => {
        row[column] = value - share * pivot[column]!;
      });
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
