import type { GuardEngine } from './engine.js';
import { POSTGRES_CALLS } from './postgres-calls.js';
import {
  MISREAD_OPERATORS,
  normalisePostgres,
  POSTGRES_JOINS,
  POSTGRES_SHAPES,
  selectWithJoins,
} from './postgres-forms.js';
import { words } from './words.js';

/**
 * Left out on purpose: what reads files, settings, the catalog or other sessions (pg_*, current_setting, lo_*, dblink,
 * query_to_xml …), what waits (pg_sleep), what changes state (set_config, nextval, advisory locks), what a small query
 * can make huge (repeat, lpad, generate_series, format …), and chance (random).
 */
const FUNCTIONS = {
  aggregates: words(`
    array_agg avg bit_and bit_or bool_and bool_or corr count covar_pop covar_samp every max min mode percentile_cont
    percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev
    stddev_pop stddev_samp string_agg sum var_pop var_samp variance`),
  grouping: ['rollup', 'cube', 'grouping sets', 'grouping'],
  window: words(`
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`),
  conditional: words('coalesce greatest least nullif'),
  math: words(`
    abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees div exp floor gcd lcm ln log log10 mod pi power radians
    round sign sin sqrt tan trunc width_bucket`),
  text: words(`
    ascii btrim char_length character_length chr concat concat_ws initcap left length lower ltrim md5 octet_length
    position regexp_replace replace reverse right rtrim split_part starts_with strpos substr substring translate trim
    upper`),
  date: words(`
    age current_date current_timestamp date_part date_trunc extract justify_days justify_hours justify_interval
    localtimestamp make_date make_interval make_timestamp now to_char to_date to_number to_timestamp`),
};

export const engine: GuardEngine = {
  parserDialect: 'postgresql',
  calls: POSTGRES_CALLS,
  aggregates: new Set(
    words(`
      array_agg avg bitwise_and_agg bitwise_or_agg logical_and logical_or max min mode stddev stddev_pop stddev_samp sum
      var_pop var_samp variance`),
  ),
  functions: new Set(Object.values(FUNCTIONS).flat()),
  functionSynonyms: { every: 'bool_and', ceiling: 'ceil', char_length: 'length', character_length: 'length' },
  typeSynonyms: {},
  types: new Set(
    words(`
      boolean small_int int big_int float double decimal text var_char char date time timestamp interval`),
  ),
  shapes: {
    ...POSTGRES_SHAPES,
    ...selectWithJoins(POSTGRES_JOINS, ['qualify']),
    regexp_like: { this: 'expression', pattern: 'expression' },
    regexp_i_like: { this: 'expression', expression: 'expression' },
    subscript: { this: 'expression', index: 'expression' },
    try_cast: {},
  },
  normalise: normalisePostgres,
  refusedText: MISREAD_OPERATORS,
};
