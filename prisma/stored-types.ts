/** What the store must know of an answer to keep it; the rest goes into the document as it is. */
export interface AnswerDocument {
  readonly id: string;
  readonly conversationId: string;
  readonly question: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly status: string;
  readonly text: string;
  readonly planner: string;
  readonly table: { readonly rows: readonly unknown[]; readonly truncated: boolean } | null;
}

export interface NewAnswer<Document extends AnswerDocument> {
  readonly subject: string;
  /** A hash of what the subject might see when it was answered. */
  readonly policyDigest: string;
  readonly document: Document;
  /** What it was answered by, where it was; kept as JSON. */
  readonly plan?: unknown;
}

/** As it was saved; where rows are left out, its table has none and says that it is truncated. */
export type StoredAnswer<Document extends AnswerDocument> = NewAnswer<Document>;

export interface StoredConversation {
  readonly id: string;
  readonly title: string;
}

export interface NewFeedback {
  readonly subject: string;
  readonly answerId: string;
  readonly verdict: 'right' | 'wrong';
  readonly comment: string | undefined;
  readonly correction: { readonly query: string; readonly language: string } | undefined;
}

export interface PageRequest {
  readonly first: number;
  /** The cursor to read on from; undefined: from the newest. */
  readonly after: string | undefined;
}

/** A page in the shape of Relay's connections. */
export interface ConversationPage {
  readonly edges: readonly { readonly cursor: string; readonly node: StoredConversation }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}
