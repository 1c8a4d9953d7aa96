import { Field, ID, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';

@ObjectType({ description: 'One reading of a question that has several.', simpleResolvers: true })
export class Choice implements plain.Choice {
  @Field(() => ID, { description: 'What to send back as `choiceId`.' })
  readonly id!: string;

  @Field(() => String, { description: 'The reading, in plain words.' })
  readonly label!: string;
}

@ObjectType({ description: 'A question back to the caller.', simpleResolvers: true })
export class Clarification implements plain.Clarification {
  @Field(() => String, { description: 'The question.' })
  readonly prompt!: string;

  @Field(() => [Choice], { description: 'The readings to choose from.' })
  readonly choices!: readonly plain.Choice[];
}
