import { SHAPES } from '../shapes.js';
import {
  become,
  type Fields,
  fieldsOf,
  isEmpty,
  isObject,
  kindOf,
  type Node,
  nodesIn,
  optionalNameIn,
} from '../tree.js';
import type { GuardEngine } from './engine.js';
import { selectWithJoins } from './postgres-forms.js';
import { words } from './words.js';

/**
 * Left out on purpose: what reads files, variables or other sessions (load_file, user, database …), what waits or locks
 * (sleep, benchmark, get_lock), what a small query can make huge (repeat, lpad, space), chance (rand, uuid), and what
 * MySQL and MariaDB do not share or the generator writes as something else (regexp, char_length, a DIV b).
 */
const FUNCTIONS = {
  aggregates: words(`
    avg bit_and bit_or bit_xor count group_concat max min std stddev stddev_pop stddev_samp sum var_pop var_samp
    variance`),
  window: words(`
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`),
  conditional: words('coalesce greatest if ifnull least nullif'),
  math: words(`
    abs acos asin atan atan2 ceil ceiling cos cot degrees exp floor ln log log10 log2 mod pi pow power radians round sign
    sin sqrt tan truncate`),
  text: words(`
    ascii concat concat_ws field find_in_set instr lcase left locate lower ltrim mid octet_length ord position
    replace reverse right rtrim strcmp substr substring substring_index trim ucase upper`),
  date: words(`
    adddate curdate current_date current_timestamp date date_add date_format date_sub datediff day dayname dayofmonth
    dayofweek dayofyear extract from_days hour last_day localtimestamp makedate microsecond minute month monthname now
    period_add period_diff quarter second str_to_date subdate time_to_sec timestampdiff to_days utc_date utc_timestamp
    week weekday weekofyear year yearweek`),
};

/** Functions whose first argument is a unit, which the parser takes for a column. */
const WITH_UNIT: ReadonlySet<string> = new Set(['timestampdiff', 'timestampadd']);
const UNITS = words('YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MICROSECOND');
const CALCULATIONS: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div']);
const CAST_TYPES = ['SIGNED', 'UNSIGNED', 'DATETIME', 'DATETIME(6)', 'utf8mb4'];

export const engine: GuardEngine = {
  parserDialect: 'mysql',
  calls: {
    abs: ['abs', 'this'],
    acos: ['acos', 'this'],
    asin: ['asin', 'this'],
    atan: ['atan', 'this'],
    atan2: ['atan2', 'this', 'expression'],
    ceil: ['ceil', 'this'],
    coalesce: ['coalesce', 'expressions'],
    cos: ['cos', 'this'],
    cume_dist: ['cume_dist', 'args'],
    day: ['day', 'this'],
    day_of_month: ['dayofmonth', 'this'],
    day_of_week: ['dayofweek', 'this'],
    day_of_year: ['dayofyear', 'this'],
    degrees: ['degrees', 'this'],
    dense_rank: ['dense_rank', 'args'],
    exp: ['exp', 'this'],
    floor: ['floor', 'this'],
    hour: ['hour', 'this'],
    if_func: ['if', 'condition', 'true_value', 'false_value'],
    last_day: ['last_day', 'this'],
    ln: ['ln', 'this'],
    lower: ['lower', 'this'],
    minute: ['minute', 'this'],
    mod_func: ['mod', 'this', 'expression'],
    month: ['month', 'this'],
    n_tile: ['ntile', 'num_buckets'],
    percent_rank: ['percent_rank', 'args'],
    pi: ['pi'],
    power: ['power', 'this', 'expression'],
    quarter: ['quarter', 'this'],
    radians: ['radians', 'this'],
    rank: ['rank', 'args'],
    reverse: ['reverse', 'this'],
    row_number: ['row_number'],
    second: ['second', 'this'],
    sign: ['sign', 'this'],
    sin: ['sin', 'this'],
    sqrt: ['sqrt', 'this'],
    str_position: ['locate', 'substr', 'this'],
    tan: ['tan', 'this'],
    upper: ['upper', 'this'],
    week_of_year: ['weekofyear', 'this'],
    year: ['year', 'this'],
  },
  aggregates: new Set(
    words(`
      avg bitwise_and_agg bitwise_or_agg bitwise_xor_agg max min stddev stddev_pop stddev_samp sum var_pop var_samp
      variance`),
  ),
  functions: new Set(Object.values(FUNCTIONS).flat()),
  functionSynonyms: { pow: 'power', ceiling: 'ceil', ifnull: 'coalesce', lcase: 'lower', ucase: 'upper' },
  typeSynonyms: {},
  types: new Set(words('char decimal date double custom character_set')),
  shapes: {
    // FULL and the like are names of the table before to MySQL.
    ...selectWithJoins(['Inner', 'Left', 'Right', 'Cross', 'Implicit'], ['qualify', 'distinct_on']),
    string_agg: {},
    try_cast: {},
    group_concat: {
      this: 'expression',
      separator: 'expression',
      order_by: SHAPES.string_agg?.order_by ?? 'number',
      distinct: 'boolean',
    },
    collation: { this: 'expression', collation: { words: ['utf8mb4_bin'] } },
    cast: {
      this: 'expression',
      to: {
        fields: {
          data_type: 'typeName',
          precision: 'number',
          scale: 'number',
          length: 'number',
          name: { words: CAST_TYPES },
        },
      },
    },
    var: { this: { words: UNITS } },
  },
  normalise(node) {
    if (node.data_type === 'timestamp') asDateTime(node);
    const kind = kindOf(node);
    if (kind === 'literal') castTimestamp(node);
    if (kind === 'interval') bracketAmount(fieldsOf(node));
    if (kind === 'function' && Object.keys(node).length === 1) markUnit(fieldsOf(node));
  },
  // `\%` keeps its backslash in MySQL and loses it in the parser; others differ as well.
  allowedText: /^(?:[^\\]|\\[nrt\\'"])*$/,
  // What the parser makes of an escape, the generator writes as one again; of a control character, perhaps not.
  literalText: /^(?:[^\p{Cc}]|[\t\n\r])*$/u,
};

/** A cast to TIMESTAMP is none to MySQL; a DATETIME without digits would round. */
function asDateTime(type: Fields): void {
  for (const key of Object.keys(type)) delete type[key];
  Object.assign(type, { data_type: 'custom', name: 'DATETIME(6)' });
}

function castTimestamp(node: Node): void {
  const { literal_type: type, value } = fieldsOf(node);
  if (type !== 'timestamp') return;
  const to = { data_type: 'custom', name: 'DATETIME(6)' };
  become(node, { cast: { this: { literal: { literal_type: 'string', value } }, to } });
}

/** `INTERVAL a - 1 DAY`, which the generator writes with brackets. */
function bracketAmount(fields: Fields): void {
  const amount = fields.this;
  if (!isObject(amount) || !CALCULATIONS.has(kindOf(amount))) return;
  fields.this = { paren: { this: amount, trailing_comments: [] } };
}

function markUnit(fields: Fields): void {
  if (!WITH_UNIT.has(String(fields.name).toLowerCase())) return;
  const [first] = nodesIn(fields, 'args');
  if (!isObject(first) || kindOf(first as Node) !== 'column') return;
  const column = fieldsOf(first as Node);
  const unit = optionalNameIn(column, 'name')?.toUpperCase() ?? '';
  if (isEmpty(column.table) && UNITS.includes(unit)) become(first as Node, { var: { this: unit } });
}
