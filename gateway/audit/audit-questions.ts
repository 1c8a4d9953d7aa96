import { asAskgraphError } from '../../schema/errors.js';
import type { AuditEntry, AuditFacts, AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { Answer } from '../ask/answer-types.js';
import type { AskService } from '../ask/schema/ask-service.js';

/**
 * `ask` whose questions, feedback and deletions are on record before they are acted upon, and answers after.
 * Throws AUDIT_UNAVAILABLE beside what the service throws.
 */
export function auditQuestions(service: AskService, trail: AuditTrail): AskService {
  return {
    ...service,
    async ask(input, context, tell) {
      const { domains, maxRows, conversationId, choiceId } = input;
      const asked = await trail.record({
        kind: 'question',
        decision: 'allowed',
        ...whoOf(context),
        facts: defined({ domains, maxRows, conversationId, choiceId, asOf: input.asOf?.toISOString() }),
        texts: { question: input.question },
      });
      const started = performance.now();
      const noteEnd = (end: Pick<AuditEntry, 'decision' | 'code' | 'facts'>) => {
        const milliseconds = Math.round(performance.now() - started);
        const facts = { question: asked.sequence, milliseconds, ...end.facts };
        trail.note({ kind: 'answer', ...whoOf(context), ...end, facts });
      };
      try {
        const answer = await service.ask(input, context, tell);
        noteEnd({ decision: decisionOf(answer), facts: factsOf(answer) });
        return answer;
      } catch (thrown) {
        const { code } = asAskgraphError(thrown, 'INTERNAL', 'The question failed.');
        noteEnd({ decision: 'failed', code });
        throw thrown;
      }
    },
    async giveFeedback(input, context) {
      const { answerId, verdict, comment, correction } = input;
      await trail.record({
        kind: 'feedback',
        decision: 'allowed',
        ...whoOf(context),
        facts: { answerId, verdict },
        texts: defined({ comment, correction: correction?.query }),
      });
      return service.giveFeedback(input, context);
    },
    approveVerifiedQuery: (feedbackId, context) =>
      auditApproval(
        trail,
        context,
        { feedbackId },
        () => service.approveVerifiedQuery(feedbackId, context),
        ({ verifiedQueryId }) => ({ verifiedQueryId }),
      ),
    withdrawVerifiedQuery: (id, context) =>
      auditApproval(
        trail,
        context,
        { withdrawn: id },
        () => service.withdrawVerifiedQuery(id, context),
        () => ({}),
      ),
    async deleteConversation(id, context) {
      await trail.record({
        kind: 'deletion',
        decision: 'allowed',
        ...whoOf(context),
        facts: { conversationId: id },
      });
      return service.deleteConversation(id, context);
    },
  };
}

/** What a steward approves, or takes back, and what came of it. */
async function auditApproval<Result>(
  trail: AuditTrail,
  context: RequestContext,
  facts: AuditFacts,
  work: () => Promise<Result>,
  factsOfResult: (result: Result) => AuditFacts,
): Promise<Result> {
  const approval = { kind: 'approval', ...whoOf(context) } as const;
  const { sequence } = await trail.record({ ...approval, decision: 'allowed', facts });
  const end = { ...approval, facts: { approval: sequence, ...facts } };
  try {
    const result = await work();
    trail.note({ ...end, decision: 'succeeded', facts: { ...end.facts, ...factsOfResult(result) } });
    return result;
  } catch (thrown) {
    const { code } = asAskgraphError(thrown, 'INTERNAL', 'The approval failed.');
    trail.note({ ...end, decision: code === 'FORBIDDEN' ? 'refused' : 'failed', code });
    throw thrown;
  }
}

function whoOf({ requestId, caller }: RequestContext) {
  return { requestId, caller };
}

function decisionOf({ status }: Answer): AuditEntry['decision'] {
  return status === 'NOT_PERMITTED' || status === 'REFUSED' ? 'refused' : 'succeeded';
}

function factsOf(answer: Answer): AuditFacts {
  return {
    answerId: answer.id,
    conversationId: answer.conversationId,
    status: answer.status,
    planner: answer.planner,
    trust: answer.trust,
    rows: answer.table?.rows.length ?? 0,
    domains: [...new Set(answer.steps.flatMap(({ domain }) => (domain === null ? [] : [domain])))],
    sources: answer.sources.map(({ domain, table, columns }) => ({ domain, table, columns })),
    modelCalls: answer.usage.modelCalls,
  };
}

function defined<Value>(record: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
