import { type DomainModel, type FieldModel, isScalar, type TableModel, tableModel } from './domain-model.js';
import type { Relation } from './names.js';
import { filterName } from './print-filters.js';
import { block, GRAPHQL_TYPE, type Line, line } from './sdl-text.js';

export const DEFAULT_LIMIT = 100;
export const DEFAULT_GROUPS = 1_000;
export const MAXIMUM_LIMIT = 10_000;

/** What a column's comment says, with its unit where the comment does not say it. */
export function describeField({ column }: FieldModel): string {
  const { comment, unit } = column;
  if (unit === undefined || comment.includes(unit)) return comment;
  return `${comment}${comment === '' ? '' : ' '}In ${unit}.`;
}

/** The row type of a table and the inputs that choose and order its rows. */
export function printRowTypes(domain: DomainModel, model: TableModel): string[] {
  return [
    ...printRow(domain, model),
    ...printWhere(domain, model),
    ...printListWhere(domain, model),
    ...printOrderBy(domain, model),
  ];
}

/** The arguments of a list of the table's rows. */
export function listArguments(model: TableModel): string {
  const order = model.fields.some(isScalar) ? [`orderBy: [${model.typeName}OrderBy!]`] : [];
  return [`where: ${model.typeName}Where`, ...order, `limit: Int = ${DEFAULT_LIMIT}`, 'offset: Int = 0'].join(
    ', ',
  );
}

function printRow(domain: DomainModel, model: TableModel): string[] {
  const keys = new Set(model.keys.map((field) => field.name));
  const key = keys.size === 0 ? '' : ` @key(fields: "${[...keys].join(' ')}")`;
  return block(`type ${model.typeName}${key}`, model.table.comment, [
    ...model.fields.map((field) =>
      line(
        `${field.name}: ${GRAPHQL_TYPE[field.column.columnType]}${keys.has(field.name) ? '!' : ''}`,
        describeField(field),
      ),
    ),
    ...model.toOne.map((relation) =>
      line(`${relation.name}: ${target(domain, relation).typeName}`, toOneComment(model, relation)),
    ),
    ...model.toMany.map((relation) => {
      const many = target(domain, relation);
      return line(`${relation.name}(${listArguments(many)}): [${many.typeName}!]`, toManyComment(relation));
    }),
  ]);
}

function printWhere(domain: DomainModel, model: TableModel): string[] {
  const name = `${model.typeName}Where`;
  return block(`input ${name}`, `Which rows of ${model.table.name}: all that is given must hold.`, [
    line(`and: [${name}!]`, 'All of these hold.'),
    line(`or: [${name}!]`, 'One of these holds.'),
    line(`not: ${name}`, 'This does not hold.'),
    ...model.fields.map((field) =>
      line(`${field.name}: ${filterName(field.column.columnType)}`, describeField(field)),
    ),
    ...model.toOne.map((relation) =>
      line(`${relation.name}: ${target(domain, relation).typeName}Where`, toOneComment(model, relation)),
    ),
    ...model.toMany.map((relation) =>
      line(`${relation.name}: ${target(domain, relation).typeName}ListWhere`, toManyComment(relation)),
    ),
  ]);
}

function printListWhere(domain: DomainModel, model: TableModel): string[] {
  const isTarget = domain.tables.some((other) =>
    other.toMany.some((relation) => relation.toTable === model.table.name),
  );
  if (!isTarget) return [];
  const name = `${model.typeName}Where`;
  return block(`input ${model.typeName}ListWhere`, `Which rows have such rows of ${model.table.name}.`, [
    line(`some: ${name}`, 'At least one related row fulfils it.'),
    line(`none: ${name}`, 'No related row fulfils it.'),
    line(`every: ${name}`, 'All related rows fulfil it, or there are none.'),
  ]);
}

function printOrderBy(domain: DomainModel, model: TableModel): string[] {
  return block(`input ${model.typeName}OrderBy`, 'Exactly one column.', [
    ...model.fields.filter(isScalar).map((field) => line(`${field.name}: SortDirection`)),
    ...toOneLines(domain, model, 'OrderBy'),
  ]);
}

/** A field for each relation to one, of the target's input or type of the same kind. */
export function toOneLines(domain: DomainModel, model: TableModel, suffix: string): Line[] {
  return model.toOne
    .map((relation) => ({ relation, one: target(domain, relation) }))
    .filter(({ one }) => one.fields.some(isScalar))
    .map(({ relation, one }) => line(`${relation.name}: ${one.typeName}${suffix}`));
}

export function target(domain: DomainModel, relation: Relation): TableModel {
  return tableModel(domain, relation.toTable);
}

function toOneComment(model: TableModel, relation: Relation): string {
  const column = model.table.columns.find((candidate) => candidate.name === relation.fromColumn);
  return column?.comment ?? '';
}

function toManyComment(relation: Relation): string {
  return `The rows of ${relation.toTable} whose ${relation.toColumn} is this row’s.`;
}
