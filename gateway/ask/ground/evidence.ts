import type { Cell } from '../../../subgraphs/sql/statement.js';
import type { Plan } from '../../planner/planner.js';
import type { ShownTable } from '../answer-text.js';
import { formatCell } from '../format.js';
import { type Conditions, conditionsOf } from './conditions.js';
import { type Decimal, readDecimal } from './decimal.js';
import { type Moment, momentsIn, readIsoMoment } from './moments.js';
import { wordsOf } from './words.js';

type Column = ShownTable['columns'][number];

/** What a text about a result may rest on. */
export interface Evidence {
  /** The step whose rows these are. */
  readonly step: string;
  readonly cells: readonly KnownCell[];
  /** How many rows there are; undefined where that is not known. */
  readonly rows: number | undefined;
  /** Whether its rows are told apart by names, so that counting them says something. */
  readonly lists: 'names' | 'figures';
  /** What the plan itself compares with, such as the year of its filter. */
  readonly conditions: Conditions;
  /** By which the data, its columns and its units are known, in lower case. */
  readonly vocabulary: ReadonlySet<string>;
  /** Words that may begin a sentence with a capital letter: what was asked, where it is written in small ones. */
  readonly openers: ReadonlySet<string>;
}

/** A cell with all that can be said of it. */
export interface KnownCell {
  readonly row: number;
  readonly column: Column;
  /** As a person writes it. */
  readonly written: string;
  readonly number: Decimal | undefined;
  readonly moment: Moment | undefined;
  /** Whether the moment is a part of one, which other cells of the row complete: a column of years. */
  readonly isPartial: boolean;
  /** Of text, in lower case. */
  readonly words: ReadonlySet<string>;
}

/** No text is held against more rows than these. */
const MOST_ROWS = 1_000;

/** The question itself is none: what it supposes is what the text may have to deny. */
export function makeEvidence(table: ShownTable, step: string, plan: Plan): Evidence {
  const cells = table.rows
    .slice(0, MOST_ROWS)
    .flatMap((row, index) =>
      row.flatMap((value, position) =>
        value === null ? [] : [knownCell(value, index, table.columns[position]!)],
      ),
    );
  const labels = table.columns.flatMap(({ name, label, unit }) => [name, label, unit ?? '']);
  const sources = plan.sources.flatMap(({ domain, table: name, columns }) => [domain, name, ...columns]);
  return {
    step,
    cells,
    rows: table.truncated ? undefined : table.rows.length,
    lists: table.columns.some(({ type }) => type === 'STRING') ? 'names' : 'figures',
    conditions: conditionsOf(plan),
    vocabulary: new Set([...labels, ...sources].flatMap(wordsOf)),
    openers: new Set(
      plan.restatement
        .split(/\s+/)
        .filter((word) => word === word.toLowerCase())
        .flatMap(wordsOf),
    ),
  };
}

function knownCell(value: Exclude<Cell, null>, row: number, column: Column): KnownCell {
  const text = String(value);
  const isText = column.type === 'STRING' || column.type === 'JSON';
  const number = column.type === 'BOOLEAN' ? undefined : readDecimal(text);
  const whole =
    column.type === 'DATE' || column.type === 'DATETIME' || isText ? readIsoMoment(text) : undefined;
  const partial = whole === undefined ? partialMoment(text, number, column) : undefined;
  return {
    row,
    column,
    written: formatCell(value, column),
    number,
    moment: whole ?? partial,
    isPartial: partial !== undefined,
    words: new Set(isText ? wordsOf(text) : []),
  };
}

/** `2008` in a column of years, `Q2`, `JAN`, `2008-05`. */
function partialMoment(
  text: string,
  number: Decimal | undefined,
  { name, label, type }: Column,
): Moment | undefined {
  const called = `${name} ${label}`;
  if (number !== undefined) {
    if (/year/i.test(called)) return { year: Number(text) };
    if (/month/i.test(called)) return { month: Number(text) };
    if (/quarter|qtr/i.test(called)) return { quarter: Number(text) };
    return undefined;
  }
  if (type !== 'STRING') return undefined;
  const spelled = text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  const moment = [text, spelled]
    .flatMap((form) => momentsIn(form))
    .find((one) => one.text.length === text.length);
  return moment?.readings[0];
}
