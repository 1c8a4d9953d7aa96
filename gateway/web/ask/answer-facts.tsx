import type { ReactNode } from 'react';
import type { Fact } from './answer.js';
import { factText } from './cell-text.js';

export function AnswerFacts({ facts }: { facts: readonly Fact[] }): ReactNode {
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no identity of their own, and never move.
        <div key={index}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value === null ? 'no value' : factText(fact)}
            {fact.unit && <span className="unit"> {fact.unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
