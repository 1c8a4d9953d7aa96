import { Field, ID, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';
import { AnswerTable, Fact } from './answer-table.js';
import { Clarification } from './clarification.js';
import { AnswerStatus, Trust } from './enums.js';
import { Claim, Source } from './evidence.js';
import { Missing } from './fault.js';
import { DateTime, Json } from './scalars.js';
import { Step } from './step.js';
import { Usage } from './usage.js';

@ObjectType({
  description: 'The answer to a question, with the rows, the queries and the sources beside it.',
  simpleResolvers: true,
})
export class Answer implements plain.Answer {
  @Field(() => ID, { description: 'Reads the answer again with `answer(id)`.' })
  readonly id!: string;

  @Field(() => ID, {
    description: 'The conversation it belongs to; send it with the next question to go on.',
  })
  readonly conversationId!: string;

  @Field(() => String, { description: 'The question as it was asked.' })
  readonly question!: string;

  @Field(() => DateTime, { description: 'When it was answered.' })
  readonly createdAt!: string;

  @Field(() => AnswerStatus, { description: 'The outcome.' })
  readonly status!: plain.AnswerStatus;

  @Field(() => String, { description: 'The answer in plain text; every figure in it is found in the rows.' })
  readonly text!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What was asked, in plain words, built from the plan: the reading that the answer is to.',
  })
  readonly restatement!: string | null;

  @Field(() => Trust, { nullable: true, description: 'Where the answer gets its authority from.' })
  readonly trust!: plain.Trust | null;

  @Field(() => AnswerTable, { nullable: true, description: 'The rows.' })
  readonly table!: plain.AnswerTable | null;

  @Field(() => [Fact], { description: 'Supporting figures that are not part of the table.' })
  readonly facts!: readonly plain.Fact[];

  @Field(() => [Step], { description: 'The queries that the answer was made from.' })
  readonly steps!: readonly plain.Step[];

  @Field(() => [Source], { description: 'The tables that were read.' })
  readonly sources!: readonly plain.Source[];

  @Field(() => [Claim], { description: 'Which cells bear out which words of the text.' })
  readonly claims!: readonly plain.Claim[];

  @Field(() => [String], { description: 'What was taken for granted in reading the question.' })
  readonly assumptions!: readonly string[];

  @Field(() => [String], { description: 'Questions that could come next.' })
  readonly followUps!: readonly string[];

  @Field(() => [Missing], { description: 'The domains that did not answer.' })
  readonly missing!: readonly plain.Missing[];

  @Field(() => Clarification, {
    nullable: true,
    description: 'A question back, where there are several readings.',
  })
  readonly clarification!: plain.Clarification | null;

  @Field(() => Json, {
    nullable: true,
    description: 'A Vega-Lite specification without URLs or expressions.',
  })
  readonly chart!: plain.Answer['chart'];

  @Field(() => String, { description: 'Who planned the answer.' })
  readonly planner!: string;

  @Field(() => Usage, { description: 'What the answer took.' })
  readonly usage!: plain.Usage;
}
