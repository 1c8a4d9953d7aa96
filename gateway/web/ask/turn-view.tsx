import { type ReactNode, useEffect, useRef } from 'react';
import type { AskInput } from './answer.js';
import { AnswerView } from './answer-view.js';
import { FailureView } from './failure-view.js';
import { ProgressView } from './progress-view.js';
import type { Turn } from './turn.js';

interface TurnViewProps {
  readonly turn: Turn;
  readonly onAsk: (input: AskInput, heading?: string) => void;
}

export function TurnView({ turn, onAsk }: TurnViewProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);

  // Asked by a button further down (an example, a follow-up, a choice): go to where the answer appears.
  // Asked from the question box: stay there, ready for the next question.
  useEffect(() => {
    if (document.activeElement?.id === 'question') return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'center' });
  }, []);

  return (
    <article
      className="turn"
      aria-labelledby={`turn-${turn.number}`}
      aria-busy={turn.outcome.kind === 'asking'}
    >
      <h2 ref={heading} id={`turn-${turn.number}`} className="turn-question" tabIndex={-1}>
        {turn.heading}
      </h2>
      <Outcome turn={turn} onAsk={onAsk} />
    </article>
  );
}

function Outcome({ turn, onAsk }: TurnViewProps): ReactNode {
  switch (turn.outcome.kind) {
    case 'asking':
      return <ProgressView progress={turn.outcome.progress} />;
    case 'cancelled':
      return <p className="cancelled">Cancelled before an answer came.</p>;
    case 'failed':
      return <FailureView failure={turn.outcome.failure} onRetry={() => onAsk(turn.input, turn.heading)} />;
    case 'answered':
      return <AnswerView answer={turn.outcome.answer} question={turn.input.question} onAsk={onAsk} />;
  }
}
