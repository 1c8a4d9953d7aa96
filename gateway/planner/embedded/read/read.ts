import type { AskDomain, AskTable } from '../../../knowledge/domain.js';
import type { Knowledge } from '../../../knowledge/knowledge.js';
import type { Candidates } from '../../../knowledge/retrieve/retrieve.js';
import { isContentWord } from '../../../knowledge/text/content-words.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Meaning, Mention } from '../meaning.js';
import { recogniseArguments, recogniseElements } from '../recognise/recognise-elements.js';
import { recogniseOperators } from '../recognise/recognise-operators.js';
import { recognisePeriods } from '../recognise/recognise-periods.js';
import { compose, type Reading } from './compose.js';
import { makeScope, type Scope } from './scope.js';
import { type Segmentation, segment } from './segment.js';

/** Domains looked into: the right one is nearly always among the first few, and each costs a few milliseconds. */
const DOMAINS = 5;
/** A word that no mention holds but that the comment of what was chosen speaks of. */
const SUPPORTED = 0.45;
/** What a root table that the question does not name at all costs. */
const UNNAMED_ROOT = 0.6;
/** What a root table costs whose name the question says less well than another's, by the same words. */
const WORSE_NAMED_ROOT = 0.15;

/** Every way to understand the question that was found, best first; readings of one query count once. */
export function read(tokens: readonly Token[], candidates: Candidates, day: string): Reading[] {
  const common = [...recogniseOperators(tokens), ...recognisePeriods(tokens, day)];
  const best = new Map<string, Reading>();
  for (const { domain } of candidates.domains.slice(0, DOMAINS)) {
    const elements = recogniseElements(tokens, domain.name, candidates.knowledge.lexicon);
    for (const reading of domainReadings(
      tokens,
      domain,
      [...common, ...elements],
      candidates.knowledge,
      day,
    )) {
      const key = `${domain.name} ${JSON.stringify(reading.query)}`;
      const known = best.get(key);
      if (known === undefined || known.score < reading.score) best.set(key, reading);
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

function domainReadings(
  tokens: readonly Token[],
  domain: AskDomain,
  mentions: readonly Mention[],
  knowledge: Knowledge,
  day: string,
): Reading[] {
  const named = namedTables(mentions);
  return likeliest(
    domain.tables.filter((table) => isWorthTrying(table, named)),
    mentions,
    tokens.length,
  ).flatMap((table) => {
    const scope = makeScope(domain, table, knowledge.profile);
    const reachable = table.operation === undefined ? mentions : [...mentions, ...recogniseArguments(tokens)];
    return segment(tokens, reachable, scope).flatMap((segmentation) => {
      const supported = withSupport(segmentation, scope, knowledge);
      const reading = compose(scope, tokens, supported, day);
      return reading === undefined
        ? []
        : [{ ...reading, score: reading.score - rootCost(table, segmentation, mentions) }];
    });
  });
}

/** Tables that are tried as what a question is about: the best named, the fewer the longer the question is. */
const TABLES = 24;
const TABLES_BY_TOKENS = 600;

function likeliest(
  tables: readonly AskTable[],
  mentions: readonly Mention[],
  tokens: number,
): readonly AskTable[] {
  const most = Math.max(6, Math.min(TABLES, Math.floor(TABLES_BY_TOKENS / Math.max(1, tokens))));
  if (tables.length <= most) return tables;
  const scores = new Map<AskTable, number>();
  for (const { meaning, score } of mentions) {
    if ('table' in meaning) scores.set(meaning.table, Math.max(scores.get(meaning.table) ?? 0, score));
  }
  return tables.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0)).slice(0, most);
}

/** A foreign key names the table that it points to, not the one that it stands in. */
function names(meaning: Meaning, table: AskTable): boolean {
  if (!('table' in meaning) || meaning.table !== table) return false;
  return meaning.kind !== 'column' || meaning.column.references === undefined;
}

/** "Employee" names the employees before the employees of departments. */
function rootCost(table: AskTable, segmentation: Segmentation, all: readonly Mention[]): number {
  const naming = segmentation.mentions.filter(({ meaning }) => names(meaning, table));
  if (naming.length === 0) return UNNAMED_ROOT;
  const isBetterNamed = naming.every(
    ({ start, end, meaning, score }) =>
      meaning.kind === 'table' &&
      all.some(
        (other) =>
          other.meaning.kind === 'table' && other.start === start && other.end === end && other.score > score,
      ),
  );
  return isBetterNamed ? WORSE_NAMED_ROOT : 0;
}

function namedTables(mentions: readonly Mention[]): Set<AskTable> {
  return new Set(mentions.flatMap(({ meaning }) => ('table' in meaning ? [meaning.table] : [])));
}

/** A table that is not named may still be what leads to one that is. */
function isWorthTrying(table: AskTable, named: ReadonlySet<AskTable>): boolean {
  if (named.has(table)) return true;
  const targets = new Set(
    table.relations.filter((relation) => relation.kind === 'toOne').map((relation) => relation.toTable),
  );
  return [...named].some((other) => targets.has(other.name));
}

/** Leftover words that the domain's description or the comments of what was chosen speak of are accounted for. */
function withSupport(segmentation: Segmentation, scope: Scope, knowledge: Knowledge): Segmentation {
  const chosen = new Set<unknown>(
    segmentation.mentions.map(({ meaning }) => ('column' in meaning ? meaning.column : meaning)),
  );
  const tables = new Set([
    scope.root,
    ...segmentation.mentions.flatMap(({ meaning }) => ('table' in meaning ? [meaning.table] : [])),
  ]);
  const entriesOf = (token: Token) => knowledge.lexicon.lookUp(scope.domain.name, token.stem);
  // A word of the name of something else must be read as that, not as a word that goes along.
  const namesOther = (token: Token) =>
    entriesOf(token).some(
      ({ element, name }) =>
        name.includes(token.stem) &&
        !('column' in element ? chosen.has(element.column) : chosen.has(element)) &&
        (element.kind !== 'table' || name.length === 1),
    );
  // What the comment of what was chosen says first belongs to it: "number of tickets sold".
  const isTitle = (token: Token) =>
    entriesOf(token).some(
      ({ element, title }) =>
        element.kind === 'column' && chosen.has(element.column) && title.has(token.stem),
    );
  const isSupported = (token: Token) =>
    isTitle(token) ||
    (!namesOther(token) &&
      (knowledge.lexicon.describes(scope.domain.name, token.stem) ||
        entriesOf(token).some(({ element }) =>
          element.kind === 'column'
            ? chosen.has(element.column)
            : chosen.has(element) || (element.kind === 'table' && tables.has(element.table)),
        )));
  const skipped = segmentation.skipped.filter((token) => !isSupported(token));
  return {
    ...segmentation,
    skipped,
    score: segmentation.score + SUPPORTED * (segmentation.skipped.length - skipped.length),
  };
}

/** The words by which a question is measured. */
export function contentWords(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => token.kind !== 'mark' && isContentWord(token.lower));
}
