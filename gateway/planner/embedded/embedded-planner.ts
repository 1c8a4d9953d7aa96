import { createHash } from 'node:crypto';
import { assertNever } from '../../../schema/errors.js';
import type { AskDomain } from '../../knowledge/domain.js';
import { type Token, tokenize } from '../../knowledge/text/tokenize.js';
import type { Plan, Planner, PlanOutcome, PlanRequest } from '../planner.js';
import { confidenceIn } from './clauses/confidence.js';
import { type Features, featuresOf } from './clauses/features.js';
import { type ClauseReading, readClauses } from './clauses/read-clauses.js';
import { compiles } from './compiles.js';
import type { Reading } from './read/compose.js';
import { contentWords, read } from './read/read.js';
import { today } from './recognise/period.js';
import { makeClausePlan } from './write/make-clause-plan.js';
import { makePlan } from './write/make-plan.js';
import { restate } from './write/restate.js';

/** Below this a reading is not answered. */
const SURE_ENOUGH = 0.62;
/** Readings whose scores are closer than this, in words, are put to the asker. */
const CLOSE = 0.1;
const CHOICES = 3;
/** Below this chance of being right a reading by clauses is not answered. */
const SURE_OF_CLAUSES = 0.76;
/** Domains looked into, and how near to the first one they must be. */
const DOMAINS = 5;
const LIKELY = 0.6;
/** Longer than any question that one query answers. */
const MOST_WORDS = 60;
/** With all the small words in between. */
const MOST_TOKENS = 150;

/** Plans without a language model: from the words of the question and of the catalog alone, always the same way. */
export const embeddedPlanner = {
  name: 'embedded',
  async plan(request: PlanRequest): Promise<PlanOutcome> {
    const tokens = tokenize(request.question);
    if (tokens.length > MOST_TOKENS || contentWords(tokens).length > MOST_WORDS) return TOO_LONG;
    const changes = asksForChange(tokens.map((token) => token.lower));
    if (changes !== undefined)
      return { kind: 'refuse', reason: `Askgraph only reads data: it does not ${changes} anything.` };
    return outcomeOf(understand(tokens, request), request);
  },
} satisfies Planner;

const TOO_LONG: PlanOutcome = {
  kind: 'refuse',
  reason: 'This question is too long to be read as one: ask for one thing at a time, in a sentence or two.',
};
const NOTHING: PlanOutcome = { kind: 'notUnderstood', unplaced: [], understood: undefined };

interface Sure<Way> {
  readonly reading: Way;
  readonly confidence: number;
}

export interface SureClauses extends Sure<ClauseReading> {
  readonly features: Features;
}

/** What came of a question: read clause by clause, read by passes over all its words, or not. */
type Understanding =
  | ({ readonly kind: 'clauses' } & SureClauses)
  | { readonly kind: 'passes'; readonly readings: readonly Sure<Reading>[] }
  | {
      readonly kind: 'nothing';
      readonly nearest: Sure<Reading> | undefined;
      /** Of the reading by clauses that was not sure enough. */
      readonly features: Features | undefined;
      readonly words: readonly Token[];
    };

export function understand(tokens: readonly Token[], request: PlanRequest): Understanding {
  const day = today(request.asOf, request.timeZone);
  const words = contentWords(tokens);
  const { domains } = request.candidates;
  // Where no catalog says anything of its columns, only clauses are read, which is quick.
  if (!domains.slice(0, DOMAINS).some(({ domain }) => isDescribed(domain)))
    return understandClauses(tokens, request, day);
  const readings = readPasses(tokens, request.candidates, day);
  const [best] = readings;
  if (best === undefined || !isSure(best) || !isDescribed(best.reading.scope.domain)) {
    const clauses = readDomains(
      tokens,
      request.candidates,
      day,
      best !== undefined && isSure(best) ? best.reading : undefined,
    );
    if (clauses !== undefined && clauses.confidence >= SURE_OF_CLAUSES)
      return { kind: 'clauses', ...clauses };
    return { kind: 'nothing', nearest: best, features: clauses?.features, words };
  }
  const close = readings.filter(
    ({ reading }) => reading.unplaced.length === 0 && best.reading.score - reading.score < CLOSE,
  );
  return { kind: 'passes', readings: close };
}

/** Reads clauses, and passes beside them only where it matters whether both come to the same. */
function understandClauses(tokens: readonly Token[], request: PlanRequest, day: string): Understanding {
  const words = contentWords(tokens);
  const alone = readDomains(tokens, request.candidates, day, undefined);
  const nothing = { kind: 'nothing', nearest: undefined, features: alone?.features, words } as const;
  if (alone === undefined || confidenceIn({ ...alone.features, agrees: 1 }) < SURE_OF_CLAUSES) return nothing;
  if (confidenceIn({ ...alone.features, disagrees: 1 }) >= SURE_OF_CLAUSES)
    return { kind: 'clauses', ...alone };
  const own = request.candidates.domains.filter(({ domain }) => domain === alone.reading.domain);
  const [best] = readPasses(tokens, { ...request.candidates, domains: own }, day);
  const other = best !== undefined && isSure(best) ? best.reading.query : undefined;
  const features = featuresOf(alone.reading, tokens, other);
  const confidence = confidenceIn(features);
  return confidence >= SURE_OF_CLAUSES
    ? { kind: 'clauses', reading: alone.reading, features, confidence }
    : { ...nothing, features };
}

/** The likeliest domain's reading by clauses, however sure, with its features: what the confidence is fitted to. */
export function readBothWays(request: PlanRequest): SureClauses | undefined {
  const tokens = tokenize(request.question);
  const day = today(request.asOf, request.timeZone);
  const [best] = readPasses(tokens, request.candidates, day);
  return readDomains(
    tokens,
    request.candidates,
    day,
    best !== undefined && isSure(best) ? best.reading : undefined,
  );
}

/** Every reading by passes, best first. */
function readPasses(
  tokens: readonly Token[],
  candidates: PlanRequest['candidates'],
  day: string,
): Sure<Reading>[] {
  const words = contentWords(tokens).length;
  return read(tokens, candidates, day)
    .filter(isSound)
    .map((reading) => ({ reading, confidence: confidenceOf(reading, words) }));
}

function isSure({ reading, confidence }: Sure<Reading>): boolean {
  return confidence >= SURE_ENOUGH && reading.unplaced.length === 0;
}

/**
 * Passes weigh words by what comments and glossary say of them. Where a catalog says nothing they guess: over such
 * databases fewer than half of what only they read was right.
 */
function isDescribed(domain: AskDomain): boolean {
  if (domain.tables.some((table) => table.operation !== undefined)) return true;
  const columns = domain.tables.flatMap((table) => table.columns);
  return columns.length > 0 && columns.filter(({ comment }) => comment !== '').length >= columns.length / 2;
}

/** The surest reading by clauses among the domains that the question is most likely about. */
function readDomains(
  tokens: readonly Token[],
  { domains, knowledge }: PlanRequest['candidates'],
  day: string,
  other: Reading | undefined,
): SureClauses | undefined {
  const likely = domains
    .slice(0, DOMAINS)
    .filter(({ domain, score }) => domain.dialect !== undefined && score >= LIKELY * domains[0]!.score);
  const [best] = likely
    .flatMap(({ domain, score }) => {
      const reading = readClauses(tokens, domain, knowledge.profile, day);
      if ('fault' in reading) return [];
      const same = other?.scope.domain === domain ? other.query : undefined;
      const features = featuresOf(reading, tokens, same);
      const confidence = confidenceIn(features);
      return [{ reading, features, confidence, rank: confidence + score / domains[0]!.score }];
    })
    .sort((a, b) => b.rank - a.rank);
  return best;
}

function outcomeOf(understanding: Understanding, { maxRows, candidates }: PlanRequest): PlanOutcome {
  switch (understanding.kind) {
    case 'clauses': {
      const { reading, confidence } = understanding;
      return makeClausePlan(reading, candidates.knowledge.profile, { maxRows, confidence });
    }
    case 'passes':
      return choose(distinctPlans(understanding.readings, maxRows));
    case 'nothing': {
      const { nearest, words } = understanding;
      return {
        kind: 'notUnderstood',
        unplaced: (nearest?.reading.unplaced ?? words).map((token) => token.text),
        understood:
          nearest === undefined || nearest.confidence < SURE_ENOUGH / 2
            ? undefined
            : restate(nearest.reading),
      };
    }
    default:
      return assertNever(understanding);
  }
}

/** One plan is the answer; several that are as likely are put to the asker. */
function choose(plans: readonly Plan[]): PlanOutcome {
  const [plan] = plans;
  if (plan === undefined) return NOTHING;
  if (plans.length === 1) return plan;
  return {
    kind: 'clarify',
    prompt: 'This can be read in more than one way. Which one is meant?',
    choices: plans.slice(0, CHOICES).map((choice) => ({
      id: planId(choice),
      label: `${choice.restatement} (${choice.steps[0].domain})`,
      plan: choice,
    })),
  };
}

/** Rows that come by GraphQL are worked on later; what is asked of a database has to compile. */
function isSound({ query, scope }: Reading): boolean {
  return scope.root.operation !== undefined || compiles(query, scope.domain.catalog);
}

/** The share of the question's content words that found their place, less what speaks against the reading. */
function confidenceOf(reading: Reading, words: number): number {
  const full = Math.max(1, words);
  return Math.max(0, Math.min(1, reading.score / full));
}

function distinctPlans(close: readonly { reading: Reading; confidence: number }[], maxRows: number): Plan[] {
  const plans = new Map<string, Plan>();
  for (const { reading, confidence } of close) {
    const plan = makePlan(reading, { maxRows, confidence });
    const key = plan.restatement + plan.steps[0].domain;
    if (!plans.has(key)) plans.set(key, plan);
  }
  return [...plans.values()];
}

/** Names a plan by what it does, so that a choice can be found again by planning the same question again. */
function planId(plan: Plan): string {
  const queries = plan.steps.map((step) => step.query).join('\n');
  return createHash('sha256')
    .update(`${queries}\n${plan.combine?.query ?? ''}`)
    .digest('base64url')
    .slice(0, 16);
}

const CHANGES = new Set([
  'delete',
  'drop',
  'insert',
  'update',
  'remove',
  'truncate',
  'alter',
  'create',
  'modify',
  'erase',
]);

/** A question that starts by ordering a change is no question. */
function asksForChange(words: readonly string[]): string | undefined {
  const first = words.find((word) => !['please', 'can', 'could', 'you', 'now', 'just'].includes(word));
  return first !== undefined && CHANGES.has(first) ? first : undefined;
}
