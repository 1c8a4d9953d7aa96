import type { PrismaClient } from './client/client.js';
import { type Place, readCursor, writeCursor } from './cursor.js';
import { isDuplicate, notFound } from './store-errors.js';
import type { ConversationPage, PageRequest, StoredConversation } from './stored-types.js';

const NEWEST_FIRST = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];

export interface WantedConversation {
  readonly subject: string;
  readonly id: string | undefined;
  readonly title: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

export async function ensureConversation(
  database: PrismaClient,
  { subject, id, title, now, newId }: WantedConversation,
): Promise<StoredConversation> {
  const conversation = { id: id ?? newId(), title };
  const createdAt = now();
  try {
    await database.conversation.createMany({
      data: [{ ...conversation, subject, createdAt, updatedAt: createdAt }],
    });
    return conversation;
  } catch (thrown) {
    if (!isDuplicate(thrown)) throw thrown;
    return findConversation(database, subject, conversation.id);
  }
}

export async function findConversation(
  database: PrismaClient,
  subject: string,
  id: string,
): Promise<StoredConversation> {
  const found = await database.conversation.findFirst({
    where: { id, subject },
    select: { id: true, title: true },
  });
  if (found === null) throw notFound('conversation', id);
  return found;
}

export async function listConversations(
  database: PrismaClient,
  subject: string,
  page: PageRequest,
): Promise<ConversationPage> {
  const after = page.after === undefined ? undefined : readCursor(page.after);
  const found = await database.conversation.findMany({
    where: { subject, ...(after && olderThan(after)) },
    orderBy: NEWEST_FIRST,
    // One more than asked for, to see whether there is a next page.
    take: page.first + 1,
    select: { id: true, title: true, createdAt: true },
  });
  const edges = found
    .slice(0, page.first)
    .map(({ id, title, createdAt }) => ({ cursor: writeCursor({ createdAt, id }), node: { id, title } }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > page.first,
      hasPreviousPage: after !== undefined && (await hasFrom(database, subject, after)),
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export async function deleteConversation(database: PrismaClient, subject: string, id: string): Promise<void> {
  const { count } = await database.conversation.deleteMany({ where: { id, subject } });
  if (count === 0) throw notFound('conversation', id);
}

export async function deleteConversationsBefore(database: PrismaClient, instant: Date): Promise<number> {
  const { count } = await database.conversation.deleteMany({ where: { updatedAt: { lt: instant } } });
  return count;
}

function olderThan({ createdAt, id }: Place) {
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

/** Whether anything stands at a place or before it; what the cursor named may be deleted by now. */
async function hasFrom(database: PrismaClient, subject: string, place: Place): Promise<boolean> {
  const { createdAt, id } = place;
  const first = await database.conversation.findFirst({
    where: { subject, OR: [{ createdAt: { gt: createdAt } }, { createdAt, id: { gte: id } }] },
    select: { id: true },
  });
  return first !== null;
}
