import type { ColumnType } from './hive-type.js';
import { block, type Definition, GRAPHQL_TYPE, type Line, line } from './sdl-text.js';

const SCALARS: Readonly<Partial<Record<ColumnType, string>>> = {
  BIGINT: 'A whole number of any size. Leaves as text; comes in as text or as a number.',
  DECIMAL: 'An exact decimal number. Leaves as text; comes in as text or as a whole number.',
  DATE: 'A day of the calendar: 2008-01-31.',
  DATETIME: 'A date and time without a zone: 2008-01-31T12:00:00. A day alone means its midnight.',
  JSON: 'A list or an object.',
};

const ORDERED = new Set<ColumnType>(['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT', 'STRING', 'DATE', 'DATETIME']);
const RANGED = new Set<ColumnType>(['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT', 'DATE', 'DATETIME']);

export function filterName(type: ColumnType): string {
  return `${type === 'JSON' ? 'Json' : GRAPHQL_TYPE[type]}Filter`;
}

/** The scalars, filters and enums that the column types in use need. */
export function printSharedTypes(used: ReadonlySet<ColumnType>): readonly Definition[] {
  const types = [...used];
  const temporal = used.has('DATE') || used.has('DATETIME');
  return [
    ...types.flatMap((type) => (SCALARS[type] === undefined ? [] : [printScalar(type, SCALARS[type])])),
    ...types.map(printFilter),
    ...types.filter((type) => RANGED.has(type)).map(printRange),
    block('enum', 'SortDirection', 'Which values come first, and where rows without a value stand.', () => [
      line('ASC', 'From the smallest on; rows without a value come last.'),
      line('ASC_NULLS_FIRST'),
      line('ASC_NULLS_LAST'),
      line('DESC', 'From the largest on; rows without a value come last.'),
      line('DESC_NULLS_FIRST'),
      line('DESC_NULLS_LAST'),
    ]),
    block('input', 'ColumnGroupBy', 'Groups by the values of a column.', () => [includeNull()]),
    ...(temporal ? printDateTypes() : []),
  ];
}

function printScalar(type: ColumnType, description: string): Definition {
  return { kind: 'scalar', name: GRAPHQL_TYPE[type], description, directives: '', lines: () => [] };
}

function printFilter(type: ColumnType): Definition {
  const name = GRAPHQL_TYPE[type];
  const description = 'All that is given must hold. A row without a value fulfils nothing but isNull.';
  const isNull = line('isNull: Boolean', 'Whether the row has no value.');
  if (type === 'JSON') return block('input', filterName(type), description, () => [isNull]);
  const equality = [line(`eq: ${name}`, 'Equal.'), line(`ne: ${name}`, 'Not equal.')];
  if (type === 'BOOLEAN') return block('input', filterName(type), description, () => [...equality, isNull]);
  return block('input', filterName(type), description, () => [
    ...equality,
    line(`in: [${name}!]`, 'One of these.'),
    line(`notIn: [${name}!]`, 'A value, and none of these.'),
    ...(ORDERED.has(type) ? orderLines(name) : []),
    ...(RANGED.has(type) ? [line(`between: ${name}Range`, 'From one value to another, both included.')] : []),
    isNull,
    ...(type === 'STRING' ? textLines() : []),
    ...(type === 'DATE' || type === 'DATETIME' ? partLines(type, 'IntFilter') : []),
  ]);
}

function orderLines(name: string): Line[] {
  return [
    line(`lt: ${name}`, 'Less than.'),
    line(`lte: ${name}`, 'Less than or equal.'),
    line(`gt: ${name}`, 'Greater than.'),
    line(`gte: ${name}`, 'Greater than or equal.'),
  ];
}

function textLines(): Line[] {
  return [
    line('contains: String', 'Has this text in it.'),
    line('startsWith: String'),
    line('endsWith: String'),
    line('eqIgnoreCase: String', 'Equal, whether letters are large or small.'),
    line('containsIgnoreCase: String', 'Has this text in it, whether letters are large or small.'),
    line('startsWithIgnoreCase: String'),
    line('endsWithIgnoreCase: String'),
  ];
}

/** A part of a date for each of `DatePart`, as fields of the given type. */
function partLines(type: ColumnType, fieldType: string): Line[] {
  return [
    line(`year: ${fieldType}`),
    line(`quarter: ${fieldType}`, '1 to 4.'),
    line(`month: ${fieldType}`, '1 to 12.'),
    line(`day: ${fieldType}`, 'Day of the month, 1 to 31.'),
    line(`dayOfWeek: ${fieldType}`, '1 (Monday) to 7 (Sunday).'),
    ...(type === 'DATETIME' ? [line(`hour: ${fieldType}`, '0 to 23.')] : []),
  ];
}

function printRange(type: ColumnType): Definition {
  const name = GRAPHQL_TYPE[type];
  return block('input', `${name}Range`, 'Both ends are included.', () => [
    line(`from: ${name}!`),
    line(`to: ${name}!`),
  ]);
}

function includeNull(): Line {
  return line('includeNull: Boolean = true', 'Whether rows without a value make a group of their own.');
}

function printDateTypes(): readonly Definition[] {
  return [
    block('enum', 'Grain', 'A period that dates are cut down to the start of. Weeks start on Monday.', () => [
      ...['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR'].map((grain) => line(grain)),
    ]),
    block('enum', 'DatePart', 'One number out of a date.', () => [
      line('YEAR'),
      line('QUARTER', '1 to 4.'),
      line('MONTH', '1 to 12.'),
      line('DAY', 'Day of the month, 1 to 31.'),
      line('DAY_OF_WEEK', '1 (Monday) to 7 (Sunday).'),
      line('HOUR', '0 to 23.'),
    ]),
    block(
      'input',
      'DateGroupBy',
      'Groups by the values of a date, by its periods, or by one part of it.',
      () => [
        line('grain: Grain', 'The period; the key is its start.'),
        line('part: DatePart', "The part; the key is found under the column's parts."),
        includeNull(),
      ],
    ),
    block(
      'type',
      'DateParts',
      'The parts of a date that were grouped by.',
      () => partLines('DATETIME', 'Int'),
      ' @shareable',
    ),
    block('input', 'DatePartsOrderBy', 'Exactly one part.', () =>
      partLines('DATETIME', 'SortDirection').map(({ text }) => line(text)),
    ),
    block('input', 'DatePartsHaving', 'Only parts that were grouped by.', () =>
      partLines('DATETIME', 'IntFilter').map(({ text }) => line(text)),
    ),
  ];
}
