import type { Answer, AnswerTable, Column, Step } from './answer.js';

/** What the gateway tells of a question while it is under way. */
export type AskEvent =
  | { readonly __typename: 'AskStarted' }
  | { readonly __typename: 'StepChanged'; readonly step: Pick<Step, 'name' | 'domain' | 'status'> }
  | {
      readonly __typename: 'RowsArrived';
      readonly stepName: string;
      readonly columns: readonly Column[];
      readonly rows: AnswerTable['rows'];
    }
  | { readonly __typename: 'TextDelta'; readonly text: string }
  | { readonly __typename: 'AskDone'; readonly answer: Answer }
  | {
      readonly __typename: 'AskFailed';
      readonly fault: { readonly code: string; readonly message: string; readonly requestId: string };
    };

/** How far a question has come. */
export interface Progress {
  /** The domain that is being asked; empty while results are combined; undefined before and after. */
  readonly running: string | undefined;
  /** The rows that came last: those of a step that is worked on further, or the answer's own. */
  readonly rows: { readonly stepName: string; readonly table: AnswerTable } | undefined;
  readonly text: string;
}

export const NOTHING_YET: Progress = { running: undefined, rows: undefined, text: '' };

export function advance(progress: Progress, event: AskEvent): Progress {
  switch (event.__typename) {
    case 'StepChanged': {
      const { domain, status } = event.step;
      return { ...progress, running: status === 'RUNNING' ? (domain ?? '') : undefined };
    }
    case 'RowsArrived': {
      const { stepName, columns, rows } = event;
      const table = { columns, rows, totalRows: null, truncated: false };
      return { ...progress, running: undefined, rows: { stepName, table } };
    }
    case 'TextDelta':
      return { ...progress, text: progress.text + event.text };
    default:
      return progress;
  }
}
