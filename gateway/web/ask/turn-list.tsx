import type { ReactNode } from 'react';
import type { AskInput } from './answer.js';
import type { Turn } from './turn.js';
import { TurnView } from './turn-view.js';

interface TurnListProps {
  readonly turns: readonly Turn[];
  readonly onAsk: (input: AskInput, heading?: string) => void;
}

/** The session's questions, the newest first. */
export function TurnList({ turns, onAsk }: TurnListProps): ReactNode {
  return (
    <section id="conversation" className="conversation" aria-label="Questions and answers" tabIndex={-1}>
      <ol>
        {turns.map((turn) => (
          <li key={turn.number}>
            <TurnView turn={turn} onAsk={onAsk} />
          </li>
        ))}
      </ol>
    </section>
  );
}
