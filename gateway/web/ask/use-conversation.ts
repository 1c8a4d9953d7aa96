import { useCallback, useEffect, useRef, useState } from 'react';
import type { AskInput } from './answer.js';
import { ask } from './ask-client.js';
import { type AskEvent, advance, NOTHING_YET } from './progress.js';
import type { Turn } from './turn.js';

export interface Conversation {
  /** Newest first. */
  readonly turns: readonly Turn[];
  readonly asking: boolean;
  /** Asks, in the conversation so far. A question that is still running is cancelled first. */
  readonly ask: (input: AskInput, heading?: string) => void;
  readonly cancel: () => void;
  readonly startAnew: () => void;
}

/** The questions and answers of this page, one request at a time. */
export function useConversation(): Conversation {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const asked = useRef(0);
  const conversationId = useRef<string>(undefined);
  const running = useRef<AbortController>(undefined);

  const cancel = useCallback(() => running.current?.abort(), []);

  const askNext = useCallback(
    (input: AskInput, heading: string = input.question) => {
      cancel();
      const request = new AbortController();
      running.current = request;
      asked.current += 1;
      const number = asked.current;
      const known = conversationId.current;
      const sent = known === undefined ? input : { conversationId: known, ...input };
      setTurns((before) => [
        { number, heading, input, outcome: { kind: 'asking', progress: NOTHING_YET } },
        ...before,
      ]);

      const become = (outcomeOf: (before: Turn['outcome']) => Turn['outcome']) =>
        setTurns((now) =>
          now.map((turn) => (turn.number === number ? { ...turn, outcome: outcomeOf(turn.outcome) } : turn)),
        );
      const onEvent = (event: AskEvent) =>
        become((before) =>
          before.kind === 'asking' ? { kind: 'asking', progress: advance(before.progress, event) } : before,
        );
      void ask('/graphql', sent, request.signal, onEvent).then((outcome) => {
        if (outcome.kind === 'answered' && running.current === request) {
          conversationId.current = outcome.answer.conversationId;
        }
        become(() => outcome);
      });
    },
    [cancel],
  );

  const startAnew = useCallback(() => {
    cancel();
    running.current = undefined;
    conversationId.current = undefined;
    setTurns([]);
  }, [cancel]);

  useEffect(() => cancel, [cancel]);

  return { turns, asking: turns[0]?.outcome.kind === 'asking', ask: askNext, cancel, startAnew };
}
