import { AskgraphError } from '../schema/errors.js';
import type { PrismaClient } from './client/client.js';
import { isMissingReference, notFound } from './store-errors.js';
import type { AnswerDocument, NewAnswer, StoredAnswer } from './stored-types.js';

const STORED = { id: true, subject: true, policyDigest: true, document: true, plan: true } as const;
const NEWEST_FIRST = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];

interface Row {
  readonly id: string;
  readonly subject: string;
  readonly policyDigest: string;
  readonly document: string;
  readonly plan: string | null;
}

export async function saveAnswer<Document extends AnswerDocument>(
  database: PrismaClient,
  { subject, policyDigest, document, plan }: NewAnswer<Document>,
  { rows, now }: { rows: 'kept' | 'leftOut'; now: () => Date },
): Promise<void> {
  const { id, conversationId, question, createdAt, status, text, planner } = document;
  const kept = rows === 'kept' ? document : withoutRows(document);
  const answer = { id, conversationId, subject, question, createdAt, status, text, planner, policyDigest };
  try {
    await database.answer.createMany({
      data: [
        {
          ...answer,
          document: JSON.stringify(kept),
          plan: plan === undefined ? null : JSON.stringify(plan),
        },
      ],
    });
  } catch (thrown) {
    throw isMissingReference(thrown) ? notFound('conversation', conversationId) : thrown;
  }
  // Not in one transaction with the answer: that would hold the file's lock from one statement to the next.
  await database.conversation.updateMany({
    where: { id: conversationId, subject },
    data: { updatedAt: now() },
  });
}

export async function findAnswer<Document extends AnswerDocument>(
  database: PrismaClient,
  subject: string,
  id: string,
): Promise<StoredAnswer<Document>> {
  const row = await database.answer.findFirst({ where: { id, subject }, select: STORED });
  if (row === null) throw notFound('answer', id);
  return readAnswer(row);
}

export async function listAnswers<Document extends AnswerDocument>(
  database: PrismaClient,
  { subject, conversationId, last }: { subject: string; conversationId: string; last: number },
): Promise<StoredAnswer<Document>[]> {
  const rows = await database.answer.findMany({
    where: { conversationId, subject },
    orderBy: NEWEST_FIRST,
    take: last,
    select: STORED,
  });
  return rows.reverse().map((row) => readAnswer<Document>(row));
}

function withoutRows<Document extends AnswerDocument>(document: Document): Document {
  const { table } = document;
  if (table === null || table.rows.length === 0) return document;
  return { ...document, table: { ...table, rows: [], truncated: true } };
}

/** The document was written by `saveAnswer` from an answer, so it is one. */
function readAnswer<Document extends AnswerDocument>({ id, subject, policyDigest, document, plan }: Row) {
  try {
    return {
      subject,
      policyDigest,
      document: JSON.parse(document) as Document,
      ...(plan === null ? {} : { plan: JSON.parse(plan) as unknown }),
    };
  } catch (cause) {
    throw new AskgraphError('DATA_CORRUPT', `The stored answer "${id}" cannot be read.`, { cause });
  }
}
