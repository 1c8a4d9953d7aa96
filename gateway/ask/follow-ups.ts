import { AskgraphError } from '../../schema/errors.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { retrieve } from '../knowledge/retrieve/retrieve.js';
import type { Asker, Plan, Planner, PlanRequest } from '../planner/planner.js';
import { normalQuestion } from '../planner/plans/normal-question.js';

export interface FollowUpOptions {
  /** With the verified queries most like it. */
  readonly request: PlanRequest;
  /** What was asked, whole. */
  readonly question: string;
  readonly plan: Plan;
  readonly planner: Planner;
  /** Without a way to a model: a suggestion is worth no call. */
  readonly asker: Asker;
}

const MOST = 3;
/** Readings that suggestions may cost. */
const MOST_READ = 4;
const YEAR = /\b(19|20)\d{2}\b/g;

/**
 * Questions that could come next, each of which can be answered: verified ones like it; the same for another year of the
 * data; what else the domain is asked.
 */
export async function followUps(options: FollowUpOptions): Promise<string[]> {
  const { request, question, plan } = options;
  const { knowledge } = request.candidates;
  const asked = request.earlier?.map((turn) => turn.question) ?? [];
  const own = new Set([question, request.question, ...asked].map(normalQuestion));
  const found = (request.verified ?? [])
    .map((verified) => verified.question)
    .filter((text) => isNew(text, own))
    .slice(0, MOST);
  let readings = 0;
  const suggestions = [
    ...otherYears(question, plan, knowledge).map((text) => ({ text, read: canBeRead })),
    ...examplesFor(plan, knowledge).map((text) => ({ text, read: isReadExample })),
  ];
  for (const { text, read } of suggestions.filter((suggestion) => isNew(suggestion.text, own))) {
    if (found.length === MOST || readings === MOST_READ) break;
    readings += 1;
    if (await read(text, options)) found.push(text);
  }
  return found;
}

/** Whether a question has not been seen; now it has. */
function isNew(question: string, seen: Set<string>): boolean {
  const key = normalQuestion(question);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** The question with its one year replaced by the one before, or after, as far as the data reaches. */
function otherYears(question: string, plan: Plan, { profile }: Knowledge): string[] {
  const years = question.match(YEAR) ?? [];
  const [said] = years;
  if (said === undefined || years.length > 1) return [];
  const ranges = plan.sources.flatMap(({ domain, table, timeColumn }) =>
    timeColumn === undefined ? [] : (profile.columnFacts(domain, table, timeColumn)?.range ?? []),
  );
  return [Number(said) - 1, Number(said) + 1]
    .map(String)
    .filter((year) => ranges.some(({ from, to }) => from.slice(0, 4) <= year && year <= to.slice(0, 4)))
    .slice(0, 1)
    .map((year) => question.replace(YEAR, year));
}

/** What the plan's first domain says that it can be asked. */
function examplesFor({ steps: [{ domain }] }: Plan, { domains }: Knowledge): readonly string[] {
  return domains.find(({ name }) => name === domain)?.examples ?? [];
}

const READ_EXAMPLES = new WeakMap<Knowledge, Map<string, Promise<boolean>>>();

/** As `canBeRead`, found out once for all who know the same. */
function isReadExample(question: string, options: FollowUpOptions): Promise<boolean> {
  const { knowledge } = options.request.candidates;
  const known = READ_EXAMPLES.get(knowledge) ?? new Map<string, Promise<boolean>>();
  READ_EXAMPLES.set(knowledge, known);
  const read = known.get(question) ?? canBeRead(question, options);
  known.set(question, read);
  read.catch(() => known.delete(question));
  return read;
}

/** Whether the planner reads it. A model reads what people wrote, and is not asked to prove it. */
async function canBeRead(
  question: string,
  { request, plan, planner, asker }: FollowUpOptions,
): Promise<boolean> {
  const { earlier: _, verified: __, meaning: ___, ...rest } = request;
  const only = plan.steps.map(({ domain }) => domain);
  const candidates = retrieve(question, request.candidates.knowledge, only);
  try {
    return (await planner.plan({ ...rest, question, candidates }, asker)).kind === 'plan';
  } catch (error) {
    if (error instanceof AskgraphError) return error.code === 'MODEL_UNAVAILABLE';
    throw error;
  }
}
