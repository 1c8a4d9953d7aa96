import { SHAPES, type Shape } from '../shapes.js';
import { type Fields, isEmpty, isObject, type Node } from '../tree.js';
import type { GuardEngine } from './engine.js';
import { words } from './words.js';

/**
 * From Trino's and Athena's documentation. Left out on purpose: what reads settings or the catalog; functions that run
 * programs of others (Lambda, lambdas); what a small query can make huge (repeat, sequence, lpad, …); chance; and
 * everything that is not listed.
 */
const FUNCTIONS = {
  aggregates: words(`
    any_value approx_distinct approx_percentile arbitrary array_agg avg bool_and bool_or corr count count_if covar_pop
    covar_samp geometric_mean kurtosis max max_by min min_by regr_intercept regr_slope skewness stddev stddev_pop
    stddev_samp sum var_pop var_samp variance`),
  grouping: ['rollup', 'cube', 'grouping sets', 'grouping'],
  window: words(`
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`),
  conditional: words('coalesce greatest if least nullif'),
  math: words(`
    abs acos asin atan atan2 cbrt ceil cos degrees e exp floor is_finite is_infinite is_nan ln log log10 log2
    mod pi power radians round sign sin sqrt tan truncate width_bucket`),
  text: words(`
    chr codepoint concat concat_ws hamming_distance length levenshtein_distance lower ltrim regexp_count
    regexp_extract regexp_like regexp_replace replace reverse rtrim soundex split_part starts_with strpos substr
    translate trim upper`),
  date: words(`
    current_date current_timestamp date date_add date_diff date_format date_parse date_trunc day day_of_month
    day_of_week day_of_year format_datetime from_iso8601_date from_iso8601_timestamp from_unixtime hour
    last_day_of_month minute month now quarter second to_unixtime week week_of_year year year_of_week yow`),
};

/** The fields of a node that is of a kind and has no others; none where it is not so. */
function only(node: Node, kind: string, names: readonly string[]): Fields {
  const fields = node[kind];
  if (!isObject(fields) || Object.keys(node).length !== 1) return {};
  return Object.entries(fields).every(([name, value]) => names.includes(name) || isEmpty(value))
    ? fields
    : {};
}

/** Trino wants the offset before the limit, which the generator heeds only within a SELECT. */
const { offset: _, ...SET_OPERATION }: Shape = SHAPES.union ?? {};

export const engine: GuardEngine = {
  // The parser's `athena` writes LIMIT and OFFSET in an order that Athena does not read.
  parserDialect: 'trino',
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
    day_of_month: ['day_of_month', 'this'],
    day_of_week: ['day_of_week', 'this'],
    day_of_year: ['day_of_year', 'this'],
    degrees: ['degrees', 'this'],
    dense_rank: ['dense_rank', 'args'],
    exp: ['exp', 'this'],
    floor: ['floor', 'this'],
    hour: ['hour', 'this'],
    if_func: ['if', 'condition', 'true_value', 'false_value'],
    length: ['length', 'this'],
    ln: ['ln', 'this'],
    log: ['log', 'base', 'this'],
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
    row_number: ['row_number'],
    second: ['second', 'this'],
    sin: ['sin', 'this'],
    sqrt: ['sqrt', 'this'],
    starts_with: ['starts_with', 'this', 'expression'],
    str_position: ['strpos', 'this', 'substr', 'occurrence'],
    tan: ['tan', 'this'],
    upper: ['upper', 'this'],
    week_of_year: ['week_of_year', 'this'],
    year: ['year', 'this'],
  },
  aggregates: new Set(
    words(`
      any_value approx_distinct array_agg avg count_if logical_and logical_or max min stddev stddev_pop stddev_samp sum
      var_pop var_samp variance`),
  ),
  functions: new Set(Object.values(FUNCTIONS).flat()),
  functionSynonyms: { every: 'bool_and', pow: 'power' },
  typeSynonyms: { var_char: 'text', char: 'text', text_with_length: 'text', string: 'text' },
  types: new Set(
    words('boolean tiny_int small_int int big_int float double decimal text date time timestamp'),
  ),
  // As the typed API reads lists, maps and rows. A JSON value alone would leave as text that nobody has promised.
  wholeCall(node) {
    const { name, args } = only(node, 'function', ['name', 'args']);
    const [argument, ...others] = Array.isArray(args) ? args : [];
    if (name !== 'json_format' || !isObject(argument) || others.length > 0) return undefined;
    const { this: operand, to } = only(argument, 'cast', ['this', 'to']);
    return isObject(operand) && isObject(to) && only({ to }, 'to', ['data_type']).data_type === 'json'
      ? operand
      : undefined;
  },
  shapes: { union: SET_OPERATION, intersect: SET_OPERATION, except: SET_OPERATION },
  // Nulls come last in either direction, and the generator leaves out what says so.
  normalise(node) {
    if (isObject(node.this) && node.nulls_first === false) node.nulls_first = null;
  },
  literalText: /^[^\\]*$/,
};
