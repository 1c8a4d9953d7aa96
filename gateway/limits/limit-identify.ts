import { AskgraphError } from '../../schema/errors.js';
import type { AuditTrail } from '../../subgraphs/audit/audit-trail.js';
import { noteRefusal } from '../audit/audit-refusals.js';
import { ANONYMOUS } from '../context.js';
import type { Identify } from '../identity/identify.js';
import { accountOf } from './account.js';
import type { CallerLimits } from './caller-limits.js';

/** Counts whoever is not let in by their address, so that guessing has a limit too, and puts it on record. */
export function limitIdentify(identify: Identify, limits: CallerLimits, audit: AuditTrail): Identify {
  return async (request, reply) => {
    try {
      await identify(request, reply);
    } catch (refusal) {
      if (!(refusal instanceof AskgraphError) || refusal.status >= 500) throw refusal;
      const account = accountOf(ANONYMOUS, request.ip);
      const about = { requestId: request.id, caller: ANONYMOUS, account };
      await limits.takeRefusal(account).catch((limited: unknown) => {
        if (limited instanceof AskgraphError) noteRefusal(audit, limited, about);
        throw limited;
      });
      noteRefusal(audit, refusal, about);
      throw refusal;
    }
  };
}
