import type { FormEvent, KeyboardEvent, ReactNode, RefObject } from 'react';
import { groupDigits } from './cell-text.js';

const MAX_LENGTH = 2_000;
const COUNTED_FROM = 1_800;

interface QuestionFormProps {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly question: string;
  readonly asking: boolean;
  readonly onChange: (question: string) => void;
  readonly onAsk: (question: string) => void;
  readonly onCancel: () => void;
}

/** Too long a question is not cut off but held back, with a count that says by how much. */
export function QuestionForm({
  box,
  question,
  asking,
  onChange,
  onAsk,
  onCancel,
}: QuestionFormProps): ReactNode {
  const tooLong = question.length > MAX_LENGTH;

  const submit = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault();
    if (question.trim() === '' || tooLong) box.current?.focus();
    else onAsk(question.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While a word is being composed (Japanese, Chinese, …), Enter ends the word, not the question.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
  };

  return (
    <form className="question-form" onSubmit={submit}>
      <label htmlFor="question">Your question</label>
      <textarea
        ref={box}
        id="question"
        rows={2}
        value={question}
        placeholder="Ask in plain words"
        autoComplete="off"
        aria-describedby="question-help question-count"
        aria-invalid={tooLong}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="question-foot">
        <p id="question-help" className="hint">
          <kbd>Enter</kbd> asks, <kbd>Shift</kbd> + <kbd>Enter</kbd> starts a new line
        </p>
        <p id="question-count" className={tooLong ? 'count too-long' : 'count'} aria-live="polite">
          {question.length >= COUNTED_FROM && countText(question.length)}
        </p>
        {asking && (
          <button type="button" className="button" onClick={onCancel}>
            Cancel <kbd>Esc</kbd>
          </button>
        )}
        <button type="submit" className="button primary">
          Ask
        </button>
      </div>
    </form>
  );
}

function countText(length: number): string {
  const count = `${groupDigits(String(length))} of ${groupDigits(String(MAX_LENGTH))} characters`;
  return length > MAX_LENGTH ? `${count}: too long` : count;
}
