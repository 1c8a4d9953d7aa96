import type { ReactNode } from 'react';
import type { Answer, AskInput } from './answer.js';
import { AnswerFacts } from './answer-facts.js';
import { AnswerMeta } from './answer-meta.js';
import { AnswerStatusBadge } from './answer-status-badge.js';
import { AnswerTableView } from './answer-table-view.js';
import { Assumptions } from './assumptions.js';
import { ClarificationChoices } from './clarification-choices.js';
import { FollowUps } from './follow-ups.js';
import { MissingDomains } from './missing-domains.js';
import { Sources } from './sources.js';
import { Steps } from './steps.js';

interface AnswerViewProps {
  readonly answer: Answer;
  readonly question: string;
  readonly onAsk: (input: AskInput, heading?: string) => void;
}

/** Beyond so many letters, a text is read and no longer seen at a glance. */
const LONG = 160;

export function AnswerView({ answer, question, onAsk }: AnswerViewProps): ReactNode {
  const { clarification, conversationId } = answer;
  return (
    <div className="answer" data-status={answer.status}>
      <AnswerStatusBadge status={answer.status} />
      <p className={answer.text.length > LONG ? 'answer-text long' : 'answer-text'}>{answer.text}</p>
      {answer.restatement && <p className="restatement">Read as: {answer.restatement}</p>}
      {clarification && (
        <ClarificationChoices
          clarification={clarification}
          answerText={answer.text}
          onChoose={(choice) =>
            onAsk({ question, conversationId, choiceId: choice.id }, `${question} → ${choice.label}`)
          }
        />
      )}
      <MissingDomains missing={answer.missing} />
      {answer.table && <AnswerTableView table={answer.table} />}
      <AnswerFacts facts={answer.facts} />
      <Assumptions assumptions={answer.assumptions} />
      <FollowUps followUps={answer.followUps} onAsk={(text) => onAsk({ question: text })} />
      <Steps steps={answer.steps} />
      <Sources sources={answer.sources} />
      <AnswerMeta answer={answer} />
    </div>
  );
}
