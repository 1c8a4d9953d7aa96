import { Field, Float, Int, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';
import { QueryLanguage, StepStatus } from './enums.js';
import { Fault } from './fault.js';
import { Json } from './scalars.js';

@ObjectType({ description: 'One query that the answer was made from.', simpleResolvers: true })
export class Step implements plain.Step {
  @Field(() => String, {
    description: 'Unique in its Answer; it is not called `id`, so that client caches do not merge steps.',
  })
  readonly name!: string;

  @Field(() => [String], { description: 'The names of the steps whose values it needs.' })
  readonly dependsOn!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'The domain that ran it; null for the combining step.',
  })
  readonly domain!: string | null;

  @Field(() => String, { description: 'The engine in force, such as `duckdb` or `redshift`.' })
  readonly engine!: string;

  @Field(() => QueryLanguage, { description: 'What the query is written in.' })
  readonly language!: plain.QueryLanguage;

  @Field(() => String, { description: 'The query as it was planned.' })
  readonly query!: string;

  @Field(() => Json, { nullable: true, description: 'The query’s variables.' })
  readonly variables!: plain.Step['variables'];

  @Field(() => String, {
    nullable: true,
    description: 'The SQL that ran, without policy predicates; null unless the caller may read SQL.',
  })
  readonly executedSql!: string | null;

  @Field(() => StepStatus, { description: 'How far it has come.' })
  readonly status!: plain.StepStatus;

  @Field(() => Int, { description: 'Which attempt this is, from 1.' })
  readonly attempt!: number;

  @Field(() => Int, { nullable: true, description: 'How many rows it gave.' })
  readonly rows!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'How many bytes the engine read, in decimal digits; null where it does not say.',
  })
  readonly bytesScanned!: string | null;

  @Field(() => Float, { nullable: true, description: 'How long it took.' })
  readonly milliseconds!: number | null;

  @Field(() => Fault, { nullable: true, description: 'Why it failed, if it failed.' })
  readonly error!: plain.Fault | null;
}
