import { type DomainModel, isScalar, type TableModel } from './domain-model.js';
import { block, type Definition, line } from './sdl-text.js';

/** The arguments of a table's connection: Relay's, beside the list's own. */
export function connectionArguments(model: TableModel): string {
  const order = model.fields.some(isScalar) ? [`orderBy: [${model.typeName}OrderBy!]`] : [];
  return [
    `where: ${model.typeName}Where`,
    ...order,
    'first: Int',
    'after: String',
    'last: Int',
    'before: String',
  ].join(', ');
}

/** A table's connection and its edge, after the Relay cursor connections specification. */
export function printConnectionTypes({
  typeName,
  table,
  connectionField,
}: TableModel): readonly Definition[] {
  if (connectionField === undefined) return [];
  return [
    block('type', `${typeName}Connection`, `A page of the rows of ${table.name}.`, () => [
      line(`edges: [${typeName}Edge!]!`, 'The rows of the page, each with its cursor.'),
      line('pageInfo: PageInfo!', 'Where the page begins and ends, and whether there are others.'),
      line(
        'totalCount: BigInt!',
        'How many rows there are on all pages. Counted only where it is asked for.',
      ),
    ]),
    block('type', `${typeName}Edge`, '', () => [
      line(`node: ${typeName}!`),
      line('cursor: String!', 'The place of the row in this order, for `after` and `before`.'),
    ]),
  ];
}

export function printPageInfo({ tables }: DomainModel): readonly Definition[] {
  if (tables.every(({ connectionField }) => connectionField === undefined)) return [];
  const lines = () => [
    line('hasNextPage: Boolean!'),
    line('hasPreviousPage: Boolean!'),
    line('startCursor: String', 'The cursor of the first row; null where the page is empty.'),
    line('endCursor: String', 'The cursor of the last row; null where the page is empty.'),
  ];
  return [block('type', 'PageInfo', 'The place of a page among all.', lines, ' @shareable')];
}
