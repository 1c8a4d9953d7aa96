import type { ReactNode } from 'react';
import type { AnswerStatus } from './answer.js';

/** How each outcome is called, and the colour it takes; the words alone carry the meaning. */
const SHOWN = {
  ANSWERED: { label: 'Answered', tone: 'good' },
  NO_DATA: { label: 'No data', tone: 'neutral' },
  PARTIAL: { label: 'Partly answered', tone: 'warning' },
  CLARIFICATION: { label: 'Which do you mean?', tone: 'information' },
  NOT_UNDERSTOOD: { label: 'Not understood', tone: 'warning' },
  NOT_PERMITTED: { label: 'Not permitted', tone: 'bad' },
  REFUSED: { label: 'Refused', tone: 'bad' },
} as const satisfies Record<AnswerStatus, { label: string; tone: string }>;

export function AnswerStatusBadge({ status }: { status: AnswerStatus }): ReactNode {
  const { label, tone } = SHOWN[status];
  return <p className={`badge ${tone}`}>{label}</p>;
}
