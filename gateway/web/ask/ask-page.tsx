import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { AskInput } from './answer.js';
import { NO_OPTIONS, optionsInput } from './ask-options.js';
import { Examples } from './examples.js';
import { OptionsPanel } from './options-panel.js';
import { PageHeader } from './page-header.js';
import { QuestionForm } from './question-form.js';
import { announcement } from './turn.js';
import { TurnList } from './turn-list.js';
import { useConversation } from './use-conversation.js';
import { useDomains } from './use-domains.js';
import { useEscape } from './use-escape.js';

const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';

export function AskPage({ linkedQuestion }: { linkedQuestion: string }): ReactNode {
  const domains = useDomains();
  const conversation = useConversation();
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState(NO_OPTIONS);
  const box = useRef<HTMLTextAreaElement>(null);
  const { turns, asking, ask, cancel } = conversation;
  const newest = turns[0];

  const askWithOptions = useCallback(
    (input: AskInput, heading?: string) => {
      ask({ ...optionsInput(options, TIME_ZONE), ...input }, heading);
      setQuestion('');
      history.replaceState(null, '', `/?${new URLSearchParams({ q: input.question })}`);
    },
    [ask, options],
  );

  // A cancelled question returns to the box, to be mended and asked again.
  const cancelAndRestore = useCallback(() => {
    cancel();
    setQuestion((typed) => typed || (newest?.input.question ?? ''));
    box.current?.focus();
  }, [cancel, newest]);
  useEscape(asking, cancelAndRestore);

  useEffect(() => {
    box.current?.focus();
    if (linkedQuestion !== '') ask({ question: linkedQuestion, ...optionsInput(NO_OPTIONS, TIME_ZONE) });
    return cancel;
  }, [linkedQuestion, ask, cancel]);

  useEffect(() => {
    document.title = newest ? `${newest.heading} – Askgraph` : 'Askgraph';
  }, [newest]);

  const startAnew = (): void => {
    conversation.startAnew();
    setQuestion('');
    history.replaceState(null, '', '/');
    box.current?.focus();
  };

  return (
    <>
      <a className="skip-link" href="#conversation">
        Skip to the answer
      </a>
      <PageHeader startAnew={turns.length > 0 ? startAnew : undefined} />
      <main>
        <h1 className={turns.length > 0 ? 'visually-hidden' : 'welcome'}>What would you like to know?</h1>
        <QuestionForm
          box={box}
          question={question}
          asking={asking}
          onChange={setQuestion}
          onAsk={(text) => askWithOptions({ question: text })}
          onCancel={cancelAndRestore}
        />
        <OptionsPanel options={options} domains={domains} onChange={setOptions} />
        <p role="status" className="visually-hidden">
          {announcement(newest)}
        </p>
        <TurnList turns={turns} onAsk={askWithOptions} />
        <Examples
          domains={domains}
          folded={turns.length > 0}
          onAsk={(text) => askWithOptions({ question: text })}
        />
      </main>
    </>
  );
}
