import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Answer } from './answer-types.js';
import type { AskEvent, Progress } from './ask-event.js';
import type { AskInput, AskService } from './schema/ask-service.js';
import { faultOf } from './steps.js';

/**
 * A question's way, event by event, from AskStarted to AskDone or AskFailed. The texts of its TextDeltas are together the
 * answer's text. It ends with the request, whatever is still under way: at its deadline, or when its caller is nobody any
 * longer.
 */
export async function* follow(
  service: Pick<AskService, 'ask'>,
  input: AskInput,
  context: RequestContext,
): AsyncGenerator<AskEvent, void, void> {
  const { signal, requestId } = context;
  const arrived: Progress[] = [];
  let wake = () => {};
  const tell = (progress: Progress) => {
    arrived.push(progress);
    wake();
  };
  let end: Ending | undefined;
  const finish = (how: Ending) => {
    end ??= how;
    wake();
  };
  service.ask(input, context, tell).then(
    (answer) => finish({ answer }),
    (error: unknown) => finish({ error }),
  );
  const abort = () => finish({ error: signal.reason });
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const told = { start: 'open', text: '' };
  try {
    for (;;) {
      for (let next = arrived.shift(); next !== undefined; next = arrived.shift()) {
        if (next.kind === 'AskStarted') told.start = 'told';
        if (next.kind === 'TextDelta') told.text += next.text;
        yield next;
      }
      if (end !== undefined) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
  if ('error' in end) yield { kind: 'AskFailed', fault: faultOf(endOf(end.error), null, requestId) };
  else yield* tellRest(end.answer, told.start === 'told' ? 'told' : 'open', told.text);
}

type Ending = { readonly answer: Answer } | { readonly error: unknown };

/** What was not told of an answer: all of it where it was there already, asked by another request. */
function* tellRest(answer: Answer, start: 'told' | 'open', text: string): Generator<AskEvent> {
  const { id, conversationId } = answer;
  if (start === 'open') yield { kind: 'AskStarted', answerId: id, conversationId };
  const rest = answer.text.slice(text.length);
  if (rest !== '') yield { kind: 'TextDelta', text: rest };
  yield { kind: 'AskDone', answer };
}

function endOf(thrown: unknown): AskgraphError {
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return new AskgraphError('DEADLINE_EXCEEDED', 'The question was not answered in time.', {
      cause: thrown,
    });
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return new AskgraphError('CANCELLED', 'The request was cancelled.', { cause: thrown });
  return asAskgraphError(thrown, 'INTERNAL', 'Something went wrong inside the gateway.');
}
