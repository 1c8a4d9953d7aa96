import { Field, ID, ObjectType } from 'type-graphql';
import type * as plain from './ask-service.js';

@ObjectType({ description: 'Feedback was kept.', simpleResolvers: true })
export class FeedbackPayload implements plain.FeedbackPayload {
  @Field(() => ID, { description: 'The feedback’s id.' })
  readonly feedbackId!: string;
}

@ObjectType({ description: 'A query was approved.', simpleResolvers: true })
export class VerifiedQueryPayload implements plain.VerifiedQueryPayload {
  @Field(() => ID, { description: 'The verified query’s id; the same one where it was approved before.' })
  readonly verifiedQueryId!: string;
}
