import type { ReactNode } from 'react';
import { AnswerTableView } from './answer-table-view.js';
import type { Progress } from './progress.js';

/** What is known of an answer before it is complete. */
export function ProgressView({ progress }: { progress: Progress }): ReactNode {
  const { running, rows, text } = progress;
  return (
    <>
      {text !== '' && <p className="answer-so-far">{text}</p>}
      <p className="asking">
        <span className="asking-dot" aria-hidden="true" />
        {running === undefined ? 'Asking…' : running === '' ? 'Combining the results…' : `Asking ${running}…`}
      </p>
      {rows && (
        <>
          <p className="rows-of">
            Rows of the step <code>{rows.stepName}</code>
          </p>
          <AnswerTableView table={rows.table} />
        </>
      )}
    </>
  );
}
