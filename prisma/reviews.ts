import type { PrismaClient } from './client/client.js';
import { type Place, readCursor, writeCursor } from './cursor.js';
import { reach } from './store-errors.js';
import { parsed, type StoredFeedback, type StoredVerifiedQuery } from './verified-queries.js';

const WHAT = 'verified queries';

/** Something of a list, with the cursor that reads on after it. */
export type Listed<Item> = Item & { readonly cursor: string };

export interface FeedbackToReview extends StoredFeedback {
  readonly id: string;
  readonly comment: string | null;
  readonly createdAt: Date;
}

export interface Batch {
  readonly after: string | undefined;
  readonly most: number;
}

/**
 * What stewards look through, newest first, whosever it is. Every method throws STORE_UNAVAILABLE where the database
 * does not answer, BAD_USER_INPUT for a cursor that is none.
 */
export interface Reviews {
  /** Feedback that gives something to approve and has not been approved. Fewer than `most` may come before the end. */
  feedback(
    batch: Batch,
  ): Promise<{ readonly items: Listed<FeedbackToReview>[]; readonly next: string | undefined }>;
  verified(
    batch: Batch,
  ): Promise<{ readonly items: Listed<StoredVerifiedQuery>[]; readonly next: string | undefined }>;
}

export function reviewsIn(database: PrismaClient): Reviews {
  return {
    feedback: ({ after, most }) =>
      reach(WHAT, async () => {
        const rows = await database.feedback.findMany({
          where: {
            AND: [
              { OR: [{ correctedQuery: { not: null } }, { right: true, answer: { plan: { not: null } } }] },
              ...(after === undefined ? [] : [olderThan('createdAt', readCursor(after))]),
            ],
          },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: most,
          select: {
            id: true,
            right: true,
            comment: true,
            correctedQuery: true,
            language: true,
            createdAt: true,
            answer: { select: { question: true, plan: true } },
          },
        });
        const approved = await database.verifiedQuery.findMany({
          where: { feedbackId: { in: rows.map(({ id }) => id) } },
          select: { feedbackId: true },
        });
        const done = new Set(approved.map(({ feedbackId }) => feedbackId));
        const items = rows
          .filter(({ id }) => !done.has(id))
          .map(({ id, right, comment, correctedQuery, language, createdAt, answer }) => ({
            id,
            comment,
            createdAt,
            cursor: writeCursor({ createdAt, id }),
            verdict: right ? ('right' as const) : ('wrong' as const),
            correction:
              correctedQuery === null || language === null
                ? undefined
                : {
                    query: correctedQuery,
                    language: language === 'SQL' ? ('SQL' as const) : ('GRAPHQL' as const),
                  },
            question: answer.question,
            plan: answer.plan === null ? undefined : parsed(answer.plan),
          }));
        return { items, next: nextOf(rows, most, ({ createdAt, id }) => ({ createdAt, id })) };
      }),
    verified: ({ after, most }) =>
      reach(WHAT, async () => {
        const rows = await database.verifiedQuery.findMany({
          ...(after === undefined ? {} : { where: olderThan('approvedAt', readCursor(after)) }),
          orderBy: [{ approvedAt: 'desc' }, { id: 'desc' }],
          take: most,
        });
        const placeOf = ({ approvedAt, id }: (typeof rows)[number]) => ({ createdAt: approvedAt, id });
        const items = rows.map((row) => ({
          ...row,
          plan: parsed(row.plan),
          cursor: writeCursor(placeOf(row)),
        }));
        return { items, next: nextOf(rows, most, placeOf) };
      }),
  };
}

/** Where to read on; undefined where there is no more. */
function nextOf<Row>(rows: readonly Row[], most: number, placeOf: (row: Row) => Place): string | undefined {
  const last = rows.at(-1);
  return last === undefined || rows.length < most ? undefined : writeCursor(placeOf(last));
}

function olderThan<Column extends string>(column: Column, { createdAt: instant, id }: Place) {
  return {
    OR: [{ [column]: { lt: instant } }, { [column]: instant, id: { lt: id } }],
  } as { OR: Record<string, unknown>[] };
}
