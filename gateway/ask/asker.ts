import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { TokenUsage } from '../model/model.js';
import type { Asker, ModelCall } from '../planner/planner.js';
import type { ModelUse } from './prices.js';
import type { Doors } from './run.js';

export type CallModel = <Reply extends { readonly usage: TokenUsage }>(
  request: ModelCall,
  context: RequestContext,
  call: () => Promise<Reply>,
) => Promise<Reply>;

const NOTHING_TOLD: TokenUsage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };

/** The asker, whose calls of models gather in `calls`, those that fail too. */
export function askerOf(
  context: RequestContext,
  { doors, callModel }: { readonly doors: Doors; readonly callModel: CallModel },
  calls: ModelUse[],
): Asker {
  return {
    signal: context.signal,
    schema: () => doors.schema(context),
    inspect: (domain, sql) => doors.inspect(domain, sql, context),
    // A bound on rows is no bound on what single values tell.
    valuesForModel: (domain) => (doors.rowsToModel(domain, context) === undefined ? 'shown' : 'withheld'),
    callModel: (request, call) =>
      callModel(request, context, async () => {
        const about = { model: request.model, purpose: request.purpose };
        try {
          const reply = await call();
          calls.push({ ...about, ...reply.usage });
          return reply;
        } catch (error) {
          // It was made; what it used, nobody has said.
          calls.push({ ...about, ...NOTHING_TOLD });
          throw error;
        }
      }),
  };
}

/** The asker, on whose account no model is called. */
export function withoutModel(asker: Asker): Asker {
  const callModel = () =>
    Promise.reject(new AskgraphError('MODEL_UNAVAILABLE', 'No model is asked about this.'));
  return { ...asker, callModel };
}
