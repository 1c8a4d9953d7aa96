import type { GuardEngine } from './engine.js';
import { words } from './words.js';

/**
 * Left out on purpose: what reads files, settings, the catalog or the environment; what a small query can make huge
 * (repeat, lpad, format, range, …); chance (random, uuid); and every function that DuckDB knows but is not listed.
 */
const FUNCTIONS = {
  aggregates: words(`
    any_value approx_count_distinct approx_quantile arg_max arg_min argmax argmin array_agg avg bit_and bit_or bit_xor
    bool_and bool_or corr count count_if countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean
    histogram kurtosis kurtosis_pop last list mad max max_by mean median min min_by mode
    percentile_cont percentile_disc product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count
    regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy sem skewness stddev stddev_pop stddev_samp string_agg
    sum var_pop var_samp variance`),
  grouping: ['rollup', 'cube', 'grouping sets', ...words('grouping grouping_id')],
  window: words(`
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`),
  conditional: words('coalesce greatest if ifnull least nullif'),
  math: words(`
    abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees divide even exp fdiv floor fmod gcd
    greatest_common_divisor isfinite isinf isnan lcm ln log log10 log2 mod pi pow power radians round round_even sign
    sin sqrt tan trunc xor`),
  text: words(`
    ascii bit_length chr concat concat_ws contains damerau_levenshtein editdist3 ends_with hamming instr jaccard
    jaro_similarity jaro_winkler_similarity lcase left len length levenshtein lower ltrim mismatches nfc_normalize ord
    position prefix regexp_extract regexp_full_match regexp_matches regexp_replace replace reverse right rtrim
    split_part starts_with strip_accents strlen strpos substr substring suffix translate trim ucase unicode upper`),
  date: words(`
    age century current_date current_timestamp date_add date_diff date_part date_sub date_trunc datediff datepart
    datesub datetrunc day dayname dayofmonth dayofweek dayofyear decade epoch epoch_ms era hour isodow isoyear last_day
    make_date make_timestamp microsecond millennium millisecond minute month monthname now quarter second strftime
    strptime time_bucket to_days to_hours to_minutes to_months to_seconds to_timestamp to_weeks to_years today
    try_strptime week weekday weekofyear year yearweek`),
};

export const engine: GuardEngine = {
  parserDialect: 'duckdb',
  calls: {
    abs: ['abs', 'this'],
    acos: ['acos', 'this'],
    asin: ['asin', 'this'],
    atan: ['atan', 'this'],
    atan2: ['atan2', 'this', 'expression'],
    ceil: ['ceil', 'this'],
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
    ends_with: ['ends_with', 'this', 'expression'],
    epoch: ['epoch', 'this'],
    epoch_ms: ['epoch_ms', 'this'],
    exp: ['exp', 'this'],
    floor: ['floor', 'this'],
    hour: ['hour', 'this'],
    if_func: ['if', 'condition', 'true_value', 'false_value'],
    last_day: ['last_day', 'this'],
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
    power: ['pow', 'this', 'expression'],
    quarter: ['quarter', 'this'],
    radians: ['radians', 'this'],
    rank: ['rank', 'args'],
    regexp_like: ['regexp_full_match', 'this', 'pattern'],
    row_number: ['row_number'],
    second: ['second', 'this'],
    sin: ['sin', 'this'],
    sqrt: ['sqrt', 'this'],
    starts_with: ['starts_with', 'this', 'expression'],
    str_position: ['strpos', 'this', 'substr'],
    tan: ['tan', 'this'],
    upper: ['upper', 'this'],
    week_of_year: ['weekofyear', 'this'],
    year: ['year', 'this'],
  },
  aggregates: new Set(
    words(`
      any_value approx_count_distinct array_agg avg bitwise_and_agg bitwise_or_agg bitwise_xor_agg count_if first last
      logical_and logical_or max median min mode stddev stddev_pop stddev_samp sum var_pop var_samp variance`),
  ),
  functions: new Set(Object.values(FUNCTIONS).flat()),
  functionSynonyms: {
    countif: 'count_if',
    argmin: 'arg_min',
    argmax: 'arg_max',
    min_by: 'arg_min',
    max_by: 'arg_max',
  },
  typeSynonyms: { var_char: 'text', char: 'text', text_with_length: 'text' },
  types: new Set(
    words(`
      boolean tiny_int small_int int big_int int128 float double decimal text date time timestamp`),
  ),
};
