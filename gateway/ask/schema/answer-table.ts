import { Field, Int, ObjectType } from 'type-graphql';
import type { ColumnType as PlainColumnType } from '../../../schema/hive-type.js';
import type * as plain from '../answer-types.js';
import { ColumnType } from './enums.js';
import { Json } from './scalars.js';

@ObjectType('Column', { description: 'A column of an answer’s table.', simpleResolvers: true })
export class AnswerColumn implements plain.AnswerColumn {
  @Field(() => String, { description: 'Its name in the query, unique in the table.' })
  readonly name!: string;

  @Field(() => String, { description: 'Its name for people.' })
  readonly label!: string;

  @Field(() => ColumnType, { description: 'How its cells are written.' })
  readonly type!: PlainColumnType;

  @Field(() => String, { nullable: true, description: 'The unit of its values, such as `USD` or `km/h`.' })
  readonly unit!: string | null;

  @Field(() => Boolean, { description: 'Whether the caller sees its values masked.' })
  readonly masked!: boolean;
}

@ObjectType({ description: 'The rows of an answer.', simpleResolvers: true })
export class AnswerTable implements plain.AnswerTable {
  @Field(() => [AnswerColumn], { description: 'The columns, in the order of the cells.' })
  readonly columns!: plain.AnswerTable['columns'];

  @Field(() => [[Json]], { nullable: 'items', description: 'One list of cells a row; a cell may be null.' })
  readonly rows!: plain.AnswerTable['rows'];

  @Field(() => Int, {
    nullable: true,
    description: 'How many rows there are in all; null where nobody counted.',
  })
  readonly totalRows!: number | null;

  @Field(() => Boolean, { description: 'Whether there are more rows than are shown.' })
  readonly truncated!: boolean;
}

@ObjectType({ description: 'A supporting figure that is not part of the table.', simpleResolvers: true })
export class Fact implements plain.Fact {
  @Field(() => String, { description: 'What the figure is.' })
  readonly label!: string;

  @Field(() => Json, { nullable: true, description: 'The figure.' })
  readonly value!: plain.Fact['value'];

  @Field(() => String, { nullable: true, description: 'The unit of the figure.' })
  readonly unit!: string | null;
}
