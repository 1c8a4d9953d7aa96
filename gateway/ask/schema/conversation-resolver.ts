import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import { Answer } from './answer.js';
import type * as plain from './ask-service.js';
import { checkId, checkLast, checkPage } from './check-input.js';
import { Conversation, ConversationConnection } from './conversation.js';
import { DEFAULT_PAGE, Page } from './inputs.js';

@Resolver(() => Conversation)
export class ConversationResolver {
  constructor(private readonly service: plain.AskService) {}

  @Query(() => Conversation, { nullable: true, description: 'One of the caller’s own conversations.' })
  conversation(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<plain.Conversation> {
    return this.service.conversation(checkId('id', id), context);
  }

  @Query(() => ConversationConnection, {
    nullable: true,
    description: 'The caller’s own conversations, newest first, at most 100 at a time.',
  })
  conversations(
    @Args(() => Page) page: Page,
    @Ctx() context: RequestContext,
  ): Promise<plain.ConversationConnection> {
    return this.service.conversations(checkPage(page), context);
  }

  @FieldResolver(() => [Answer], { description: 'Its last answers, oldest first, at most 100.' })
  answers(
    @Root() conversation: plain.Conversation,
    @Arg('last', () => Int, { nullable: true, defaultValue: DEFAULT_PAGE }) last: number | null,
    @Ctx() context: RequestContext,
  ): ReturnType<plain.AskService['answersOf']> {
    return this.service.answersOf(conversation, checkLast(last), context);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Deletes one of the caller’s own conversations with its answers and their feedback; gives back its id.',
  })
  deleteConversation(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<string> {
    return this.service.deleteConversation(checkId('id', id), context);
  }
}
