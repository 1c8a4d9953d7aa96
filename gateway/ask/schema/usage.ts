import { Field, Float, Int, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';

@ObjectType({ description: 'What the answer took.', simpleResolvers: true })
export class Usage implements plain.Usage {
  @Field(() => Int, { description: 'Calls of a language model; 0 where none was needed.' })
  readonly modelCalls!: number;

  @Field(() => Int, { description: 'Tokens sent to the model.' })
  readonly inputTokens!: number;

  @Field(() => Int, { description: 'Tokens that the model wrote.' })
  readonly outputTokens!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The price, a decimal number; null where none is known.',
  })
  readonly cost!: string | null;

  @Field(() => String, { nullable: true, description: 'The currency of the price, as ISO 4217 has it.' })
  readonly currency!: string | null;

  @Field(() => Float, { description: 'From the question’s arrival to the answer.' })
  readonly milliseconds!: number;
}
