import type { PrismaClient } from './client/client.js';
import { isMissingReference, notFound } from './store-errors.js';
import type { NewFeedback } from './stored-types.js';

/** Keeps what a subject thinks of one of its own answers, and returns the feedback's id. */
export async function saveFeedback(
  database: PrismaClient,
  { subject, answerId, verdict, comment, correction }: NewFeedback,
  { id, createdAt }: { id: string; createdAt: Date },
): Promise<string> {
  try {
    await database.feedback.createMany({
      data: [
        {
          id,
          answerId,
          subject,
          right: verdict === 'right',
          comment: comment ?? null,
          correctedQuery: correction?.query ?? null,
          language: correction?.language ?? null,
          createdAt,
        },
      ],
    });
  } catch (thrown) {
    throw isMissingReference(thrown) ? notFound('answer', answerId) : thrown;
  }
  return id;
}
