import { fieldName, namespaceField } from '../../../schema/names.js';
import type { AskColumn, AskDomain, AskTable, Profile } from '../../knowledge/domain.js';
import { tokenize } from '../../knowledge/text/tokenize.js';
import type { Asker, PlanRequest } from '../planner.js';
import { rankTables } from './rank-tables.js';

/** What the tables may take of the prompt, in characters: some 4,000 tokens, whatever the catalog's size. */
const DATA_BUDGET = 14_000;
const NOTHING_KNOWN: Profile = { tableFacts: () => undefined, columnFacts: () => undefined };
const COMMENT_LENGTH = 160;
const SAMPLED = 4;
const NAMED = 8;
const GLOSSARY_LINES = 20;

/** The candidates of a question as the prompt shows them: the best tables first, as many as there is room for. */
export function describeData(request: PlanRequest, asker: Asker): string {
  const { question, candidates, asOf, timeZone } = request;
  const words = new Set(tokenize(question).map((token) => token.lower));
  const sections = new Map<AskDomain, string[]>();
  let room = DATA_BUDGET;
  for (const { domain, table } of rankTables(candidates)) {
    const profile =
      asker.valuesForModel(domain.name) === 'shown' ? candidates.knowledge.profile : NOTHING_KNOWN;
    const lines = describeTable(domain, table, profile, words);
    const head = sections.has(domain) ? '' : describeDomain(domain);
    room -= head.length + lines.length;
    if (room < 0 && sections.size > 0) break;
    const section = sections.get(domain) ?? [head];
    section.push(lines);
    sections.set(domain, section);
  }
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(asOf);
  return [
    `Today is ${today} (${timeZone}).`,
    ...[...sections.values()].map((lines) => lines.join('\n')),
  ].join('\n\n');
}

function describeDomain(domain: AskDomain): string {
  const way =
    domain.dialect === undefined
      ? 'It is asked in GraphQL only.'
      : `It is asked in SQL; dialect: ${domain.dialect.name}.`;
  const terms = Object.entries(domain.glossary)
    .slice(0, GLOSSARY_LINES)
    .map(([term, target]) => `${oneLine(term)} = ${[target].flat().map(oneLine).join(' or ')}`);
  const glossary = terms.length === 0 ? '' : `\nTerms of the business: ${terms.join('; ')}.`;
  return `Domain ${domain.name}: ${oneLine(domain.description)} ${way}${glossary}`;
}

function describeTable(
  domain: AskDomain,
  table: AskTable,
  profile: Profile,
  words: ReadonlySet<string>,
): string {
  const rows = profile.tableFacts(domain.name, table.name)?.rows;
  const size = rows === undefined ? '' : `, ${rows} rows`;
  const comment = table.comment === '' ? '' : `: ${shorten(table.comment)}`;
  const head = `Table ${table.name}${size}${comment}`;
  if (table.operation !== undefined)
    return [head, `  field: ${describeOperation(domain, table)}`, ...columns()].join('\n');
  return [head, ...columns()].join('\n');

  function columns(): string[] {
    return table.columns.map((column) => describeColumn(domain, table, column, profile, words));
  }
}

/** As it is written in a query: `product { currentWeather(city: String!) { weather { … } } }`. */
function describeOperation(domain: AskDomain, { operation }: AskTable): string {
  const given = (operation?.arguments ?? []).map((argument) => {
    const choices = argument.choices.map((choice) => choice.name).join(' | ');
    const says = [shorten(argument.comment), choices === '' ? '' : `one of ${choices}`]
      .filter(Boolean)
      .join(', ');
    return `${argument.name}: ${argument.graphqlType}${says === '' ? '' : ` (${says})`}`;
  });
  const open = [
    namespaceField(domain.name),
    `${operation?.field}(${given.join(', ')})`,
    ...(operation?.rowPath ?? []),
  ];
  return `{ ${open.join(' { ')} { columns }${' }'.repeat(open.length)}`;
}

function describeColumn(
  domain: AskDomain,
  table: AskTable,
  column: AskColumn,
  profile: Profile,
  words: ReadonlySet<string>,
): string {
  const facts = profile.columnFacts(domain.name, table.name, column.name);
  const name = column.path === undefined ? column.name : column.path.map(fieldName).join(' { ');
  const notes = [
    table.primaryKey.includes(column.name) ? 'key' : '',
    column.references === undefined ? '' : `→ ${column.references.table}.${column.references.column}`,
    column.unit === undefined ? '' : `in ${oneLine(column.unit)}`,
    shorten(column.comment),
    facts?.range === undefined ? '' : `from ${facts.range.from} to ${facts.range.to}`,
    facts?.values === undefined ? '' : sampledValues(facts.values, words),
  ].filter((note) => note !== '');
  return `  ${name} ${column.columnType}${notes.length === 0 ? '' : ` — ${notes.join('; ')}`}`;
}

/** The values that the question names first, then a few others, so that the form of the rest is seen. */
function sampledValues(values: readonly string[], words: ReadonlySet<string>): string {
  const isNamed = (value: string) =>
    value
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.length > 2 && words.has(word));
  const named = values.filter(isNamed).slice(0, NAMED);
  const others = values.filter((value) => !named.includes(value)).slice(0, SAMPLED);
  const shown = [...named, ...others].map((value) => JSON.stringify(shorten(value)));
  return `${values.length > shown.length ? 'values such as' : 'values'} ${shown.join(', ')}`;
}

function shorten(text: string): string {
  const line = oneLine(text);
  return line.length <= COMMENT_LENGTH ? line : `${line.slice(0, COMMENT_LENGTH - 1)}…`;
}

/** What comes out of a catalog can neither end the fence round it nor begin a line of its own. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/<(?=\s*\/?\s*(data|question)\b)/gi, '‹')
    .trim();
}
