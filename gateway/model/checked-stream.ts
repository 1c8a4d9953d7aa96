import { AskgraphError } from '../../schema/errors.js';
import { anySignal } from '../../schema/signals.js';
import type { ModelRequest, StreamPart } from './model.js';
import { modelError } from './model-errors.js';

/**
 * A provider's stream as `Model.stream` promises it: it hangs up when nobody reads on, its errors are ours, and one that
 * stops without its end part is an error too. What breaks once it has begun may go well another time.
 */
export async function* checkedStream(
  model: string,
  request: ModelRequest,
  open: (signal: AbortSignal) => AsyncIterable<StreamPart>,
): AsyncIterable<StreamPart> {
  const hangUp = new AbortController();
  let progress: 'none' | 'begun' | 'ended' = 'none';
  try {
    for await (const part of open(anySignal([request.signal, hangUp.signal]))) {
      progress = part.kind === 'end' ? 'ended' : 'begun';
      yield part;
    }
    // Some clients end a stream that was aborted as if it were complete.
    request.signal.throwIfAborted();
    if (progress !== 'ended') throw brokenOff(model);
  } catch (error) {
    if (progress === 'none' || request.signal.aborted) throw modelError(error, model, request.signal);
    throw brokenOff(model, error);
  } finally {
    hangUp.abort();
  }
}

function brokenOff(model: string, cause?: unknown): AskgraphError {
  return new AskgraphError('MODEL_UNAVAILABLE', `The model ${model} broke off in the middle of its reply.`, {
    cause,
    details: { model, transient: true },
  });
}
