import type { AskDomain } from '../knowledge/domain.js';
import type { Plan } from '../planner/planner.js';
import type { AnswerColumn, AnswerTable } from './answer-types.js';
import type { Success } from './combine.js';
import { isMaskedColumn } from './masked-column.js';

/** Rows of a step that is worked on further are told to show how it comes along; the answer's own are told apart. */
const MOST_ROWS_TOLD = 100;

/** The first rows of a step, at most as many as the asker wants of the answer. */
export function arrivedRows(
  { step, result }: Success,
  { columns, sources }: Plan,
  maxRows: number,
  domains: readonly AskDomain[],
): { stepName: string; columns: AnswerColumn[]; rows: AnswerTable['rows'] } {
  const own = sources.filter(({ domain }) => domain === step.domain);
  return {
    stepName: step.name,
    columns: result.columns.map(({ name, type }) => {
      const planned = columns.find((column) => column.name === name);
      return {
        name,
        label: planned?.label ?? name,
        type,
        unit: planned?.unit ?? null,
        masked: isMaskedColumn(name, planned, own, domains),
      };
    }),
    rows: result.rows.slice(0, Math.min(maxRows, MOST_ROWS_TOLD)),
  };
}
