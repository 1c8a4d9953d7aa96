import type { ReactNode } from 'react';
import type { Choice, Clarification } from './answer.js';

interface ClarificationChoicesProps {
  readonly clarification: Clarification;
  /** The prompt is left out where the answer's text is the prompt already. */
  readonly answerText: string;
  readonly onChoose: (choice: Choice) => void;
}

export function ClarificationChoices(props: ClarificationChoicesProps): ReactNode {
  const { prompt, choices } = props.clarification;
  return (
    <section className="choices" aria-label={prompt}>
      {prompt !== props.answerText && <p>{prompt}</p>}
      <ul className="chips">
        {choices.map((choice) => (
          <li key={choice.id}>
            <button type="button" className="chip choice" onClick={() => props.onChoose(choice)}>
              {choice.label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
