import type { Verdict } from './evaluate.js';

export interface Figures {
  readonly asked: number;
  readonly answered: number;
  /** Ended in an error; what their calls used is not among the figures, since nobody has told. */
  readonly failed: number;
  readonly right: number;
  /** Answered of asked. */
  readonly coverage: number;
  /** Right of answered; 1 where nothing was answered. */
  readonly precision: number;
  /** Right of asked. */
  readonly accuracy: number;
  /** Of asked, whose domain came first among all. */
  readonly routing: number;
  /** Milliseconds from question to answer. */
  readonly medianMilliseconds: number;
  readonly p99Milliseconds: number;
  readonly slowestMilliseconds: number;
  readonly modelCalls: number;
  readonly tokens: number;
  /** Null where the price of any call is not known. */
  readonly cost: number | null;
}

export interface CurvePoint {
  /** Answers of at least this confidence count. */
  readonly confidence: number;
  readonly coverage: number;
  readonly precision: number;
}

export interface Report {
  readonly total: Figures;
  readonly databases: Readonly<Record<string, Figures>>;
  readonly difficulties: Readonly<Record<string, Figures>>;
  readonly curve: readonly CurvePoint[];
  readonly verdicts: readonly Verdict[];
}

export function reportOf(verdicts: readonly Verdict[]): Report {
  return {
    total: figuresOf(verdicts),
    databases: figuresBy(verdicts, (verdict) => verdict.database),
    difficulties: figuresBy(verdicts, (verdict) => verdict.difficulty),
    curve: curveOf(verdicts),
    verdicts,
  };
}

function figuresBy(
  verdicts: readonly Verdict[],
  keyOf: (verdict: Verdict) => string | undefined,
): Record<string, Figures> {
  const keys = [...new Set(verdicts.map(keyOf))].filter((key) => key !== undefined);
  return Object.fromEntries(
    keys.map((key) => [key, figuresOf(verdicts.filter((verdict) => keyOf(verdict) === key))]),
  );
}

function figuresOf(verdicts: readonly Verdict[]): Figures {
  const answered = verdicts.filter(isAnswered).length;
  const right = verdicts.filter((verdict) => verdict.outcome === 'right').length;
  const times = verdicts.map((verdict) => verdict.milliseconds).sort((a, b) => a - b);
  const told = verdicts.filter(({ outcome }) => outcome !== 'failed');
  const costs = told.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    asked: verdicts.length,
    answered,
    failed: verdicts.length - told.length,
    right,
    coverage: share(answered, verdicts.length),
    precision: answered === 0 ? 1 : right / answered,
    accuracy: share(right, verdicts.length),
    routing: share(verdicts.filter((verdict) => verdict.routed).length, verdicts.length),
    medianMilliseconds: times[Math.floor(times.length / 2)] ?? 0,
    p99Milliseconds: times[Math.ceil(0.99 * times.length) - 1] ?? 0,
    slowestMilliseconds: times.at(-1) ?? 0,
    modelCalls: sum(verdicts.map((verdict) => verdict.modelCalls)),
    tokens: sum(verdicts.map((verdict) => verdict.tokens)),
    cost: costs.length < told.length ? null : sum(costs),
  };
}

const STEPS = 20;

/**
 * What coverage and precision would be if only answers of at least a confidence were given. A model does not say how
 * sure it is: its answers stand at each.
 */
function curveOf(verdicts: readonly Verdict[]): CurvePoint[] {
  const answered = verdicts.filter(isAnswered);
  return Array.from({ length: STEPS }, (_, step) => step / STEPS).map((confidence) => {
    const kept = answered.filter((verdict) => (verdict.confidence ?? 1) >= confidence);
    const right = kept.filter((verdict) => verdict.outcome === 'right').length;
    return {
      confidence,
      coverage: share(kept.length, verdicts.length),
      precision: kept.length === 0 ? 1 : right / kept.length,
    };
  });
}

function isAnswered({ outcome }: Verdict): boolean {
  return outcome === 'right' || outcome === 'wrong';
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
