import { dayInZone } from '../../../schema/day-in-zone.js';
import type { AskDomain, Profile } from '../../knowledge/domain.js';
import { tokenize } from '../../knowledge/text/tokenize.js';
import { subjectOf } from '../conversation/subject-of.js';
import type { Asker, PlanRequest } from '../planner.js';
import { describeTable } from './describe-table.js';
import { dialectHint } from './dialect-hints.js';
import { oneLine, shorten } from './one-line.js';
import { rankTables } from './rank-tables.js';

/** What the tables may take of the prompt, in characters: some 3,000 tokens, whatever the catalog's size. */
const DATA_BUDGET = 11_000;
const NOTHING_KNOWN: Profile = { tableFacts: () => undefined, columnFacts: () => undefined };
const DESCRIPTION_LENGTH = 400;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const GLOSSARY_LINES = 20;
const GLOSSARY_LENGTH = 1_600;

/** The candidates of a question as the prompt shows them: the best tables first, as many as there is room for. */
export function describeData(request: PlanRequest, asker: Asker): string {
  const { candidates, asOf, timeZone } = request;
  const tokens = tokenize(subjectOf(request.question, request.earlier));
  const said = {
    words: new Set(tokens.map((token) => token.lower)),
    stems: new Set(tokens.map((token) => token.stem)),
  };
  const sections = new Map<AskDomain, string[]>();
  let room = DATA_BUDGET;
  for (const { domain, table } of rankTables(candidates)) {
    const profile =
      asker.valuesForModel(domain.name) === 'shown' ? candidates.knowledge.profile : NOTHING_KNOWN;
    const lines = describeTable(table, profile, said, domain.restriction?.masked.get(table.name));
    const head = sections.has(domain) ? '' : describeDomain(domain, said.words);
    room -= head.length + lines.length;
    if (room < 0 && sections.size > 0) break;
    const section = sections.get(domain) ?? [head];
    section.push(lines);
    sections.set(domain, section);
  }
  const today = dayInZone(asOf, timeZone);
  const weekday = WEEKDAYS[new Date(`${today}T00:00:00Z`).getUTCDay()];
  return [
    `Today is ${today} (${timeZone}), a ${weekday}. At most ${request.maxRows} rows of a result are read.`,
    ...[...sections.values()].map((lines) => lines.join('\n')),
  ].join('\n\n');
}

function describeDomain(domain: AskDomain, words: ReadonlySet<string>): string {
  const way =
    domain.dialect === undefined
      ? 'It is asked in GraphQL only.'
      : `It is asked in SQL; dialect: ${domain.dialect.name}. ${dialectHint(domain.dialect.name)}`.trim();
  const terms = termsOf(domain, words);
  const glossary = terms === '' ? '' : `\nTerms of the business: ${terms}.`;
  return `Domain ${domain.name}: ${shorten(domain.description, DESCRIPTION_LENGTH)} ${way}${glossary}`;
}

/** The terms that the question says first, then others, so that a long glossary shows what is needed of it. */
function termsOf({ glossary }: AskDomain, words: ReadonlySet<string>): string {
  const isSaid = (term: string) =>
    term
      .toLowerCase()
      .split(/\s+/)
      .some((word) => words.has(word));
  const terms = Object.entries(glossary);
  const shown = [...terms.filter(([term]) => isSaid(term)), ...terms.filter(([term]) => !isSaid(term))]
    .slice(0, GLOSSARY_LINES)
    .map(([term, target]) => `${oneLine(term)} = ${[target].flat().map(oneLine).join(' or ')}`);
  return shorten(shown.join('; '), GLOSSARY_LENGTH);
}
