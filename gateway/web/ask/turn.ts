import type { AskInput } from './answer.js';
import type { AskOutcome } from './ask-client.js';
import type { Progress } from './progress.js';

/** One question of the session and what became of it. */
export interface Turn {
  /** Counts up from 1 within the page. */
  readonly number: number;
  /** What is shown as asked: a choice's label where the question was answered by choosing. */
  readonly heading: string;
  readonly input: AskInput;
  readonly outcome: AskOutcome | { readonly kind: 'asking'; readonly progress: Progress };
}

/** What a screen reader is told of the newest turn. */
export function announcement(turn: Turn | undefined): string {
  if (!turn) return '';
  switch (turn.outcome.kind) {
    case 'asking':
      return 'Asking…';
    case 'cancelled':
      return 'Cancelled.';
    case 'failed':
      return `${turn.outcome.failure.title}. ${turn.outcome.failure.message}`;
    case 'answered':
      return `Answer: ${turn.outcome.answer.text}`;
  }
}
