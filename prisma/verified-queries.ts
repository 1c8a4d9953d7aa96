import { AskgraphError } from '../schema/errors.js';
import type { PrismaClient } from './client/client.js';
import { isDuplicate, reach } from './store-errors.js';

const WHAT = 'verified queries';

/** A question with the plan that was approved for it. */
export interface StoredVerifiedQuery {
  readonly id: string;
  readonly feedbackId: string;
  readonly question: string;
  /** As it was saved. */
  readonly plan: unknown;
  readonly catalogVersion: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
}

/** What there is to approve: a feedback with the answer that it is about, whosever they are. */
export interface StoredFeedback {
  readonly verdict: 'right' | 'wrong';
  readonly correction: { readonly query: string; readonly language: 'GRAPHQL' | 'SQL' } | undefined;
  readonly question: string;
  /** The plan of the answer; undefined where it had none. */
  readonly plan: unknown;
}

/**
 * What stewards have approved. It belongs to nobody: whoever reads it must be able to see all that its plans name.
 * Every method throws STORE_UNAVAILABLE where the database does not answer.
 */
export interface VerifiedQueries {
  /** Throws NOT_FOUND. */
  findFeedback(id: string): Promise<StoredFeedback>;
  /** Keeps it, and returns its id; that of the first where its feedback was approved before. */
  save(verified: StoredVerifiedQuery): Promise<string>;
  /** Throws NOT_FOUND. */
  remove(id: string): Promise<void>;
  /** The newest first, at most so many. */
  list(most: number): Promise<StoredVerifiedQuery[]>;
}

export function verifiedQueriesIn(database: PrismaClient): VerifiedQueries {
  return {
    findFeedback: (id) =>
      reach(WHAT, async () => {
        const row = await database.feedback.findUnique({
          where: { id },
          select: {
            right: true,
            correctedQuery: true,
            language: true,
            answer: { select: { question: true, plan: true } },
          },
        });
        if (row === null)
          throw new AskgraphError('NOT_FOUND', `There is no feedback "${id}".`, { details: { id } });
        const { right, correctedQuery, language, answer } = row;
        return {
          verdict: right ? 'right' : 'wrong',
          correction:
            correctedQuery === null || language === null
              ? undefined
              : { query: correctedQuery, language: language === 'SQL' ? 'SQL' : 'GRAPHQL' },
          question: answer.question,
          plan: answer.plan === null ? undefined : parsed(answer.plan),
        };
      }),
    save: (verified) =>
      reach(WHAT, async () => {
        const { id, feedbackId, plan } = verified;
        // An upsert would look first, and fail where another is faster.
        try {
          await database.verifiedQuery.createMany({ data: [{ ...verified, plan: JSON.stringify(plan) }] });
          return id;
        } catch (thrown) {
          if (!isDuplicate(thrown)) throw thrown;
          const first = await database.verifiedQuery.findUniqueOrThrow({
            where: { feedbackId },
            select: { id: true },
          });
          return first.id;
        }
      }),
    remove: (id) =>
      reach(WHAT, async () => {
        const { count } = await database.verifiedQuery.deleteMany({ where: { id } });
        if (count === 0)
          throw new AskgraphError('NOT_FOUND', `There is no verified query "${id}".`, { details: { id } });
      }),
    list: (most) =>
      reach(WHAT, async () => {
        const rows = await database.verifiedQuery.findMany({
          orderBy: [{ approvedAt: 'desc' }, { id: 'desc' }],
          take: most,
        });
        return rows.map((row) => ({ ...row, plan: parsed(row.plan) }));
      }),
  };
}

/** Undefined for what is no JSON: what cannot be read is left out. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
