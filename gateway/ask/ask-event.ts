import type { Answer, AnswerColumn, AnswerTable, Fault, Step } from './answer-types.js';

/** What whoever follows a question is told, in order: it begins with AskStarted and ends with AskDone or AskFailed. */
export type AskEvent =
  | { readonly kind: 'AskStarted'; readonly answerId: string; readonly conversationId: string }
  | { readonly kind: 'StepChanged'; readonly step: Step }
  | {
      readonly kind: 'RowsArrived';
      readonly stepName: string;
      readonly columns: readonly AnswerColumn[];
      readonly rows: AnswerTable['rows'];
    }
  /** More of the text: already grounded, never taken back. */
  | { readonly kind: 'TextDelta'; readonly text: string }
  | { readonly kind: 'AskDone'; readonly answer: Answer }
  | { readonly kind: 'AskFailed'; readonly fault: Fault };

/** What the pipeline tells while it is under way; how it ends is its result. */
export type Progress = Extract<
  AskEvent,
  { kind: 'AskStarted' | 'StepChanged' | 'RowsArrived' | 'TextDelta' }
>;
export type Tell = (progress: Progress) => void;

export const tellNobody: Tell = () => {};
