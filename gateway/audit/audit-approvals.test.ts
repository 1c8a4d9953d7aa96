import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import type { AuditEntry, AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import { contextOf, serviceOf } from '../ask/schema/service-of.test-helper.js';
import { auditQuestions } from './audit-questions.js';

function trail(): AuditTrail & { readonly kept: AuditEntry[] } {
  const kept: AuditEntry[] = [];
  return {
    kept,
    record: async (entry) => ({ chain: 'one', sequence: kept.push(entry) }),
    note: (entry) => void kept.push(entry),
  };
}

describe('an approval', () => {
  it('is on record before it is given, and what came of it after', async () => {
    const kept = trail();
    const service = serviceOf({
      approveVerifiedQuery: async () => {
        expect(kept.kept).toMatchObject([{ kind: 'approval', decision: 'allowed' }]);
        return { verifiedQueryId: 'v1' };
      },
    });
    await auditQuestions(service, kept).approveVerifiedQuery('f1', contextOf('stu'));
    expect(kept.kept).toMatchObject([
      { kind: 'approval', decision: 'allowed', facts: { feedbackId: 'f1' }, caller: { subject: 'stu' } },
      {
        kind: 'approval',
        decision: 'succeeded',
        facts: { approval: 1, feedbackId: 'f1', verifiedQueryId: 'v1' },
      },
    ]);
  });

  it('is on record as refused where its caller is no steward', async () => {
    const kept = trail();
    const service = serviceOf({
      approveVerifiedQuery: () => Promise.reject(new AskgraphError('FORBIDDEN', 'No.')),
    });
    const approval = auditQuestions(service, kept).approveVerifiedQuery('f1', contextOf('ann'));
    await expect(approval).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(kept.kept.at(-1)).toMatchObject({ decision: 'refused', code: 'FORBIDDEN' });
  });
});
