import { Field, ID, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';

@ObjectType({ description: 'What went wrong in one part of an answer.', simpleResolvers: true })
export class Fault implements plain.Fault {
  @Field(() => String, { description: 'One of a closed list of codes, the same as in GraphQL errors.' })
  readonly code!: plain.Fault['code'];

  @Field(() => String, { description: 'What happened, for people.' })
  readonly message!: string;

  @Field(() => String, { nullable: true, description: 'The domain it belongs to, if it belongs to one.' })
  readonly domain!: string | null;

  @Field(() => Boolean, { description: 'Whether the same request may succeed later.' })
  readonly retryable!: boolean;

  @Field(() => ID, { description: 'The request to name when asking an operator.' })
  readonly requestId!: string;
}

@ObjectType({ description: 'A domain that the answer lacks.', simpleResolvers: true })
export class Missing implements plain.Missing {
  @Field(() => String, { description: 'The domain’s name.' })
  readonly domain!: string;

  @Field(() => Fault, { description: 'Why it is missing.' })
  readonly fault!: plain.Fault;
}
