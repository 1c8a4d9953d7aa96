import { asAskgraphError } from '../../schema/errors.js';
import type { AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Budget } from '../limits/budget.js';
import type { Use } from '../limits/ledger.js';

/** What a language model is about to be sent. */
export interface ModelRequest {
  readonly model: string;
  /** What it is asked for: `plan`, `answer`. */
  readonly purpose: string;
  /** All that is sent, as text. */
  readonly prompt: string;
  /** What it is expected to use: set aside before the call. */
  readonly estimate: Pick<Use, 'tokens' | 'microMoney'>;
}

/** What a call really used. */
export interface ModelUse {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly microMoney: number;
}

/**
 * The way to a model: what it is sent goes on record and is set aside from the caller's budget before, and what the
 * call used is settled after. A call that fails is settled at what it was expected to use: nobody knows better.
 * Throws AUDIT_UNAVAILABLE and BUDGET_EXCEEDED, in which case nothing is sent, and what the call throws.
 */
export async function callModel<Result>(
  request: ModelRequest,
  context: RequestContext,
  { trail, budget }: { readonly trail: AuditTrail; readonly budget: Budget },
  call: () => Promise<{ readonly result: Result; readonly use: ModelUse }>,
): Promise<Result> {
  const { model, purpose, prompt, estimate } = request;
  const about = { kind: 'model', requestId: context.requestId, caller: context.caller } as const;
  const reservation =
    context.account === undefined ? undefined : await budget.reserve(context.account, estimate);
  let sent: { readonly sequence: number };
  try {
    sent = await trail.record({
      ...about,
      decision: 'allowed',
      facts: { model, purpose },
      texts: { prompt },
    });
  } catch (error) {
    await reservation?.settle({});
    throw error;
  }
  try {
    const { result, use } = await call();
    const { inputTokens, outputTokens, microMoney } = use;
    trail.note({ ...about, decision: 'succeeded', facts: { request: sent.sequence, model, ...use } });
    await reservation?.settle({ tokens: inputTokens + outputTokens, microMoney });
    return result;
  } catch (thrown) {
    const { code } = asAskgraphError(thrown, 'INTERNAL', 'The model failed.');
    trail.note({ ...about, decision: 'failed', code, facts: { request: sent.sequence, model } });
    throw thrown;
  }
}
