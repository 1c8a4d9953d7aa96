import { become, type Fields, fieldsOf, isObject, kindOf, type Node } from '../tree.js';
import type { GuardEngine } from './engine.js';
import { words } from './words.js';

/**
 * From Snowflake's documentation. Left out on purpose: what reads stages, history, the account or the session; table
 * functions; what a small query can make huge (repeat, lpad, space, …); chance; and everything that is not listed.
 */
const FUNCTIONS = {
  aggregates: words(`
    any_value approx_count_distinct approx_percentile array_agg avg bitand_agg bitor_agg booland_agg boolor_agg corr
    count count_if covar_pop covar_samp kurtosis listagg max max_by median min min_by mode percentile_cont
    percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope skew stddev stddev_pop sum
    var_samp variance`),
  grouping: ['rollup', 'cube', 'grouping sets', ...words('grouping grouping_id')],
  window: words(`
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank ratio_to_report row_number`),
  conditional: words(`
    coalesce decode div0 div0null equal_null greatest iff least nullif nullifzero nvl nvl2 zeroifnull`),
  math: words(`
    abs acos asin atan atan2 cbrt ceil cos degrees exp floor ln log mod pi power radians round sign sin sqrt square tan
    trunc truncate width_bucket`),
  text: words(`
    ascii charindex chr concat concat_ws contains editdistance endswith initcap jarowinkler_similarity left length
    lower ltrim regexp_count regexp_instr regexp_replace regexp_substr replace reverse right rtrim soundex split_part
    startswith substr substring translate trim upper`),
  date: words(`
    add_months current_date current_timestamp date_from_parts date_part date_trunc dateadd datediff day dayname
    dayofmonth dayofweek dayofweekiso dayofyear hour last_day minute month monthname months_between next_day
    previous_day quarter second time_slice timestamp_from_parts timestamp_ntz_from_parts timestampadd timestampdiff
    week weekiso year yearofweek yearofweekiso`),
  conversion: words(
    'to_char to_date to_double to_timestamp to_timestamp_ntz to_varchar try_to_date try_to_timestamp',
  ),
};

const UNITS = words('year quarter month week day hour minute second');
const PARTS = [...UNITS, ...words('dayofweek dayofweekiso dayofyear weekiso')];
/** As the generator writes TIMESTAMP_NTZ and its like; Snowflake knows them by these names too. */
const TIMESTAMPS = words('TIMESTAMPNTZ TIMESTAMPLTZ TIMESTAMPTZ');

const to = {
  fields: {
    data_type: 'typeName',
    precision: 'number',
    scale: 'number',
    length: 'number',
    timezone: 'boolean',
    name: { words: TIMESTAMPS },
  },
} as const;

export const engine: GuardEngine = {
  parserDialect: 'snowflake',
  calls: {
    abs: ['abs', 'this'],
    acos: ['acos', 'this'],
    add_months: ['add_months', 'this', 'expression'],
    asin: ['asin', 'this'],
    atan: ['atan', 'this'],
    atan2: ['atan2', 'this', 'expression'],
    ceil: ['ceil', 'this', 'decimals'],
    coalesce: ['coalesce', 'expressions'],
    contains: ['contains', 'this', 'expression'],
    cos: ['cos', 'this'],
    cume_dist: ['cume_dist', 'args'],
    day: ['day', 'this'],
    day_of_month: ['dayofmonth', 'this'],
    day_of_week: ['dayofweek', 'this'],
    day_of_year: ['dayofyear', 'this'],
    degrees: ['degrees', 'this'],
    dense_rank: ['dense_rank', 'args'],
    ends_with: ['endswith', 'this', 'expression'],
    exp: ['exp', 'this'],
    floor: ['floor', 'this', 'scale'],
    hour: ['hour', 'this'],
    if_func: ['iff', 'condition', 'true_value', 'false_value'],
    initcap: ['initcap', 'this'],
    last_day: ['last_day', 'this'],
    length: ['length', 'this'],
    ln: ['ln', 'this'],
    log: ['log', 'base', 'this'],
    lower: ['lower', 'this'],
    minute: ['minute', 'this'],
    mod_func: ['mod', 'this', 'expression'],
    month: ['month', 'this'],
    months_between: ['months_between', 'this', 'expression'],
    n_tile: ['ntile', 'num_buckets'],
    next_day: ['next_day', 'this', 'expression'],
    nvl: ['nvl', 'this', 'expression'],
    nvl2: ['nvl2', 'this', 'true_value', 'false_value'],
    percent_rank: ['percent_rank', 'args'],
    pi: ['pi'],
    power: ['power', 'this', 'expression'],
    quarter: ['quarter', 'this'],
    radians: ['radians', 'this'],
    rank: ['rank', 'args'],
    row_number: ['row_number'],
    second: ['second', 'this'],
    sin: ['sin', 'this'],
    sqrt: ['sqrt', 'this'],
    starts_with: ['startswith', 'this', 'expression'],
    str_position: ['charindex', 'substr', 'this', 'position'],
    tan: ['tan', 'this'],
    upper: ['upper', 'this'],
    year: ['year', 'this'],
  },
  aggregates: new Set(
    words(`
      any_value approx_count_distinct array_agg avg count_if max median min mode stddev stddev_pop sum var_samp
      variance`),
  ),
  functions: new Set(Object.values(FUNCTIONS).flat()),
  functionSynonyms: { stddev_samp: 'stddev', len: 'length', pow: 'power', ifnull: 'coalesce' },
  typeSynonyms: { var_char: 'text', char: 'text', text_with_length: 'text', string: 'text' },
  types: new Set(
    words('boolean tiny_int small_int int big_int float double decimal text date time timestamp custom'),
  ),
  shapes: {
    cast: { this: 'expression', to },
    try_cast: { this: 'expression', to },
    // Parts of dates stand without quotes, and are no columns.
    var: { this: { words: [...PARTS, ...PARTS.map((part) => part.toUpperCase())] } },
    date_diff: {
      this: 'expression',
      expression: 'expression',
      unit: { words: UNITS.map((unit) => `${unit[0]?.toUpperCase()}${unit.slice(1)}`) },
    },
    list_agg: { this: 'expression', separator: 'expression', distinct: 'boolean' },
  },
  normalise(node) {
    const kind = kindOf(node);
    if (kind === 'interval') joinUnit(fieldsOf(node));
    // The generator's name of the same function.
    if (kind === 'stddev_samp') become(node, { stddev: { ...fieldsOf(node), name: 'stddev' } });
  },
  // A backslash escapes in Snowflake's text, which the parser need not know.
  literalText: /^[^\\]*$/,
};

/** `INTERVAL '3' HOUR` is written `INTERVAL '3 HOUR'`, the only form that Snowflake has. */
function joinUnit(fields: Fields): void {
  const { this: amount, unit } = fields;
  if (!isObject(amount) || !isObject(unit) || unit.type !== 'simple') return;
  const literal = fieldsOf(amount as Node);
  if (kindOf(amount as Node) !== 'literal') return;
  fields.this = {
    literal: { literal_type: 'string', value: `${String(literal.value)} ${String(unit.unit).toUpperCase()}` },
  };
  fields.unit = null;
}
