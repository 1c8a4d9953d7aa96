import type { TableQuery } from '../../../../subgraphs/sql/table-query.js';
import type { AskDomain, AskTable, Profile } from '../../../knowledge/domain.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import { compiles } from '../compiles.js';
import { validityColumns } from '../read/table-facts.js';
import { type Built, build } from './build.js';
import { chunksOf } from './chunk.js';
import { type Graph, makeGraph } from './graph.js';
import { parse } from './parse.js';
import type { Phrase, Request } from './request.js';
import { type Evidence, makeEvidence, tablesOf } from './resolve.js';
import { rememberingLookUps, vocabularyOf } from './vocabulary.js';

/** A question read clause by clause, with what speaks for it. */
export interface ClauseReading {
  readonly domain: AskDomain;
  readonly built: Built;
  /** The table that the question is about. */
  readonly subject: AskTable;
  readonly request: Request;
  readonly evidence: Evidence;
  /** By how much the next best subject was behind. */
  readonly lead: number;
}

const SUBJECTS = 8;
const GRAPHS = new WeakMap<AskDomain, Graph>();

export function readClauses(
  tokens: readonly Token[],
  domain: AskDomain,
  profile: Profile,
  day: string,
): ClauseReading | { fault: string } {
  const vocabulary = rememberingLookUps(vocabularyOf(domain, profile));
  const request = parse(chunksOf(tokens, vocabulary, day), tokens);
  if (request.fault !== undefined) return { fault: request.fault };
  // An answer that leaves a word out answers another question.
  const [lost] = request.unknown;
  if (lost !== undefined) return { fault: `what ${lost.text} is` };
  const graph = GRAPHS.get(domain) ?? makeGraph(domain);
  GRAPHS.set(domain, graph);
  const readings = subjectsOf(request)
    .flatMap(({ table, quality }) => {
      const evidence = makeEvidence();
      evidence.score = quality;
      const mentioned = new Set([table, ...mentionedTables(request)]);
      const attempt = { domain, profile, graph, request, subject: table, mentioned, evidence, ofGroups: [] };
      const built = build(attempt);
      const keepsHistory =
        built !== undefined &&
        tablesIn(built.query, domain).some((one) => validityColumns({ domain, profile }, one) !== undefined);
      return built === undefined || keepsHistory
        ? []
        : [{ built, table, evidence, score: evidence.score - 0.3 * evidence.hops }];
    })
    .sort((a, b) => b.score - a.score);
  const best = readings.find(({ built }) => compiles(built.query, domain.catalog));
  if (best === undefined) return { fault: 'no way to put it together' };
  const key = JSON.stringify(best.built.query);
  const other = readings.find(({ built }) => JSON.stringify(built.query) !== key);
  return {
    domain,
    built: best.built,
    subject: best.table,
    request,
    evidence: best.evidence,
    lead: other === undefined ? 1 : Math.min(1, best.score - other.score),
  };
}

/** Every table that a query reads. Those that keep history are asked for a day, which clauses do not say. */
function tablesIn(query: TableQuery, domain: AskDomain): AskTable[] {
  const text = JSON.stringify(query);
  return domain.tables.filter(
    (table) =>
      table.name === query.table ||
      domain.tables.some((from) =>
        from.relations.some(
          (relation) => relation.toTable === table.name && text.includes(`"${relation.name}"`),
        ),
      ),
  );
}

/** What a question may be about: the noun behind "of", else the tables of what is asked for. */
function subjectsOf(request: Request): { table: AskTable; quality: number }[] {
  const { subject } = request;
  if (subject !== undefined && subject.tables.length > 0) return [...subject.tables].slice(0, SUBJECTS);
  const found = new Map<AskTable, number>();
  const add = (phrase: Phrase | undefined, weight: number) => {
    for (const { table, quality } of [...(phrase?.columns ?? []), ...(phrase?.tables ?? [])])
      found.set(table, Math.max(found.get(table) ?? 0, quality * weight));
  };
  for (const term of request.terms) add(term.phrase, 1);
  return [...found]
    .map(([table, quality]) => ({ table, quality }))
    .sort((a, b) => b.quality - a.quality)
    .slice(0, SUBJECTS);
}

function mentionedTables(request: Request): AskTable[] {
  const phrases = [
    request.subject,
    ...request.groups,
    ...request.terms.flatMap((term) => [term.owner, term.phrase]),
    ...request.clauses.map((clause) => (clause.kind === 'table' ? clause.phrase : undefined)),
  ];
  return phrases.flatMap((phrase) => tablesOf(phrase).slice(0, 1));
}
