import { Field, ID, ObjectType } from 'type-graphql';
import type { QueryLanguage as PlainQueryLanguage } from '../answer-types.js';
import type * as plain from './ask-service.js';
import { PageInfo } from './conversation.js';
import { QueryLanguage } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'One query of a plan that is reviewed.', simpleResolvers: true })
export class ReviewedQuery implements plain.ReviewedQuery {
  @Field(() => String, { description: 'The step’s name.' })
  readonly step!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The domain that is asked; null for the combining step.',
  })
  readonly domain!: string | null;

  @Field(() => QueryLanguage, { description: 'What it is written in.' })
  readonly language!: PlainQueryLanguage;

  @Field(() => String, { description: 'The query.' })
  readonly query!: string;
}

@ObjectType({ description: 'Feedback that gives something to approve.', simpleResolvers: true })
export class FeedbackToReview implements plain.FeedbackToReview {
  @Field(() => ID, { description: 'Approve it with `approveVerifiedQuery(feedbackId)`.' })
  readonly id!: string;

  @Field(() => DateTime, { description: 'When it was given.' })
  readonly givenAt!: string;

  @Field(() => String, { description: 'What was asked, whole where it went on from an earlier question.' })
  readonly question!: string;

  @Field(() => Boolean, { description: 'Whether the answer was called right.' })
  readonly right!: boolean;

  @Field(() => String, { nullable: true, description: 'What else was said of the answer.' })
  readonly comment!: string | null;

  @Field(() => [ReviewedQuery], {
    description:
      'What would be approved: the corrected query, else those of the answer. Empty where you may not see all that they name, or it is not there any more.',
  })
  readonly queries!: readonly plain.ReviewedQuery[];
}

@ObjectType({
  description: 'A question with the queries that a steward has approved for it.',
  simpleResolvers: true,
})
export class VerifiedQuery implements plain.VerifiedQuery {
  @Field(() => ID, { description: 'Take the approval back with `withdrawVerifiedQuery(id)`.' })
  readonly id!: string;

  @Field(() => String, { description: 'The question that it answers.' })
  readonly question!: string;

  @Field(() => String, { description: 'The subject of the steward who approved it.' })
  readonly approvedBy!: string;

  @Field(() => DateTime, { description: 'When it was approved.' })
  readonly approvedAt!: string;

  @Field(() => Boolean, {
    description:
      'Whether you may see all that it names in the catalog as it is. It answers nobody who may not; where the catalog has lost something of it, nobody at all until that is there again.',
  })
  readonly inUse!: boolean;

  @Field(() => [ReviewedQuery], { description: 'Its queries; empty where it is not in use.' })
  readonly queries!: readonly plain.ReviewedQuery[];
}

@ObjectType({ description: 'A feedback’s place in a list.', simpleResolvers: true })
export class FeedbackEdge implements plain.Edge<plain.FeedbackToReview> {
  @Field(() => String, { description: 'Send it as `after` to read on from here.' })
  readonly cursor!: string;

  @Field(() => FeedbackToReview, { description: 'The feedback.' })
  readonly node!: plain.FeedbackToReview;
}

@ObjectType({
  description: 'One page of feedback that waits for approval, newest first.',
  simpleResolvers: true,
})
export class FeedbackConnection implements plain.Connection<plain.FeedbackToReview> {
  @Field(() => [FeedbackEdge], { description: 'The page’s feedback.' })
  readonly edges!: readonly plain.Edge<plain.FeedbackToReview>[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  readonly pageInfo!: plain.PageInfo;
}

@ObjectType({ description: 'A verified query’s place in a list.', simpleResolvers: true })
export class VerifiedQueryEdge implements plain.Edge<plain.VerifiedQuery> {
  @Field(() => String, { description: 'Send it as `after` to read on from here.' })
  readonly cursor!: string;

  @Field(() => VerifiedQuery, { description: 'The verified query.' })
  readonly node!: plain.VerifiedQuery;
}

@ObjectType({ description: 'One page of verified queries, newest first.', simpleResolvers: true })
export class VerifiedQueryConnection implements plain.Connection<plain.VerifiedQuery> {
  @Field(() => [VerifiedQueryEdge], { description: 'The page’s verified queries.' })
  readonly edges!: readonly plain.Edge<plain.VerifiedQuery>[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  readonly pageInfo!: plain.PageInfo;
}
