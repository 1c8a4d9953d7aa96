import type { GoldenQuestion } from './question-set.js';
import { type Rows, sameResult } from './same-result.js';

/** Whether rows are one of a question's expected results. */
export function right(question: GoldenQuestion, rows: Rows): boolean {
  return expectedOf(question).some((expected) =>
    sameResult(expected, rows, (expected.ordered ?? question.ordered) ? 'ordered' : 'unordered'),
  );
}

export function expectedOf(question: GoldenQuestion): NonNullable<GoldenQuestion['expected_any']> {
  return question.expected_any ?? (question.expected === undefined ? [] : [question.expected]);
}
