import { findAnswer, listAnswers, saveAnswer } from './answers.js';
import { type ApiKeys, apiKeysIn } from './api-keys.js';
import {
  deleteConversation,
  deleteConversationsBefore,
  ensureConversation,
  findConversation,
  listConversations,
} from './conversations.js';
import { saveFeedback } from './feedback.js';
import { openDatabase } from './open-database.js';
import { type Reviews, reviewsIn } from './reviews.js';
import { type Sessions, sessionsIn } from './sessions.js';
import { reach } from './store-errors.js';
import type {
  AnswerDocument,
  ConversationPage,
  NewAnswer,
  NewFeedback,
  PageRequest,
  StoredAnswer,
  StoredConversation,
} from './stored-types.js';
import { type VerifiedQueries, verifiedQueriesIn } from './verified-queries.js';

const WHAT = 'conversations';

/**
 * What the gateway remembers. Everything belongs to its subject: what is another's is NOT_FOUND, as if it were not
 * there. Every method throws STORE_UNAVAILABLE where the database does not answer.
 */
export interface Store<Document extends AnswerDocument> {
  /** The subject's own conversation of this id, or a new one of this title where there is none, or no id is given. */
  ensureConversation(subject: string, id: string | undefined, title: string): Promise<StoredConversation>;
  findConversation(subject: string, id: string): Promise<StoredConversation>;
  /** Newest first. Cursors stay good while conversations come and go. */
  listConversations(subject: string, page: PageRequest): Promise<ConversationPage>;
  /** Its answers and their feedback go with it. */
  deleteConversation(subject: string, id: string): Promise<void>;
  /** Those in which nothing happened since, with their answers and feedback. Returns how many there were. */
  deleteConversationsBefore(instant: Date): Promise<number>;
  saveAnswer(answer: NewAnswer<Document>): Promise<void>;
  findAnswer(subject: string, id: string): Promise<StoredAnswer<Document>>;
  /** The conversation's last answers, oldest first; none where it is not the subject's. */
  listAnswers(subject: string, conversationId: string, last: number): Promise<StoredAnswer<Document>[]>;
  /** Returns the feedback's id. */
  saveFeedback(feedback: NewFeedback): Promise<string>;
  readonly verifiedQueries: VerifiedQueries;
  readonly reviews: Reviews;
  readonly apiKeys: ApiKeys;
  readonly sessions: Sessions;
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /**
   * `file:` and a path, whose file and folder are made where they are missing, or `postgresql://` and a database, in
   * which the tables are.
   */
  readonly url: string;
  /** Whether stored answers keep their tables' rows; text and facts are always kept. */
  readonly rows: 'kept' | 'leftOut';
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Opens the store and brings its tables up to date. Throws STORE_UNAVAILABLE where that fails. */
export async function openStore<Document extends AnswerDocument>(
  options: StoreOptions,
): Promise<Store<Document>> {
  const { client: database, checkHealth, close } = await openDatabase(options);
  const { now, newId } = options;
  return {
    ensureConversation: (subject, id, title) =>
      reach(WHAT, () => ensureConversation(database, { subject, id, title, now, newId })),
    findConversation: (subject, id) => reach(WHAT, () => findConversation(database, subject, id)),
    listConversations: (subject, page) => reach(WHAT, () => listConversations(database, subject, page)),
    deleteConversation: (subject, id) => reach(WHAT, () => deleteConversation(database, subject, id)),
    deleteConversationsBefore: (instant) => reach(WHAT, () => deleteConversationsBefore(database, instant)),
    saveAnswer: (answer) => reach(WHAT, () => saveAnswer(database, answer, options)),
    findAnswer: (subject, id) => reach(WHAT, () => findAnswer(database, subject, id)),
    listAnswers: (subject, conversationId, last) =>
      reach(WHAT, () => listAnswers(database, { subject, conversationId, last })),
    saveFeedback: (feedback) =>
      reach(WHAT, () => saveFeedback(database, feedback, { id: newId(), createdAt: now() })),
    verifiedQueries: verifiedQueriesIn(database),
    reviews: reviewsIn(database),
    apiKeys: apiKeysIn(database),
    sessions: sessionsIn(database),
    checkHealth: () => reach(WHAT, checkHealth),
    close: () => reach(WHAT, close),
  };
}
