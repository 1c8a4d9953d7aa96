import { fieldName } from '../../../schema/names.js';
import type { ShownTable } from '../answer-text.js';
import type { Findings } from '../findings.js';

/** How many rows of a domain a model may read; undefined: as many as there are. */
export type RowsToModel = (domain: string) => number | undefined;

const MOST_ROWS = 100;

/**
 * The rows that a model may read of findings: no more than each of their domains permits, and nothing that the asker sees
 * masked. Undefined where there are none. Which of a query's columns show a masked one is not known, so a query that
 * reads any is kept back whole.
 */
export function sendableRows(findings: Findings, rowsToModel: RowsToModel): ShownTable | undefined {
  const { all, extent, outcome } = findings;
  const permitted = outcome.plan.steps.map(({ domain }) => rowsToModel(domain) ?? MOST_ROWS);
  const most = Math.min(MOST_ROWS, ...permitted);
  if (extent === 'nothing' || most === 0 || readsMasked(findings)) return undefined;
  const open = all.columns.flatMap(({ masked }, index) => (masked ? [] : [index]));
  if (open.length === 0) return undefined;
  return {
    columns: open.map((index) => all.columns[index]!),
    rows: all.rows.slice(0, most).map((row) => open.map((index) => row[index]!)),
    truncated: all.truncated || all.rows.length > most,
  };
}

function readsMasked({ outcome: { plan, domains } }: Findings): boolean {
  return domains.some(({ name, restriction }) =>
    [...(restriction?.masked ?? [])].some(([table, columns]) =>
      [...columns].some(
        (column) =>
          plan.sources.some(
            (source) => source.domain === name && source.table === table && source.columns.includes(column),
          ) || plan.steps.some((step) => step.domain === name && names(step.query, column)),
      ),
    ),
  );
}

/** Whether a query has the column's name in it, as SQL or as GraphQL writes it. */
function names(query: string, column: string): boolean {
  const words = new Set(query.toLowerCase().match(/\w+/g));
  return words.has(column.toLowerCase()) || words.has(fieldName(column).toLowerCase());
}
