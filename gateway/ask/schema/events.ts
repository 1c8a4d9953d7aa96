import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';
import type * as told from '../ask-event.js';
import { Answer } from './answer.js';
import { AnswerColumn } from './answer-table.js';
import { Fault } from './fault.js';
import { Json } from './scalars.js';
import { Step } from './step.js';

@ObjectType({ description: 'The question was taken up.', simpleResolvers: true })
export class AskStarted {
  @Field(() => ID, { description: 'The id that the answer will have.' })
  readonly answerId!: string;

  @Field(() => ID, { description: 'The conversation it belongs to.' })
  readonly conversationId!: string;
}

@ObjectType({ description: 'A step came further.', simpleResolvers: true })
export class StepChanged {
  @Field(() => Step, { description: 'The step as it stands now.' })
  readonly step!: plain.Step;
}

@ObjectType({ description: 'Rows of a step, before the answer is complete.', simpleResolvers: true })
export class RowsArrived {
  @Field(() => String, { description: 'The step that gave them.' })
  readonly stepName!: string;

  @Field(() => [AnswerColumn], { description: 'The columns, in the order of the cells.' })
  readonly columns!: readonly plain.AnswerColumn[];

  @Field(() => [[Json]], { nullable: 'items', description: 'One list of cells a row; a cell may be null.' })
  readonly rows!: plain.AnswerTable['rows'];
}

@ObjectType({ description: 'More of the text: already grounded, never taken back.', simpleResolvers: true })
export class TextDelta {
  @Field(() => String, { description: 'The words to append.' })
  readonly text!: string;
}

@ObjectType({ description: 'The answer is complete.', simpleResolvers: true })
export class AskDone {
  @Field(() => Answer, { description: 'The whole answer.' })
  readonly answer!: plain.Answer;
}

@ObjectType({ description: 'There will be no answer.', simpleResolvers: true })
export class AskFailed {
  @Field(() => Fault, { description: 'Why.' })
  readonly fault!: plain.Fault;
}

export const AskEvent = createUnionType({
  name: 'AskEvent',
  description: 'What a subscriber to a question is told, in order: it ends with AskDone or AskFailed.',
  types: () => [AskStarted, StepChanged, RowsArrived, TextDelta, AskDone, AskFailed] as const,
  resolveType: (event) => (event as unknown as told.AskEvent).kind,
});
