/**
 * What a field may hold. A field that a shape does not name must be empty. `expression` is any allowed node,
 * `identifier` a name; the rest says itself.
 */
export type FieldRule =
  | 'expression'
  | 'identifier'
  | 'boolean'
  | 'number'
  | 'functionName'
  | 'typeName'
  | 'rowCount'
  | 'literalText'
  | { readonly list: FieldRule }
  /** One of these words, or an object of these fields. */
  | { readonly fields?: Shape; readonly words?: readonly string[] };
export type Shape = Readonly<Record<string, FieldRule>>;

const expressions = { list: 'expression' } as const;
const identifiers = { list: 'identifier' } as const;
const orderBy = {
  list: { fields: { this: 'expression', desc: 'boolean', nulls_first: 'boolean' } },
} as const;
const orderByClause = { fields: { expressions: orderBy } } as const;
const operator: Shape = { left: 'expression', right: 'expression' };
const unary: Shape = { this: 'expression' };
const aliasFields: Shape = { this: 'expression', alias: 'identifier', alias_explicit_as: 'boolean' };

const bound = { fields: { Preceding: 'expression', Following: 'expression' } } as const;
const BOUND_WORDS = ['UnboundedPreceding', 'UnboundedFollowing', 'CurrentRow'];
const frame: Shape = {
  kind: { words: ['Rows', 'Range', 'Groups'] },
  start: { ...bound, words: BOUND_WORDS },
  end: { ...bound, words: BOUND_WORDS },
  exclude: { words: ['CurrentRow', 'Group', 'Ties', 'NoOthers'] },
  kind_text: { words: ['rows', 'range', 'groups', 'ROWS', 'RANGE', 'GROUPS'] },
  start_side_text: { words: ['preceding', 'following', 'PRECEDING', 'FOLLOWING'] },
  end_side_text: { words: ['preceding', 'following', 'PRECEDING', 'FOLLOWING'] },
};
const window: Shape = {
  window_name: 'identifier',
  partition_by: expressions,
  order_by: orderBy,
  frame: { fields: frame },
};

const join: Shape = {
  this: 'expression',
  on: 'expression',
  using: identifiers,
  kind: {
    words: ['Inner', 'Left', 'Right', 'Full', 'Cross', 'Implicit', 'Semi', 'Anti', 'AsOf', 'AsOfLeft'],
  },
  use_inner_keyword: 'boolean',
  use_outer_keyword: 'boolean',
  nesting_group: 'number',
};
const withClause = {
  fields: {
    ctes: {
      list: {
        fields: {
          alias: 'identifier',
          this: 'expression',
          columns: identifiers,
          materialized: 'boolean',
          alias_first: 'boolean',
        },
      },
    },
  },
} as const;
const limitClause = { fields: { this: 'rowCount' } } as const;
const setOperation: Shape = {
  left: 'expression',
  right: 'expression',
  all: 'boolean',
  distinct: 'boolean',
  with: withClause,
  order_by: orderByClause,
  limit: 'rowCount',
  offset: 'rowCount',
};

const dataType: Shape = {
  data_type: 'typeName',
  precision: 'number',
  scale: 'number',
  length: 'number',
  timezone: 'boolean',
};

/** The aggregates that the parser gives a kind of their own; which kinds these are is the engine's to say. */
export const AGGREGATE_SHAPE: Shape = {
  this: 'expression',
  distinct: 'boolean',
  filter: 'expression',
  order_by: orderBy,
  name: 'functionName',
  ignore_nulls: 'boolean',
};

/** The kinds of the query language itself, common to all engines. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  select: {
    expressions,
    from: { fields: { expressions } },
    joins: { list: { fields: join } },
    where_clause: { fields: { this: 'expression' } },
    group_by: { fields: { expressions, all: 'boolean' } },
    having: { fields: { this: 'expression' } },
    qualify: { fields: { this: 'expression' } },
    order_by: orderByClause,
    limit: limitClause,
    offset: limitClause,
    distinct: 'boolean',
    distinct_on: expressions,
    with: withClause,
    windows: { list: { fields: { name: 'identifier', spec: { fields: window } } } },
  },
  union: setOperation,
  intersect: setOperation,
  except: setOperation,
  subquery: {
    ...aliasFields,
    column_aliases: identifiers,
    order_by: orderByClause,
    limit: limitClause,
    offset: limitClause,
  },
  values: { expressions: { list: { fields: { expressions } } } },
  table: {
    name: 'identifier',
    schema: 'identifier',
    catalog: 'identifier',
    alias: 'identifier',
    alias_explicit_as: 'boolean',
    column_aliases: identifiers,
  },
  joined_table: { left: 'expression', joins: { list: { fields: join } } },

  column: { name: 'identifier', table: 'identifier' },
  star: {
    table: 'identifier',
    except: identifiers,
    replace: { list: { fields: aliasFields } },
  },
  alias: aliasFields,
  paren: unary,
  tuple: { expressions },
  literal: { literal_type: { words: ['number', 'string'] }, value: 'literalText' },
  boolean: { value: 'boolean' },
  null: {},
  interval: {
    this: 'expression',
    unit: {
      fields: {
        type: { words: ['simple'] },
        unit: { words: ['Year', 'Quarter', 'Month', 'Week', 'Day', 'Hour', 'Minute', 'Second'] },
      },
    },
  },

  and: operator,
  or: operator,
  not: unary,
  neg: unary,
  add: operator,
  sub: operator,
  mul: operator,
  div: operator,
  mod: operator,
  concat: operator,
  eq: operator,
  neq: operator,
  lt: operator,
  lte: operator,
  gt: operator,
  gte: operator,
  null_safe_eq: operator,
  null_safe_neq: operator,
  like: { ...operator, escape: 'expression' },
  i_like: { ...operator, escape: 'expression' },
  similar_to: { this: 'expression', pattern: 'expression', not: 'boolean' },
  in: { this: 'expression', expressions, query: 'expression', not: 'boolean' },
  between: { this: 'expression', low: 'expression', high: 'expression', not: 'boolean' },
  is_null: { this: 'expression', not: 'boolean' },
  is_true: { this: 'expression', not: 'boolean' },
  is_false: { this: 'expression', not: 'boolean' },
  exists: { this: 'expression', not: 'boolean' },
  any: { this: 'expression', subquery: 'expression', op: { words: ['Eq', 'Neq', 'Lt', 'Lte', 'Gt', 'Gte'] } },
  all: { this: 'expression', subquery: 'expression', op: { words: ['Eq', 'Neq', 'Lt', 'Lte', 'Gt', 'Gte'] } },
  case: { operand: 'expression', whens: { list: expressions }, else_: 'expression' },
  cast: { this: 'expression', to: { fields: dataType } },
  try_cast: { this: 'expression', to: { fields: dataType } },

  function: { name: 'functionName', args: expressions, distinct: 'boolean', no_parens: 'boolean' },
  aggregate_function: {
    name: 'functionName',
    args: expressions,
    distinct: 'boolean',
    filter: 'expression',
    order_by: orderBy,
    ignore_nulls: 'boolean',
  },
  count: {
    this: 'expression',
    star: 'boolean',
    distinct: 'boolean',
    filter: 'expression',
    original_name: 'functionName',
  },
  string_agg: {
    this: 'expression',
    separator: 'expression',
    order_by: orderBy,
    distinct: 'boolean',
    filter: 'expression',
  },
  within_group: { this: 'expression', order_by: orderBy },
  extract: {
    this: 'expression',
    field: {
      words: [
        'Year',
        'Quarter',
        'Month',
        'Week',
        'Day',
        'DayOfWeek',
        'DayOfYear',
        'Hour',
        'Minute',
        'Second',
      ],
    },
  },
  substring: { this: 'expression', start: 'expression', length: 'expression', from_for_syntax: 'boolean' },
  trim: {
    this: 'expression',
    characters: 'expression',
    position: { words: ['Both', 'Leading', 'Trailing'] },
    sql_standard_syntax: 'boolean',
    position_explicit: 'boolean',
  },
  current_date: {},
  current_timestamp: {},
  at_time_zone: { this: 'expression', zone: 'expression' },
  window_function: { this: 'expression', over: { fields: window } },
  lag: { this: 'expression', offset: 'expression', default: 'expression', ignore_nulls: 'boolean' },
  lead: { this: 'expression', offset: 'expression', default: 'expression', ignore_nulls: 'boolean' },
  first_value: { this: 'expression', ignore_nulls: 'boolean' },
  last_value: { this: 'expression', ignore_nulls: 'boolean' },
  nth_value: { this: 'expression', offset: 'expression', ignore_nulls: 'boolean' },
};
