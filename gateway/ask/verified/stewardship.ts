import type { Store } from '../../../prisma/store.js';
import { AskgraphError } from '../../../schema/errors.js';
import type { Caller, RequestContext } from '../../../subgraphs/request-context.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Asker } from '../../planner/planner.js';
import { readKeptPlan } from '../../planner/plans/read-plan.js';
import type { Answer } from '../answer-types.js';
import type { Doors } from '../run.js';
import type { AskService, History } from '../schema/ask-service.js';
import { catalogVersionOf, planToApprove, type Review, tryCorrection } from './approve.js';
import { feedbackToReview, type Reviewer, verifiedQueries } from './reviews.js';
import type { VerifiedBook } from './verified-book.js';

export interface StewardshipOptions {
  readonly store: Pick<Store<Answer>, 'findAnswer' | 'verifiedQueries' | 'reviews'>;
  /** Keeps feedback as it comes. */
  readonly history: Pick<History, 'giveFeedback'>;
  readonly knowledge: (context: RequestContext) => Promise<Knowledge>;
  readonly doors: Doors;
  readonly askerOf: (context: RequestContext) => Asker;
  readonly book: Pick<VerifiedBook, 'renew'>;
  /** Who has it may approve. */
  readonly stewardRole: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** From what people think of answers to verified queries. A corrected query runs for its author before it is kept. */
export function stewardship(
  options: StewardshipOptions,
): Pick<
  AskService,
  'giveFeedback' | 'approveVerifiedQuery' | 'withdrawVerifiedQuery' | 'feedbackToReview' | 'verifiedQueries'
> {
  const { store, book, stewardRole } = options;
  const review = async (context: RequestContext): Promise<Review> => ({
    knowledge: await options.knowledge(context),
    asker: options.askerOf(context),
    doors: options.doors,
    context,
  });
  const reviewer = async (context: RequestContext): Promise<Reviewer> => ({
    domains: (await options.knowledge(context)).domains,
    asker: options.askerOf(context),
    context,
  });
  const checkSteward = ({ roles }: Caller): void => {
    if (!roles.includes(stewardRole))
      throw new AskgraphError(
        'FORBIDDEN',
        `Only who has the role "${stewardRole}" approves queries, takes that back, or sees what there is to approve.`,
      );
  };
  return {
    async giveFeedback(input, context) {
      if (input.correction !== undefined) {
        const { document, plan } = await store.findAnswer(context.caller.subject, input.answerId);
        const likely = readKeptPlan(plan)?.plan.steps.map(({ domain }) => domain) ?? [];
        await tryCorrection(document.question, input.correction, likely, await review(context));
      }
      return options.history.giveFeedback(input, context);
    },
    async approveVerifiedQuery(feedbackId, context) {
      const { caller } = context;
      checkSteward(caller);
      const feedback = await store.verifiedQueries.findFeedback(feedbackId);
      const reviewed = await review(context);
      const kept = await planToApprove(feedback, reviewed);
      const verifiedQueryId = await store.verifiedQueries.save({
        id: options.newId(),
        feedbackId,
        question: kept.question,
        plan: kept,
        catalogVersion: catalogVersionOf(kept.plan, reviewed.knowledge),
        approvedBy: caller.subject,
        approvedAt: options.now(),
      });
      book.renew();
      return { verifiedQueryId };
    },
    async feedbackToReview(page, context) {
      checkSteward(context.caller);
      return feedbackToReview(store, page, await reviewer(context));
    },
    async verifiedQueries(page, context) {
      checkSteward(context.caller);
      return verifiedQueries(store, page, await reviewer(context));
    },
    async withdrawVerifiedQuery(id, { caller }) {
      checkSteward(caller);
      await store.verifiedQueries.remove(id);
      book.renew();
      return id;
    },
  };
}
