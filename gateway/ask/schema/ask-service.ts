import type { RequestContext } from '../../../subgraphs/request-context.js';
import type { Answer, QueryLanguage } from '../answer-types.js';
import type { Tell } from '../ask-event.js';

/** What stands behind the fields of `ask`'s schema. Inputs come in checked; faults leave as AskgraphError. */
export interface AskService extends History {
  /** Whoever follows the question is told how it comes along. */
  ask(input: AskInput, context: RequestContext, tell?: Tell): Promise<Answer>;
  /** Makes a feedback a verified query. FORBIDDEN for who is no steward. */
  approveVerifiedQuery(feedbackId: string, context: RequestContext): Promise<VerifiedQueryPayload>;
  /** Feedback that gives something to approve, newest first. FORBIDDEN for who is no steward. */
  feedbackToReview(page: PageRequest, context: RequestContext): Promise<Connection<FeedbackToReview>>;
  /** What was approved, newest first. FORBIDDEN for who is no steward. */
  verifiedQueries(page: PageRequest, context: RequestContext): Promise<Connection<VerifiedQuery>>;
  /** Takes an approval back, and returns its id. FORBIDDEN for who is no steward. */
  withdrawVerifiedQuery(id: string, context: RequestContext): Promise<string>;
}

/** What was asked before. Everything belongs to the caller's subject: NOT_FOUND for what is another's or not there. */
export interface History {
  answer(id: string, context: RequestContext): Promise<Answer>;
  conversation(id: string, context: RequestContext): Promise<Conversation>;
  /** Newest first. */
  conversations(page: PageRequest, context: RequestContext): Promise<ConversationConnection>;
  /** The last answers of a conversation, oldest first. */
  answersOf(conversation: Conversation, last: number, context: RequestContext): Promise<readonly Answer[]>;
  giveFeedback(input: FeedbackInput, context: RequestContext): Promise<FeedbackPayload>;
  /** Returns the id of what was deleted. */
  deleteConversation(id: string, context: RequestContext): Promise<string>;
}

/** A question, checked and with its defaults filled in. */
export interface AskInput {
  /** Trimmed, 1 to 2,000 characters. */
  readonly question: string;
  /** One of the caller's own; undefined: a new one. */
  readonly conversationId: string | undefined;
  /** The choice of a clarification that this answers. */
  readonly choiceId: string | undefined;
  /** Only these domains, each once; undefined: all that the caller may see. Their names are not checked. */
  readonly domains: readonly string[] | undefined;
  /** "Today" for reading the question, never for permissions or audit; undefined: the request's own instant. */
  readonly asOf: Date | undefined;
  /** An IANA time zone in its canonical spelling. */
  readonly timeZone: string;
  /** 1 to 10,000. */
  readonly maxRows: number;
  readonly idempotencyKey: string | undefined;
}

export interface FeedbackInput {
  readonly answerId: string;
  readonly verdict: 'right' | 'wrong';
  readonly comment: string | undefined;
  readonly correction: Correction | undefined;
}

export interface Correction {
  readonly query: string;
  readonly language: QueryLanguage;
}

export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  readonly after: string | undefined;
}

export interface Conversation {
  readonly id: string;
  readonly title: string | null;
}

/** One page of a list. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export type ConversationConnection = Connection<Conversation>;
export type ConversationEdge = Edge<Conversation>;

/** What there is to approve. */
export interface FeedbackToReview {
  readonly id: string;
  /** An instant in UTC, as ISO text. */
  readonly givenAt: string;
  readonly question: string;
  readonly right: boolean;
  readonly comment: string | null;
  /** What an approval would approve; none where the steward may not see all that it names, or it is not there any more. */
  readonly queries: readonly ReviewedQuery[];
}

export interface VerifiedQuery {
  readonly id: string;
  readonly question: string;
  /** The steward's subject. */
  readonly approvedBy: string;
  /** An instant in UTC, as ISO text. */
  readonly approvedAt: string;
  /** Whether the steward sees all that it names in the catalog as it is: it is matched for nobody else. */
  readonly inUse: boolean;
  readonly queries: readonly ReviewedQuery[];
}

/** One query of a plan. */
export interface ReviewedQuery {
  readonly step: string;
  /** Null for the combining step. */
  readonly domain: string | null;
  readonly language: QueryLanguage;
  readonly query: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface FeedbackPayload {
  readonly feedbackId: string;
}

export interface VerifiedQueryPayload {
  readonly verifiedQueryId: string;
}
