import type { ReactNode } from 'react';
import type { Step } from './answer.js';
import { StepView } from './step-view.js';

export function Steps({ steps }: { steps: readonly Step[] }): ReactNode {
  if (steps.length === 0) return null;
  return (
    <details className="fold steps">
      <summary>
        {steps.length} {steps.length === 1 ? 'step' : 'steps'}, with the queries
      </summary>
      <ol>
        {steps.map((step) => (
          <li key={step.name}>
            <StepView step={step} />
          </li>
        ))}
      </ol>
    </details>
  );
}
