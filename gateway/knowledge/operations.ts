import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { namespaceField } from '../../schema/names.js';
import { columnTypeOf } from './column-type-of.js';
import type { AskColumn, AskTable, OperationArgument } from './domain.js';
import { identifierLabel } from './lexicon/identifier-words.js';

const NO_WORDS: ReadonlySet<string> = new Set();

/**
 * The fields of a hand-written domain's namespace as tables: their descriptions are the comments, what they return
 * is the row, their arguments are what must be said to get it.
 */
export function operationsOf(domain: string, schema: GraphQLSchema): AskTable[] {
  const namespace = schema.getQueryType()?.getFields()[namespaceField(domain)];
  const type = namespace === undefined ? undefined : getNamedType(namespace.type);
  return isObjectType(type)
    ? Object.values(type.getFields()).flatMap((field) => operationOf(domain, field))
    : [];
}

function operationOf(domain: string, field: GraphQLField<unknown, unknown>): AskTable[] {
  const payload = getNamedType(field.type);
  if (!isObjectType(payload)) return [];
  const { rowType, rowPath, many } = rowsOf(field, payload);
  return [
    {
      domain,
      name: field.name,
      label: identifierLabel(field.name, NO_WORDS),
      comment: [field.description, rowType.description].filter(Boolean).join(' '),
      columns: withUnits(leaves(rowType, []), rowType, field),
      primaryKey: [],
      relations: [],
      metrics: [],
      operation: {
        field: field.name,
        arguments: field.args.map(argumentOf),
        rowPath,
        notes: notesOf(payload, rowPath),
        rows: many ? 'many' : 'one',
      },
    },
  ];
}

/** The rows themselves, or one level down, in the field of a payload that says the most beside what explains it. */
function rowsOf(
  field: GraphQLField<unknown, unknown>,
  payload: GraphQLObjectType,
): { rowType: GraphQLObjectType; rowPath: string[]; many: boolean } {
  if (isListType(getNullableType(field.type))) return { rowType: payload, rowPath: [], many: true };
  const objects = Object.values(payload.getFields()).filter((inner) =>
    isObjectType(getNamedType(inner.type)),
  );
  const lists = objects.filter((inner) => isListType(getNullableType(inner.type)));
  const size = (inner: GraphQLField<unknown, unknown>) =>
    leaves(getNamedType(inner.type) as GraphQLObjectType, []).length;
  const [largest] = (lists.length > 0 ? lists : objects).toSorted(
    (first, second) => size(second) - size(first),
  );
  const own = Object.values(payload.getFields()).length - objects.length;
  if (largest === undefined || own > size(largest)) return { rowType: payload, rowPath: [], many: false };
  const many = isListType(getNullableType(largest.type));
  return { rowType: getNamedType(largest.type) as GraphQLObjectType, rowPath: [largest.name], many };
}

/** Text beside the rows, which says why there are none. */
function notesOf(payload: GraphQLObjectType, rowPath: readonly string[]): string[] {
  return rowPath.length === 0
    ? []
    : Object.values(payload.getFields())
        .filter(
          (field) => getNamedType(field.type).name === 'String' && !isListType(getNullableType(field.type)),
        )
        .map((field) => field.name);
}

const WRITTEN_UNITS: Readonly<Record<string, string>> = {
  millimeters: 'mm',
  centimeters: 'cm',
  meters: 'm',
  inches: 'in',
  percent: '%',
};

/** The unit that a description names: "Precipitation of the day, in millimeters." */
function unitIn(description: string): string | undefined {
  const unit = /\bin (millimeters|centimeters|meters|inches|percent)\b/.exec(description)?.[1];
  return unit === undefined ? undefined : WRITTEN_UNITS[unit];
}

function leaves(type: GraphQLObjectType, path: readonly string[]): AskColumn[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (field.args.some((argument) => isNonNullType(argument.type))) return [];
    if (isObjectType(named) && path.length < 2 && !isListType(getNullableType(field.type)))
      return leaves(named, [...path, field.name]);
    if (!isLeafType(named) || isListType(getNullableType(field.type))) return [];
    const name = [...path, field.name].join('_');
    return [
      {
        name,
        label: identifierLabel(name, NO_WORDS),
        columnType: columnTypeOf(named),
        comment: field.description ?? '',
        unit: unitIn(field.description ?? ''),
        references: undefined,
        path: [...path, field.name],
      },
    ];
  });
}

/**
 * A column such as `temperatureUnit`, of the type of an argument, says the unit of the `temperature…` columns: they
 * carry it, and it is no column of its own.
 */
function withUnits(
  columns: readonly AskColumn[],
  row: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): AskColumn[] {
  const units = columns.flatMap((column) => {
    const stem = /^(.+?)_?Unit$/i.exec(column.name)?.[1];
    const type = getNamedType(row.getFields()[column.name]?.type);
    const argument = field.args.find(
      (candidate) => type !== undefined && getNamedType(candidate.type).name === type.name,
    );
    return stem === undefined || argument === undefined
      ? []
      : [{ column: column.name, stem, argument: argument.name }];
  });
  return columns
    .filter((column) => !units.some((unit) => unit.column === column.name))
    .map((column) => {
      const unit = units.find(({ stem }) => column.name.startsWith(stem) && column.columnType !== 'STRING');
      return unit === undefined ? column : { ...column, unitArgument: unit.argument };
    });
}

function argumentOf(argument: GraphQLArgument): OperationArgument {
  const named = getNamedType(argument.type);
  const choices = isEnumType(named)
    ? named.getValues().map((value) => ({ name: value.name, comment: value.description ?? '' }))
    : [];
  const type = isEnumType(named)
    ? 'choice'
    : ({ String: 'text', Date: 'date', Int: 'number', Float: 'number' } as const)[named.name];
  return {
    name: argument.name,
    comment: argument.description ?? '',
    type: type ?? 'other',
    graphqlType: String(argument.type),
    presence: isNonNullType(argument.type) && argument.defaultValue === undefined ? 'required' : 'optional',
    choices,
    defaultChoice: typeof argument.defaultValue === 'string' ? argument.defaultValue : undefined,
  };
}
