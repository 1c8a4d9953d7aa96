import { Field, Int, ObjectType } from 'type-graphql';
import type * as plain from '../answer-types.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'A table that the answer was read from.', simpleResolvers: true })
export class Source implements plain.Source {
  @Field(() => String, { description: 'The domain that holds it.' })
  readonly domain!: string;

  @Field(() => String, { description: 'The table’s name in the catalog.' })
  readonly table!: string;

  @Field(() => [String], { description: 'The columns that were read.' })
  readonly columns!: readonly string[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'How far its data reaches, where the question is about time.',
  })
  readonly dataThrough!: string | null;
}

@ObjectType('Cell', { description: 'One cell of a step’s rows.', simpleResolvers: true })
export class CellReference implements plain.CellReference {
  @Field(() => String, { description: 'The step’s name.' })
  readonly step!: string;

  @Field(() => Int, { description: 'The row’s number, from 0.' })
  readonly row!: number;

  @Field(() => String, { description: 'The column’s name.' })
  readonly column!: string;
}

@ObjectType({ description: 'A part of the text, with the cells that bear it out.', simpleResolvers: true })
export class Claim implements plain.Claim {
  @Field(() => String, { description: 'The words of the text.' })
  readonly text!: string;

  @Field(() => [CellReference], { description: 'The cells it was taken from.' })
  readonly cells!: readonly plain.CellReference[];
}
