import { fieldName, namespaceField } from '../../../schema/names.js';
import type { AskColumn, AskMetric, AskTable, Operation, Profile } from '../../knowledge/domain.js';
import { isContentWord } from '../../knowledge/text/content-words.js';
import { stem } from '../../knowledge/text/tokenize.js';
import { oneLine, shorten } from './one-line.js';

/** What of a table's columns there is room for, in characters: wider ones show what the question needs. */
const COLUMNS_BUDGET = 4_500;
/** A field's arguments are told without comments where they would take more. */
const ARGUMENTS_BUDGET = 2_000;
const COMMENT_LENGTH = 160;
/** What of a table's declared metrics there is room for, in characters. */
const METRICS_BUDGET = 1_500;
const SAMPLED = 4;
const NAMED = 6;

/** The words of the question: lower case, and stems. */
export interface Said {
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
}

/** `masked`: the columns that the asker does not see as they stand. */
export function describeTable(
  table: AskTable,
  profile: Profile,
  said: Said,
  masked: ReadonlySet<string> | undefined,
): string {
  const rows = profile.tableFacts(table.domain, table.name)?.rows;
  const size = rows === undefined ? '' : `, ${rows} rows`;
  const comment = table.comment === '' ? '' : `: ${shorten(table.comment, COMMENT_LENGTH)}`;
  const head = `Table ${table.name}${size}${comment}`;
  const field =
    table.operation === undefined ? [] : [`  field: ${describeOperation(table.domain, table.operation)}`];
  const columns = describeColumns(table, profile, said, masked);
  return [head, ...field, ...columns, ...describeMetrics(table, said)].join('\n');
}

/** Figures that the domain has declared, those that the question says first. */
function describeMetrics({ metrics }: AskTable, { stems }: Said): string[] {
  const isSaid = ({ label, synonyms }: AskMetric) =>
    [label, ...synonyms].some((name) =>
      name.split(/\s+/).every((word) => stems.has(stem(word.toLowerCase()))),
    );
  let room = METRICS_BUDGET;
  return [...metrics.filter(isSaid), ...metrics.filter((metric) => !isSaid(metric))]
    .map(({ name, label, synonyms, unit, formula, description }) => {
      const names = [label, ...synonyms].map((text) => `"${oneLine(text)}"`).join(', ');
      const told = unit === undefined ? '' : `, in ${oneLine(unit)}`;
      return `  metric ${name} (${names}${told}) = ${oneLine(formula)} — ${shorten(description, COMMENT_LENGTH)}`;
    })
    .filter((line) => {
      room -= line.length;
      return room >= 0;
    });
}

/** All columns; of a table too wide for that, those that the question says and the keys before the others. */
function describeColumns(
  table: AskTable,
  profile: Profile,
  said: Said,
  masked: ReadonlySet<string> | undefined,
): string[] {
  const lines = table.columns.map((column) =>
    describeColumn(
      table,
      column,
      profile,
      said.words,
      masked?.has(column.name) ? ['masked for the asker'] : [],
    ),
  );
  if (lengthOf(lines) <= COLUMNS_BUDGET) return lines;
  const order = table.columns
    .map((column, index) => ({ index, weight: weightOf(table, column, said.stems) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  const shown = new Set<number>();
  let room = COLUMNS_BUDGET;
  for (const { index } of order) {
    room -= lines[index]!.length + 1;
    if (room < 0) break;
    shown.add(index);
  }
  return [
    ...lines.filter((_, index) => shown.has(index)),
    `  … and ${lines.length - shown.size} more columns`,
  ];
}

function weightOf(table: AskTable, column: AskColumn, stems: ReadonlySet<string>): number {
  const words = column.label.split(' ');
  const share = words.filter((word) => stems.has(stem(word))).length / words.length;
  const isKey = table.primaryKey.includes(column.name) || column.references !== undefined;
  return share + (isKey ? 0.5 : 0);
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** As it is written in a query: `product { currentWeather(city: String!) { weather { … } } }`. */
function describeOperation(domain: string, { field, arguments: all, rowPath }: Operation): string {
  const types = all.map(({ name, graphqlType }) => `${name}: ${graphqlType}`);
  const notes = all.map(({ comment, choices }) => {
    const names = choices.map((choice) => choice.name).join(' | ');
    return [shorten(comment, COMMENT_LENGTH), names === '' ? '' : `one of ${names}`]
      .filter(Boolean)
      .join(', ');
  });
  const told = types.map((type, index) => (notes[index] === '' ? type : `${type} (${notes[index]})`));
  const given = (lengthOf(told) <= ARGUMENTS_BUDGET ? told : types).join(', ');
  const open = [namespaceField(domain), `${field}(${given})`, ...rowPath];
  return `{ ${open.join(' { ')} { columns }${' }'.repeat(open.length)}`;
}

function describeColumn(
  table: AskTable,
  column: AskColumn,
  profile: Profile,
  words: ReadonlySet<string>,
  remarks: readonly string[],
): string {
  const facts = profile.columnFacts(table.domain, table.name, column.name);
  const name = column.path === undefined ? column.name : column.path.map(fieldName).join(' { ');
  const notes = [
    table.primaryKey.includes(column.name) ? 'key' : '',
    column.references === undefined ? '' : `→ ${column.references.table}.${column.references.column}`,
    column.unit === undefined ? '' : `in ${oneLine(column.unit)}`,
    ...remarks,
    // What follows is set off by a semicolon.
    shorten(column.comment, COMMENT_LENGTH).replace(/\.$/, ''),
    facts?.range === undefined ? '' : `from ${facts.range.from} to ${facts.range.to}`,
    facts?.values === undefined ? '' : sampledValues(facts.values, words),
  ].filter((note) => note !== '');
  return `  ${name} ${column.columnType}${notes.length === 0 ? '' : ` — ${notes.join('; ')}`}`;
}

/**
 * The values that the question names first, those of which it says the most words before others, then a few more, so
 * that the form of the rest is seen.
 */
function sampledValues(values: readonly string[], words: ReadonlySet<string>): string {
  const named = values
    .map((value) => ({ value, share: shareSaid(value, words) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, NAMED)
    .map(({ value }) => value);
  const others = values.filter((value) => !named.includes(value)).slice(0, SAMPLED);
  const shown = [...named, ...others].map((value) => JSON.stringify(shorten(value, COMMENT_LENGTH)));
  return `${values.length > shown.length ? 'values such as' : 'values'} ${shown.join(', ')}`;
}

/** How much of a value the question says, from 0 to 1; words that say nothing by themselves do not count. */
function shareSaid(value: string, words: ReadonlySet<string>): number {
  const own = value
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && isContentWord(word));
  return own.filter((word) => words.has(word)).length / Math.max(1, own.length);
}
