import { createHash } from 'node:crypto';
import { AskgraphError } from '../../../schema/errors.js';
import { duckdbDialect } from '../../../subgraphs/sql/dialects/duckdb.js';
import { printSql } from '../../../subgraphs/sql/print-sql.js';
import { tokenize } from '../../knowledge/text/tokenize.js';
import type { Plan, Planner, PlanOutcome, PlanRequest } from '../planner.js';
import type { Reading } from './read/compose.js';
import { contentWords, read } from './read/read.js';
import { today } from './recognise/period.js';
import { makePlan } from './write/make-plan.js';
import { restate } from './write/restate.js';

/** Below this a reading is not answered. */
const SURE_ENOUGH = 0.62;
/** Readings whose scores are closer than this, in words, are put to the asker. */
const CLOSE = 0.1;
const CHOICES = 3;
/** Longer than any question that one query answers. */
const MOST_WORDS = 60;

/** Plans without a language model: from the words of the question and of the catalog alone, always the same way. */
export const embeddedPlanner: Planner = {
  name: 'embedded',
  async plan(request: PlanRequest): Promise<PlanOutcome> {
    const tokens = tokenize(request.question);
    const words = contentWords(tokens);
    if (words.length > MOST_WORDS) return { kind: 'notUnderstood', unplaced: [], understood: undefined };
    const day = today(request.asOf, request.timeZone);
    const changes = asksForChange(tokens.map((token) => token.lower));
    if (changes !== undefined)
      return { kind: 'refuse', reason: `Askgraph only reads data: it does not ${changes} anything.` };
    const readings = read(tokens, request.candidates, day)
      .filter(isSound)
      .map((reading) => ({
        reading,
        confidence: confidenceOf(reading, words.length),
      }));
    const [best] = readings;
    if (best === undefined || best.confidence < SURE_ENOUGH || best.reading.unplaced.length > 0) {
      return {
        kind: 'notUnderstood',
        unplaced: (best?.reading.unplaced ?? words).map((token) => token.text),
        understood:
          best === undefined || best.confidence < SURE_ENOUGH / 2 ? undefined : restate(best.reading),
      };
    }
    const close = readings.filter(
      ({ reading }) => reading.unplaced.length === 0 && best.reading.score - reading.score < CLOSE,
    );
    const plans = distinctPlans(close, request.maxRows);
    const [plan] = plans;
    if (plan === undefined || plans.length === 1)
      return plan ?? { kind: 'notUnderstood', unplaced: [], understood: undefined };
    return {
      kind: 'clarify',
      prompt: 'This can be read in more than one way. Which one is meant?',
      choices: plans.slice(0, CHOICES).map((choice) => ({
        id: planId(choice),
        label: `${choice.restatement} (${choice.steps[0].domain})`,
        plan: choice,
      })),
    };
  },
};

/** Whether the reading's query can be compiled at all: what cannot is no reading. */
function isSound({ query, scope }: Reading): boolean {
  if (scope.root.operation !== undefined) return true;
  try {
    printSql(query, scope.domain.catalog, duckdbDialect);
    return true;
  } catch (error) {
    if (error instanceof AskgraphError) return false;
    throw error;
  }
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
