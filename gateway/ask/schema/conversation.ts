import { Field, ID, ObjectType } from 'type-graphql';
import type * as plain from './ask-service.js';

@ObjectType({ description: 'Questions of one caller that belong together.', simpleResolvers: true })
export class Conversation implements plain.Conversation {
  @Field(() => ID, { description: 'Reads the conversation again with `conversation(id)`.' })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  readonly title!: string | null;
}

@ObjectType({ description: 'A conversation’s place in a list.', simpleResolvers: true })
export class ConversationEdge implements plain.ConversationEdge {
  @Field(() => String, { description: 'Send it as `after` to read on from here.' })
  readonly cursor!: string;

  @Field(() => Conversation, { description: 'The conversation.' })
  readonly node!: plain.Conversation;
}

@ObjectType({ description: 'Where a page of a list stands in it.', simpleResolvers: true })
export class PageInfo implements plain.PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there is more before this page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last item.' })
  readonly endCursor!: string | null;
}

@ObjectType({ description: 'One page of the caller’s conversations, newest first.', simpleResolvers: true })
export class ConversationConnection implements plain.ConversationConnection {
  @Field(() => [ConversationEdge], { description: 'The page’s conversations.' })
  readonly edges!: readonly plain.ConversationEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  readonly pageInfo!: plain.PageInfo;
}
