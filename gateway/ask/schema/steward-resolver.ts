import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import type * as plain from './ask-service.js';
import { checkId, checkPage } from './check-input.js';
import { VerifiedQueryPayload } from './feedback.js';
import { Page } from './inputs.js';
import { FeedbackConnection, VerifiedQueryConnection } from './reviews.js';

/** What stewards alone may do: look feedback through, and make verified queries of it. */
@Resolver()
export class StewardResolver {
  constructor(private readonly service: plain.AskService) {}

  @Query(() => FeedbackConnection, {
    nullable: true,
    description:
      'Feedback that gives something to approve, newest first, at most 100 at a time; of domains that you may see. For stewards only.',
  })
  feedbackToReview(
    @Args(() => Page) page: Page,
    @Ctx() context: RequestContext,
  ): ReturnType<plain.AskService['feedbackToReview']> {
    return this.service.feedbackToReview(checkPage(page), context);
  }

  @Query(() => VerifiedQueryConnection, {
    nullable: true,
    description:
      'What has been approved, newest first, at most 100 at a time; of domains that you may see. For stewards only.',
  })
  verifiedQueries(
    @Args(() => Page) page: Page,
    @Ctx() context: RequestContext,
  ): ReturnType<plain.AskService['verifiedQueries']> {
    return this.service.verifiedQueries(checkPage(page), context);
  }

  @Mutation(() => VerifiedQueryPayload, {
    nullable: true,
    description:
      'Approves what a feedback gives: its corrected query, else the query of the answer that it calls right. From then on it answers its question to everybody who may see all that it names. For stewards only.',
  })
  approveVerifiedQuery(
    @Arg('feedbackId', () => ID) feedbackId: string,
    @Ctx() context: RequestContext,
  ): Promise<plain.VerifiedQueryPayload> {
    return this.service.approveVerifiedQuery(checkId('feedbackId', feedbackId), context);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Takes the approval of a verified query back, and gives back its id: its question is planned again. For stewards only.',
  })
  withdrawVerifiedQuery(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<string> {
    return this.service.withdrawVerifiedQuery(checkId('id', id), context);
  }
}
