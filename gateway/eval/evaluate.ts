import type { Answer } from '../ask/answer-types.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { retrieve } from '../knowledge/retrieve/retrieve.js';
import { embeddedPlanner } from '../planner/embedded/embedded-planner.js';
import type { GoldenQuestion, QuestionSet } from './question-set.js';
import { expectedOf, right } from './right.js';
import type { Rows } from './same-result.js';

/** What became of one question. */
export interface Verdict {
  readonly id: string;
  readonly database: string;
  readonly question: string;
  readonly difficulty: string | undefined;
  readonly outcome: 'right' | 'wrong' | 'abstained' | 'failed';
  /** Who planned the answer: a model by its name, or the embedded planner; empty where nothing came of the question. */
  readonly planner: string;
  /** How sure the embedded planner was, 0–1; undefined where the answer is not of its plan. */
  readonly confidence: number | undefined;
  /** Whether the question's own domain came first among all of them. */
  readonly routed: boolean;
  readonly milliseconds: number;
  readonly modelCalls: number;
  readonly tokens: number;
  /** In the currency of the model's prices; null where what was used, or its price, is not known. */
  readonly cost: number | null;
  readonly query: string;
  readonly restatement: string;
  /** Why nothing was answered. */
  readonly reason: string;
  readonly expected: Rows;
  readonly actual: Rows;
}

export interface EvaluateOptions {
  readonly sets: readonly { readonly set: QuestionSet; readonly domain: string }[];
  readonly knowledge: Knowledge;
  /** Asks one domain, as of a day. */
  readonly ask: (question: string, domain: string, asOf: Date) => Promise<Answer>;
  readonly asOf: Date;
  readonly maxRows: number;
  readonly clock: () => number;
  readonly onVerdict: (verdict: Verdict) => void;
}

/** Rows of a result that are kept for the report. */
const SHOWN = 5;

/** Asks every question of its own domain alone, and asks beside it which domain would have come first among all. */
export async function evaluate(options: EvaluateOptions): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { set, domain } of options.sets) {
    for (const question of set.questions) {
      const verdict = await judge(question, set.name, domain, options);
      options.onVerdict(verdict);
      verdicts.push(verdict);
    }
  }
  return verdicts;
}

async function judge(
  question: GoldenQuestion,
  database: string,
  domain: string,
  { knowledge, ask, clock, maxRows, ...options }: EvaluateOptions,
): Promise<Verdict> {
  const asOf = question.today === undefined ? options.asOf : new Date(`${question.today}T12:00:00Z`);
  const [first] = retrieve(question.question, knowledge, undefined).domains;
  const common = {
    id: question.id,
    database,
    question: question.question,
    difficulty: question.difficulty,
    routed: first?.domain.name === domain,
    expected: (expectedOf(question)[0]?.rows ?? []).slice(0, SHOWN),
  };
  const start = clock();
  try {
    const answer = await ask(question.question, domain, asOf);
    const milliseconds = clock() - start;
    const rows = rowsOf(answer);
    const { modelCalls, inputTokens, outputTokens } = answer.usage;
    return {
      ...common,
      outcome: rows === undefined ? 'abstained' : right(question, rows) ? 'right' : 'wrong',
      planner: answer.planner,
      confidence:
        rows === undefined || answer.planner !== embeddedPlanner.name
          ? undefined
          : await confidenceIn(question.question, domain, asOf, { knowledge, maxRows }),
      milliseconds,
      modelCalls,
      tokens: inputTokens + outputTokens,
      cost: modelCalls === 0 ? 0 : answer.usage.cost === null ? null : Number(answer.usage.cost),
      query: answer.steps.map((step) => step.query).join('\n\n'),
      restatement: answer.restatement ?? '',
      reason: rows === undefined ? `${answer.status}: ${answer.text}` : '',
      actual: (rows ?? []).slice(0, SHOWN),
    };
  } catch (error) {
    return {
      ...common,
      outcome: 'failed',
      planner: '',
      confidence: undefined,
      milliseconds: clock() - start,
      modelCalls: 0,
      tokens: 0,
      cost: null,
      query: '',
      restatement: '',
      reason: error instanceof Error ? error.message : String(error),
      actual: [],
    };
  }
}

/** The embedded planner reads alone, so that what it was sure of can be asked again at no cost. */
async function confidenceIn(
  question: string,
  domain: string,
  asOf: Date,
  { knowledge, maxRows }: Pick<EvaluateOptions, 'knowledge' | 'maxRows'>,
): Promise<number | undefined> {
  const candidates = retrieve(question, knowledge, [domain]);
  const plan = await embeddedPlanner.plan({ question, asOf, timeZone: 'UTC', maxRows, candidates });
  return plan.kind === 'plan' ? plan.confidence : undefined;
}

/** The rows that were answered; undefined where the answer is that there is none to give. */
function rowsOf(answer: Answer): Rows | undefined {
  switch (answer.status) {
    case 'ANSWERED':
    case 'PARTIAL':
      return answer.table?.rows ?? [];
    case 'NO_DATA':
      return answer.table?.rows ?? [];
    default:
      return undefined;
  }
}
