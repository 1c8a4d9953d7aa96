import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import type * as told from '../ask-event.js';
import { Answer } from './answer.js';
import type * as plain from './ask-service.js';
import { checkAskInput, checkFeedback, checkId } from './check-input.js';
import { AskEvent } from './events.js';
import { FeedbackPayload } from './feedback.js';
import { AskInput, FeedbackInput } from './inputs.js';

/** What TypeGraphQL asks its publisher for: each who follows a question has it asked for them alone. */
const FOLLOWED = 'a question';

@Resolver()
export class AskResolver {
  constructor(private readonly service: plain.AskService) {}

  @Query(() => Answer, {
    nullable: true,
    description:
      'Answers a question. Null only beside an error. Weighs as much as 100 fields; at most 3 in one operation.',
  })
  ask(
    @Arg('input', () => AskInput) input: AskInput,
    @Ctx() context: RequestContext,
  ): ReturnType<plain.AskService['ask']> {
    return this.service.ask(checkAskInput(input), context);
  }

  @Subscription(() => AskEvent, {
    name: 'ask',
    description: 'Answers a question, and tells how it comes along. Weighs as much as 100 fields.',
    topics: FOLLOWED,
    topicId: ({ args, context }) => ({ input: args.input, context }),
  })
  follow(@Root() event: told.AskEvent, @Arg('input', () => AskInput) _input: AskInput): told.AskEvent {
    return event;
  }

  @Query(() => Answer, { nullable: true, description: 'One of the caller’s own answers, as it was served.' })
  answer(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): ReturnType<plain.AskService['answer']> {
    return this.service.answer(checkId('id', id), context);
  }

  @Mutation(() => FeedbackPayload, {
    nullable: true,
    description: 'Says whether one of the caller’s own answers is right.',
  })
  giveFeedback(
    @Arg('input', () => FeedbackInput) input: FeedbackInput,
    @Ctx() context: RequestContext,
  ): Promise<plain.FeedbackPayload> {
    return this.service.giveFeedback(checkFeedback(input), context);
  }
}
