import { type ReactNode, useId } from 'react';
import type { AnswerTable, Column } from './answer.js';
import { cellText, groupDigits, isNumeric } from './cell-text.js';

export function AnswerTableView({ table }: { table: AnswerTable }): ReactNode {
  if (table.columns.length === 0 || table.rows.length === 0) return null;
  // A single figure stands in the answer's sentence already.
  if (table.columns.length > 1 || table.rows.length > 1) return <ScrollingTable table={table} />;
  return (
    <details className="fold">
      <summary>Table</summary>
      <ScrollingTable table={table} />
    </details>
  );
}

function ScrollingTable({ table }: { table: AnswerTable }): ReactNode {
  const captionId = useId();
  return (
    <figure className="answer-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-labelledby={captionId} tabIndex={0}>
        <table aria-labelledby={captionId}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <HeaderCell key={column.name} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer's rows never move
              <tr key={index}>
                {table.columns.map((column, position) => (
                  <td key={column.name} className={isNumeric(column.type) ? 'number' : undefined}>
                    <CellValue value={row[position]} column={column} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <figcaption id={captionId}>{captionText(table)}</figcaption>
    </figure>
  );
}

function HeaderCell({ column }: { column: Column }): ReactNode {
  return (
    <th scope="col" className={isNumeric(column.type) ? 'number' : undefined}>
      {column.label}
      {column.unit && <span className="unit"> ({column.unit})</span>}
      {column.masked && <span className="masked">masked</span>}
    </th>
  );
}

function CellValue({ value, column }: { value: unknown; column: Column }): ReactNode {
  if (value !== null && value !== undefined) return cellText(value, column);
  return (
    <span className="none">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">no value</span>
    </span>
  );
}

/** "1 row", "12 rows", or, where not all are shown, "First 100 of 8,798 rows". */
function captionText({ rows, totalRows, truncated }: AnswerTable): string {
  const shown = groupDigits(String(rows.length));
  if (!truncated) return rows.length === 1 ? '1 row' : `${shown} rows`;
  return totalRows === null
    ? `First ${shown} rows, there are more`
    : `First ${shown} of ${groupDigits(String(totalRows))} rows`;
}
