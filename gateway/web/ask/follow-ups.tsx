import type { ReactNode } from 'react';

interface FollowUpsProps {
  readonly followUps: readonly string[];
  readonly onAsk: (question: string) => void;
}

export function FollowUps({ followUps, onAsk }: FollowUpsProps): ReactNode {
  if (followUps.length === 0) return null;
  return (
    <section className="follow-ups">
      <h3>Ask next</h3>
      <ul className="chips">
        {followUps.map((question) => (
          <li key={question}>
            <button type="button" className="chip" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
