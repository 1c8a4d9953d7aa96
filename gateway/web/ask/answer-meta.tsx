import type { ReactNode } from 'react';
import type { Answer, Trust, Usage } from './answer.js';
import { groupDigits } from './cell-text.js';

const TRUST = {
  VERIFIED: 'From a verified query',
  COMPUTED: 'Computed from the data',
  GENERATED: 'From a query that a model wrote',
} as const satisfies Record<Trust, string>;

/** The small print: how far to trust the answer, who planned it, and what it cost. */
export function AnswerMeta({ answer }: { answer: Answer }): ReactNode {
  const { trust, planner, usage } = answer;
  return (
    <ul className="answer-meta">
      {trust && <li className={`trust trust-${trust.toLowerCase()}`}>{TRUST[trust]}</li>}
      <li>Planned by {planner}</li>
      <li>{durationText(usage.milliseconds)}</li>
      <li>{modelText(usage)}</li>
      {usage.cost && (
        <li>
          {usage.cost} {usage.currency}
        </li>
      )}
    </ul>
  );
}

/** "0.4 ms", "37 ms" or "2.41 s". */
export function durationText(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(2)} s`;
  return milliseconds < 1 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

function modelText({ modelCalls, inputTokens, outputTokens }: Usage): string {
  if (modelCalls === 0) return 'No model was asked';
  const tokens = groupDigits(String(inputTokens + outputTokens));
  return `${modelCalls} model ${modelCalls === 1 ? 'call' : 'calls'}, ${tokens} tokens`;
}
