import 'reflect-metadata';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { QueryLanguage as PlainQueryLanguage } from '../answer-types.js';
import { QueryLanguage } from './enums.js';
import { DateTime } from './scalars.js';

export const DEFAULT_TIME_ZONE = 'UTC';
export const DEFAULT_MAX_ROWS = 100;
export const DEFAULT_PAGE = 20;

@InputType({ description: 'A question.' })
export class AskInput {
  @Field(() => String, { description: 'In plain words, at most 2,000 characters.' })
  readonly question!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'One of the caller’s own conversations; absent: a new one.',
  })
  readonly conversationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The choice that answers a clarification.' })
  readonly choiceId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these domains; absent: all.' })
  readonly domains?: readonly string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: '“Today” for reading the question; never for permissions or audit.',
  })
  readonly asOf?: unknown;

  @Field(() => String, {
    nullable: true,
    defaultValue: DEFAULT_TIME_ZONE,
    description: 'The IANA time zone that “today” is in.',
  })
  readonly timeZone?: string | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_MAX_ROWS,
    description: 'The most rows to give back, 1 to 10,000.',
  })
  readonly maxRows?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The same key from the same caller gives the same answer, and asks only once.',
  })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'What a person thinks of an answer.' })
export class FeedbackInput {
  @Field(() => ID, { description: 'The answer it is about.' })
  readonly answerId!: string;

  @Field(() => Boolean, { description: 'Whether the answer is right.' })
  readonly right!: boolean;

  @Field(() => String, { nullable: true, description: 'At most 2,000 characters.' })
  readonly comment?: string | null;

  @Field(() => String, { nullable: true, description: 'The query that would have been right.' })
  readonly correctedQuery?: string | null;

  @Field(() => QueryLanguage, { nullable: true, description: 'What the corrected query is written in.' })
  readonly language?: PlainQueryLanguage | null;
}

@ArgsType()
export class Page {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE, description: 'How many, 1 to 100.' })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to read on from.' })
  readonly after?: string | null;
}
