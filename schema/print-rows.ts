import type { Column } from './catalog.js';
import { connectionSize, listSize } from './cost.js';
import {
  type DomainModel,
  type FieldModel,
  isScalar,
  relatedFigures,
  relationConnection,
  removalOf,
  type TableModel,
  tableModel,
} from './domain-model.js';
import type { Relation } from './names.js';
import { connectionArguments } from './print-connections.js';
import { filterName } from './print-filters.js';
import { remembered } from './remembered.js';
import { deprecation } from './removed.js';
import { block, type Definition, GRAPHQL_TYPE, type Line, line, ofSome } from './sdl-text.js';

const DEFAULT_LIMIT = 100;
const DEFAULT_GROUPS = 1_000;

/** How many rows a list gives that is given no limit. */
export function defaultLimit({ maximumLimit }: DomainModel): number {
  return Math.min(DEFAULT_LIMIT, maximumLimit);
}

/** How many groups an aggregate gives that is given no limit. */
export function defaultGroups({ maximumLimit }: DomainModel): number {
  return Math.min(DEFAULT_GROUPS, maximumLimit);
}

export function atMost({ maximumLimit }: DomainModel, what: 'rows' | 'groups'): string {
  return `At most ${maximumLimit} ${what} at a time.`;
}

/** What a column's comment says, with its unit where the comment does not say it. */
export function describeField({ column }: FieldModel): string {
  const { comment, unit } = column;
  if (unit === undefined || comment.includes(unit)) return comment;
  return `${comment}${comment === '' ? '' : ' '}In ${unit}.`;
}

/** The row type of a table and the inputs that choose and order its rows. */
export function printRowTypes(domain: DomainModel, model: TableModel): readonly Definition[] {
  return [
    ...printRow(domain, model),
    printWhere(domain, model),
    ...printListWhere(domain, model),
    ...printOrderBy(domain, model),
    ...printColumns(model),
  ];
}

/**
 * The enum of the columns that rows can be told apart by. They are named, as those of a group are: were it what is selected that tells rows apart, the same field with the same
 * arguments would have different rows in one operation and the next, and clients' caches would mix them up.
 */
function columnEnum(model: TableModel): string | undefined {
  return model.fields.some(isDistinguishable) ? `${model.typeName}Column` : undefined;
}

function printColumns(model: TableModel): readonly Definition[] {
  return ofSome(model.fields.filter(isDistinguishable), (columns) => [
    block('enum', `${model.typeName}Column`, `Columns of ${model.table.name}.`, () =>
      columns.map((field) => line(`${field.name}${ending(field)}`, describeField(field))),
    ),
  ]);
}

/** A column named `true`, `false` or `null` can't be a value of an enum. */
function isDistinguishable(field: FieldModel): boolean {
  return isScalar(field) && !['true', 'false', 'null'].includes(field.name);
}

/** The arguments of a list of the table's rows. */
export function listArguments(domain: DomainModel, model: TableModel): string {
  const columns = columnEnum(model);
  const order = model.fields.some(isScalar) ? [`orderBy: [${model.typeName}OrderBy!]`] : [];
  return [
    `where: ${model.typeName}Where`,
    ...order,
    `limit: Int = ${defaultLimit(domain)}`,
    'offset: Int = 0',
    ...(columns === undefined ? [] : [`distinct: [${columns}!]`]),
  ].join(', ');
}

function printRow(domain: DomainModel, model: TableModel): readonly Definition[] {
  const keys = new Set(model.keys.map((field) => field.name));
  const key = keys.size === 0 ? '' : ` @key(fields: "${[...keys].join(' ')}")`;
  const lines = () => [
    ...model.fields.map((field) =>
      line(
        `${field.name}: ${GRAPHQL_TYPE[field.column.columnType]}${keys.has(field.name) ? '!' : ''}${ending(field)}`,
        describeField(field),
      ),
    ),
    ...model.toOne.map((relation) =>
      line(
        `${relation.name}: ${target(domain, relation).typeName}${relationEnding(domain, relation)}`,
        toOneComment(model, relation),
      ),
    ),
    ...model.toMany.flatMap((relation) => {
      const many = target(domain, relation);
      const connection = relationConnection(domain, model, relation);
      const end = relationEnding(domain, relation);
      return [
        line(
          `${relation.name}(${listArguments(domain, many)}): [${many.typeName}!] ${listSize(defaultLimit(domain))}${end}`,
          `${toManyComment(domain, relation)} ${atMost(domain, 'rows')}`,
        ),
        ...(connection === undefined
          ? []
          : [
              line(
                `${connection}(${connectionArguments(many)}): ${many.typeName}Connection ${connectionSize(defaultLimit(domain))}${end}`,
                `${toManyComment(domain, relation)} In pages. ${atMost(domain, 'rows')}`,
              ),
            ]),
      ];
    }),
  ];
  return ofSome([...model.fields, ...model.toOne, ...model.toMany], () => [
    block('type', model.typeName, model.table.comment, lines, key),
  ]);
}

function printWhere(domain: DomainModel, model: TableModel): Definition {
  const name = `${model.typeName}Where`;
  return block('input', name, `Which rows of ${model.table.name}: all that is given must hold.`, () => [
    line(`and: [${name}!]`, 'All of these hold.'),
    line(`or: [${name}!]`, 'One of these holds.'),
    line(`not: ${name}`, 'This does not hold.'),
    ...model.fields.map((field) =>
      line(`${field.name}: ${filterName(field.column.columnType)}${ending(field)}`, describeField(field)),
    ),
    ...model.toOne.map((relation) =>
      line(
        `${relation.name}: ${target(domain, relation).typeName}Where${relationEnding(domain, relation)}`,
        toOneComment(model, relation),
      ),
    ),
    ...model.toMany.map((relation) =>
      line(
        `${relation.name}: ${target(domain, relation).typeName}ListWhere${relationEnding(domain, relation)}`,
        toManyComment(domain, relation),
      ),
    ),
  ]);
}

function printListWhere(domain: DomainModel, model: TableModel): readonly Definition[] {
  if (!isToManyTarget(domain, model)) return [];
  const name = `${model.typeName}Where`;
  return [
    block('input', `${model.typeName}ListWhere`, `Which rows have such rows of ${model.table.name}.`, () => [
      line(`some: ${name}`, 'At least one related row fulfils it.'),
      line(`none: ${name}`, 'No related row fulfils it.'),
      line(`every: ${name}`, 'All related rows fulfil it, or there are none.'),
    ]),
  ];
}

/** Whether rows of another table have many of this one's. */
export function isToManyTarget(domain: DomainModel, model: TableModel): boolean {
  return toManyTargets(domain).has(model.table.name);
}

const toManyTargets = remembered(
  (domain: DomainModel) =>
    new Set(domain.tables.flatMap((other) => other.toMany.map((relation) => relation.toTable))),
);

function printOrderBy(domain: DomainModel, model: TableModel): readonly Definition[] {
  const lines = () => [
    ...model.fields.filter(isScalar).map((field) => line(`${field.name}: SortDirection${ending(field)}`)),
    ...toOneLines(domain, model, 'OrderBy'),
    ...model.toMany.map((relation) =>
      line(
        `${relatedFigures(relation)}: ${target(domain, relation).typeName}FigureOrderBy${relationEnding(domain, relation)}`,
        `A figure over the rows of ${relation.toTable} whose ${relation.toColumn} is this row's.`,
      ),
    ),
  ];
  const ordering = [...model.fields.filter(isScalar), ...toOneTargets(domain, model), ...model.toMany];
  return ofSome(ordering, () => [
    block('input', `${model.typeName}OrderBy`, 'Exactly one column or figure.', lines),
  ]);
}

/** A field for each relation to one, of the target's input or type of the same kind. */
export function toOneLines(domain: DomainModel, model: TableModel, suffix: string): Line[] {
  return toOneTargets(domain, model).map(({ relation, one }) =>
    line(`${relation.name}: ${one.typeName}${suffix}${relationEnding(domain, relation)}`),
  );
}

/** The relations to one that rows can be ordered and grouped through. */
export function toOneTargets(domain: DomainModel, model: TableModel) {
  return model.toOne
    .map((relation) => ({ relation, one: target(domain, relation) }))
    .filter(({ one }) => one.fields.some(isScalar));
}

/** Marks a column's field where the column was removed. */
export function ending({ column }: FieldModel): string {
  return deprecation(column.removed);
}

function relationEnding(domain: DomainModel, relation: Relation): string {
  return deprecation(removalOf(domain, relation));
}

export function target(domain: DomainModel, relation: Relation): TableModel {
  return tableModel(domain, relation.toTable);
}

function toOneComment(model: TableModel, relation: Relation): string {
  const column = columnNamed(model, relation.fromColumn);
  return `${column?.comment ?? ''}${inferred(column)}`.trim();
}

function toManyComment(domain: DomainModel, relation: Relation): string {
  const column = columnNamed(target(domain, relation), relation.toColumn);
  return `The rows of ${relation.toTable} whose ${relation.toColumn} is this row's.${inferred(column)}`;
}

function columnNamed(model: TableModel, name: string): Column | undefined {
  return model.table.columns.find((candidate) => candidate.name === name);
}

/** Nobody has declared it: who reads the schema has to know. */
function inferred(column: Column | undefined): string {
  return column?.references?.origin === 'inferred' ? ' Inferred from names, not declared.' : '';
}
