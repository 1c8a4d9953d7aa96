import {
  type DomainModel,
  type FieldModel,
  isComparable,
  isNumeric,
  isScalar,
  isTemporal,
  partsField,
  type TableModel,
} from './domain-model.js';
import type { ColumnType } from './hive-type.js';
import { filterName } from './print-filters.js';
import { metricsLine, printMetrics } from './print-metrics.js';
import {
  defaultGroups,
  describeField,
  ending,
  isToManyTarget,
  toOneLines,
  toOneTargets,
} from './print-rows.js';
import { deprecation, lastRemoval } from './removed.js';
import { block, type Definition, GRAPHQL_TYPE, type Line, line, ofSome } from './sdl-text.js';

/** One family of figures: over which columns, of which type, and what it says. */
interface Figure {
  readonly field: string;
  /** The end of the names of its types, which some figures share. */
  readonly suffix: string;
  readonly description: string;
  readonly fits: (field: FieldModel) => boolean;
  readonly typeOf: (type: ColumnType) => ColumnType;
}

const FIGURES: readonly Figure[] = [
  {
    field: 'countDistinct',
    suffix: 'CountDistinct',
    description: 'How many different values there are.',
    fits: isScalar,
    typeOf: () => 'BIGINT',
  },
  {
    field: 'sum',
    suffix: 'Sum',
    description: 'The sum of the values.',
    fits: isNumeric,
    typeOf: (type) => (type === 'INTEGER' ? 'BIGINT' : type),
  },
  {
    field: 'avg',
    suffix: 'Avg',
    description: 'The average of the values.',
    fits: isNumeric,
    typeOf: () => 'FLOAT',
  },
  {
    field: 'min',
    suffix: 'MinMax',
    description: 'The smallest value.',
    fits: isComparable,
    typeOf: (type) => type,
  },
  {
    field: 'max',
    suffix: 'MinMax',
    description: 'The largest value.',
    fits: isComparable,
    typeOf: (type) => type,
  },
  {
    field: 'median',
    suffix: 'Statistics',
    description: 'The value in the middle, or the mean of the two there. Exact.',
    fits: isNumeric,
    typeOf: () => 'FLOAT',
  },
  {
    field: 'stddevSample',
    suffix: 'Statistics',
    description: 'The standard deviation of the values as a sample (n - 1); of one value there is none.',
    fits: isNumeric,
    typeOf: () => 'FLOAT',
  },
  {
    field: 'varianceSample',
    suffix: 'Statistics',
    description: 'The variance of the values as a sample (n - 1); of one value there is none.',
    fits: isNumeric,
    typeOf: () => 'FLOAT',
  },
];

/** The type that a figure's columns stand in: `avg` → `SalesSaleAvg`. */
export function figureType(model: TableModel, field: string): string {
  const known = FIGURES.find((figure) => figure.field === field);
  return `${model.typeName}${known?.suffix ?? 'Metrics'}`;
}

/** The column types that aggregates of a table bring, beside those of its columns. */
export function aggregateColumnTypes(model: TableModel): ColumnType[] {
  return FIGURES.flatMap(({ fits, typeOf }) =>
    model.fields.filter(fits).map((field) => typeOf(field.column.columnType)),
  );
}

/** The arguments of a table's aggregate. */
export function aggregateArguments(domain: DomainModel, model: TableModel): string {
  const groups = model.fields.some(isScalar) ? [`groupBy: [${model.typeName}GroupBy!]`] : [];
  return [
    `where: ${model.typeName}Where`,
    ...groups,
    `having: ${model.typeName}Having`,
    `orderBy: [${model.typeName}AggregateOrderBy!]`,
    `limit: Int = ${defaultGroups(domain)}`,
    'offset: Int = 0',
  ].join(', ');
}

/** What a table's aggregate gives, and the inputs that group, filter and order it. */
export function printAggregateTypes(domain: DomainModel, model: TableModel): readonly Definition[] {
  return [
    printAggregate(model),
    ...printKeys(domain, model),
    ...FIGURES.filter(isFirstOfItsTypes).flatMap((figure) => printFigure(model, figure)),
    ...printMetrics(model),
    ...printInputs(domain, model),
  ];
}

function isFirstOfItsTypes(figure: Figure, index: number): boolean {
  return FIGURES.findIndex(({ suffix }) => suffix === figure.suffix) === index;
}

function printAggregate(model: TableModel): Definition {
  return block(
    'type',
    `${model.typeName}Aggregate`,
    `Figures of a group of rows of ${model.table.name}, or of all rows.`,
    () => [
      ...(model.fields.some(isScalar)
        ? [line(`keys: ${model.typeName}Keys`, 'The values of the columns that were grouped by.')]
        : []),
      line('count: BigInt!', 'How many rows there are.'),
      ...figureLines(model, ''),
      ...metricsLine(model, ''),
    ],
  );
}

function figureLines(model: TableModel, end: string): Line[] {
  return FIGURES.filter(({ fits }) => model.fields.some(fits)).map(({ field, suffix, description, fits }) => {
    const removed = lastRemoval(model.fields.filter(fits).map(({ column }) => column.removed));
    return line(`${field}: ${model.typeName}${suffix}${end}${deprecation(removed)}`, description);
  });
}

function printKeys(domain: DomainModel, model: TableModel): readonly Definition[] {
  const scalars = model.fields.filter(isScalar);
  const { typeName } = model;
  return ofSome([...scalars, ...toOneTargets(domain, model)], () => [
    block('type', `${typeName}Keys`, 'Only what was grouped by may be asked for.', () => [
      ...scalars.flatMap((field) => [
        line(`${field.name}: ${GRAPHQL_TYPE[field.column.columnType]}${ending(field)}`, describeField(field)),
        ...(isTemporal(field)
          ? [
              line(
                `${partsField(field)}: DateParts${ending(field)}`,
                `Parts of ${field.name} that were grouped by.`,
              ),
            ]
          : []),
      ]),
      ...toOneLines(domain, model, 'Keys'),
    ]),
    block('input', `${typeName}GroupBy`, 'Exactly one column.', () => [
      ...scalars.map((field) =>
        line(
          `${field.name}: ${isTemporal(field) ? 'DateGroupBy' : 'ColumnGroupBy'}${ending(field)}`,
          describeField(field),
        ),
      ),
      ...toOneLines(domain, model, 'GroupBy'),
    ]),
    block('input', `${typeName}KeysOrderBy`, 'Exactly one column that was grouped by.', () => [
      ...scalars.flatMap((field) => [
        line(`${field.name}: SortDirection${ending(field)}`),
        ...(isTemporal(field) ? [line(`${partsField(field)}: DatePartsOrderBy${ending(field)}`)] : []),
      ]),
      ...toOneLines(domain, model, 'KeysOrderBy'),
    ]),
    block('input', `${typeName}KeysHaving`, 'Only what was grouped by.', () => [
      ...scalars.flatMap((field) => [
        line(`${field.name}: ${filterName(field.column.columnType)}${ending(field)}`),
        ...(isTemporal(field) ? [line(`${partsField(field)}: DatePartsHaving${ending(field)}`)] : []),
      ]),
      ...toOneLines(domain, model, 'KeysHaving'),
    ]),
  ]);
}

function printFigure(model: TableModel, { suffix, fits, typeOf }: Figure): readonly Definition[] {
  const name = `${model.typeName}${suffix}`;
  return ofSome(model.fields.filter(fits), (fields) => [
    block('type', name, '', () =>
      fields.map((field) =>
        line(
          `${field.name}: ${GRAPHQL_TYPE[typeOf(field.column.columnType)]}${ending(field)}`,
          describeField(field),
        ),
      ),
    ),
    block('input', `${name}Having`, '', () =>
      fields.map((field) =>
        line(`${field.name}: ${filterName(typeOf(field.column.columnType))}${ending(field)}`),
      ),
    ),
    block('input', `${name}OrderBy`, 'Exactly one column.', () =>
      fields.map((field) => line(`${field.name}: SortDirection${ending(field)}`)),
    ),
  ]);
}

function printInputs(domain: DomainModel, model: TableModel): readonly Definition[] {
  const having = `${model.typeName}Having`;
  const grouped = model.fields.some(isScalar);
  const figures = () => [
    line('count: SortDirection'),
    ...figureLines(model, 'OrderBy'),
    ...metricsLine(model, 'OrderBy'),
  ];
  return [
    block('input', having, 'Which groups: all that is given must hold.', () => [
      line(`and: [${having}!]`, 'All of these hold.'),
      line(`or: [${having}!]`, 'One of these holds.'),
      line(`not: ${having}`, 'This does not hold.'),
      ...(grouped ? [line(`keys: ${model.typeName}KeysHaving`, 'What was grouped by.')] : []),
      line(`count: ${filterName('BIGINT')}`, 'How many rows the group has.'),
      ...figureLines(model, 'Having'),
      ...metricsLine(model, 'Having'),
    ]),
    block('input', `${model.typeName}AggregateOrderBy`, 'Exactly one key or figure.', () => [
      ...(grouped ? [line(`keys: ${model.typeName}KeysOrderBy`)] : []),
      ...figures(),
    ]),
    ...(isToManyTarget(domain, model)
      ? [
          block(
            'input',
            `${model.typeName}FigureOrderBy`,
            `Exactly one figure over related rows of ${model.table.name}.`,
            figures,
          ),
        ]
      : []),
  ];
}
