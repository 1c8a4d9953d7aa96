import { become, type Fields, fieldsOf, kindOf, makeCall, makeNumber, type Node, nodesIn } from '../tree.js';
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
 * Left out on purpose, as for PostgreSQL: what reads settings or the catalog, what runs on the leader node only, what
 * waits or changes state, what a small query can make huge, chance, and user-defined functions (all are unknown here).
 */
const FUNCTIONS = {
  aggregates: words(`
    any_value approximate_count avg bit_and bit_or bool_and bool_or count listagg max median min percentile_cont
    percentile_disc stddev stddev_pop stddev_samp sum var_pop var_samp variance`),
  window: words(`
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank ratio_to_report row_number`),
  conditional: words('coalesce decode greatest least nullif nvl nvl2'),
  math: words(`
    abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees exp floor ln log mod pi power radians round sign sin sqrt
    tan trunc`),
  text: words(`
    ascii btrim char_length charindex chr concat initcap left len length lower ltrim octet_length position
    regexp_count regexp_instr regexp_replace regexp_substr replace reverse right rtrim split_part strpos substring
    translate trim upper`),
  date: words(`
    add_months current_date date_part date_trunc dateadd datediff extract getdate last_day months_between next_day
    sysdate to_char to_date to_number to_timestamp trunc`),
};

const UNITS = words('YEAR QUARTER MONTH WEEK DAY DAYOFWEEK DOW DAYOFYEAR DOY HOUR MINUTE SECOND');

export const engine: GuardEngine = {
  parserDialect: 'redshift',
  calls: { ...POSTGRES_CALLS, nvl: ['nvl', 'this', 'expression'], last_day: ['last_day', 'this'] },
  aggregates: new Set(
    words(`
      any_value avg bitwise_and_agg bitwise_or_agg logical_and logical_or max median min stddev stddev_pop
      stddev_samp sum var_pop var_samp variance`),
  ),
  functions: new Set(Object.values(FUNCTIONS).flat()),
  functionSynonyms: { ceiling: 'ceil', char_length: 'length', len: 'length' },
  typeSynonyms: {},
  types: new Set(
    words('boolean small_int int big_int float double decimal text var_char char date time timestamp'),
  ),
  shapes: {
    ...POSTGRES_SHAPES,
    ...selectWithJoins(POSTGRES_JOINS),
    list_agg: { this: 'expression', separator: 'expression', distinct: 'boolean' },
    string_agg: {},
    try_cast: {},
    var: { this: { words: UNITS } },
  },
  normalise(node) {
    normalisePostgres(node);
    const fields = fieldsOf(node);
    if (kindOf(node) === 'literal') spellQuotes(node, fields);
    if (kindOf(node) === 'var') raise(fields, 'this');
    // The generator writes the period in capitals.
    const [period] = kindOf(node) === 'function' && isTruncation(fields) ? nodesIn(fields, 'args') : [];
    if (period !== undefined && kindOf(period) === 'literal') raise(fieldsOf(period), 'value');
  },
  refusedText: MISREAD_OPERATORS,
  // Whether a backslash escapes is a setting of the cluster's.
  literalText: /^[^\\]*$/,
};

/** The generator writes a quote in a text as `\'`, which ends the text where a backslash is only a backslash. */
function spellQuotes(node: Node, { literal_type: type, value }: Fields): void {
  if (type !== 'string' || !String(value).includes("'")) return;
  const pieces = String(value)
    .split("'")
    .map((piece): Node => ({ literal: { literal_type: 'string', value: piece } }));
  const joined = pieces.reduce((left, right) =>
    concat(concat(left, makeCall('chr', [makeNumber(39)])), right),
  );
  become(node, { paren: { this: joined, trailing_comments: [] } });
}

function concat(left: Node, right: Node): Node {
  return { concat: { left, right } };
}

function isTruncation({ name }: Fields): boolean {
  return String(name).toLowerCase() === 'date_trunc';
}

function raise(fields: Fields, name: string): void {
  if (typeof fields[name] === 'string') fields[name] = fields[name].toUpperCase();
}
