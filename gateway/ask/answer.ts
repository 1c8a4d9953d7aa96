import type { AskgraphError } from '../../schema/errors.js';
import type { Cell } from '../../subgraphs/sql/statement.js';
import type { AskDomain, Profile } from '../knowledge/domain.js';
import type { Clarify, NotUnderstood, PlannedSource, PlannedValue } from '../planner/planner.js';
import { capitalise, type ShownFact, type ShownTable, writeAnswer } from './answer-text.js';
import type { Answer, AnswerTable, Fault, Step, Trust, Usage } from './answer-types.js';
import type { Attempt } from './carry-out.js';
import { isOutsideData, writeNoData } from './data-reach.js';
import { formatCell } from './format.js';
import { ground } from './ground.js';

/** What every answer has, whatever became of the question. */
export type AnswerHead = Pick<Answer, 'id' | 'conversationId' | 'question' | 'createdAt' | 'planner'>;
/** What differs from one outcome to another. */
type AnswerBody = Omit<Answer, keyof AnswerHead | 'usage'>;

const EMPTY: AnswerBody = {
  status: 'ANSWERED',
  text: '',
  restatement: null,
  trust: null,
  table: null,
  facts: [],
  steps: [],
  sources: [],
  claims: [],
  assumptions: [],
  followUps: [],
  missing: [],
  clarification: null,
  chart: null,
};
const MAX_FACTS = 20;
const COMBINING_STEP = 'combined';

export function finishAnswer(head: AnswerHead, body: AnswerBody, usage: Usage): Answer {
  return { ...head, ...body, usage };
}

export interface Outcome extends Attempt {
  /** Attempts before this one, each of which failed. */
  readonly earlier: readonly Attempt[];
  readonly trust: Trust;
  readonly profile: Profile;
  readonly domains: readonly AskDomain[];
  readonly requestId: string;
}

/** Tells what a plan's steps found. */
export function answerPlan(outcome: Outcome): AnswerBody {
  const { plan, runs, combined, profile, requestId, trust } = outcome;
  const failed = runs.flatMap((run) => (run.status === 'failed' ? [run] : []));
  const notes = runs.flatMap((run) => (run.status === 'succeeded' ? run.result.notes : []));
  const { shown, all, facts } = shape(outcome);
  const empty = isEmpty(shown) || (isZero(shown) && isOutsideData(plan, profile));
  const text = empty ? writeNoData(plan, notes, profile) : writeAnswer(plan, shown, facts);
  const missing = failed.map((run) => ({
    domain: run.step.domain,
    fault: faultOf(run.error, run.step.domain, requestId),
  }));
  const missingText = missing
    .map(({ domain, fault }) => ` ${capitalise(domain)} is missing: ${fault.message}`)
    .join('');
  return {
    ...EMPTY,
    status: missing.length > 0 ? 'PARTIAL' : empty ? 'NO_DATA' : 'ANSWERED',
    text: text + missingText,
    restatement: plan.restatement,
    trust,
    table: tableOf(shown),
    facts: facts.slice(0, MAX_FACTS).map(({ column, value, of }) => ({
      label: of === undefined ? column.label : `${column.label}, ${of}`,
      value,
      unit: column.unit,
    })),
    steps: stepsOf(outcome),
    sources: plan.sources.map((source) => ({
      domain: source.domain,
      table: source.table,
      columns: source.columns,
      dataThrough: dataThrough(source, profile),
    })),
    claims: empty ? [] : ground(text, all, combined.step ?? COMBINING_STEP),
    assumptions: plan.assumptions,
    missing,
  };
}

/** The asked columns as the table, the supporting ones beside it as facts. */
function shape({ plan, combined, domains }: Outcome): {
  all: ShownTable;
  shown: ShownTable;
  facts: ShownFact[];
} {
  const result = combined.result ?? { columns: [], rows: [], truncated: false };
  const planned = new Map(plan.columns.map((column) => [column.name, column]));
  const columns = result.columns.map((column, index) => {
    const known = planned.get(column.name);
    const grain = known?.grain === undefined ? {} : { grain: known.grain };
    const shown = {
      name: column.name,
      label: known?.label ?? column.name,
      type: column.type,
      unit: known?.unit ?? null,
      masked: known?.shows?.some((value) => isMasked(value, domains)) ?? false,
      ...grain,
    };
    return { shown, index, role: known?.role ?? 'asked' };
  });
  const asked = columns.filter((column) => column.role === 'asked');
  const supporting = columns.filter((column) => column.role === 'supporting');
  const name = (row: readonly Cell[]) =>
    asked.map(({ shown, index }) => formatCell(row[index] ?? null, shown)).join(' ');
  const several = result.rows.length > 1;
  const facts = result.rows.flatMap((row) =>
    supporting.map(({ shown, index }) => ({
      column: shown,
      value: row[index] ?? null,
      of: several ? name(row) : undefined,
    })),
  );
  return {
    all: { columns: columns.map(({ shown }) => shown), rows: result.rows, truncated: result.truncated },
    shown: {
      columns: asked.map(({ shown }) => shown),
      rows: result.rows.map((row) => asked.map(({ index }): Cell => row[index] ?? null)),
      truncated: result.truncated,
    },
    facts,
  };
}

function isMasked({ domain, table, column }: PlannedValue, domains: readonly AskDomain[]): boolean {
  const seen = domains.find(({ name }) => name === domain)?.restriction?.masked.get(table);
  return seen?.has(column) ?? false;
}

function tableOf({ columns, rows, truncated }: ShownTable): AnswerTable {
  const plain = columns.map(({ name, label, type, unit, masked }) => ({ name, label, type, unit, masked }));
  return { columns: plain, rows, totalRows: truncated ? null : rows.length, truncated };
}

function isEmpty(table: ShownTable): boolean {
  return table.rows.every((row) => row.every((cell) => cell === null));
}

function isZero(table: ShownTable): boolean {
  return table.rows.length === 1 && table.rows[0]!.length === 1 && Number(table.rows[0]![0]) === 0;
}

/** Every step of every attempt, in their order. */
function stepsOf(outcome: Outcome): Step[] {
  return [...outcome.earlier, outcome].flatMap((attempt, index) =>
    stepsOfAttempt(attempt, index + 1, outcome),
  );
}

function stepsOfAttempt(
  { plan, runs, combined, error }: Attempt,
  attempt: number,
  { domains, requestId }: Outcome,
): Step[] {
  const engines = new Map(domains.map(({ name, engine }) => [name, engine]));
  const steps = runs.map(
    (run): Step => ({
      name: run.step.name,
      dependsOn: run.step.dependsOn,
      domain: run.step.domain,
      engine: engines.get(run.step.domain) ?? '',
      language: run.step.language,
      query: run.step.query,
      variables: (run.step.language === 'GRAPHQL' ? run.step.variables : undefined) ?? null,
      executedSql: run.status === 'succeeded' ? run.executedSql : null,
      status: run.status === 'succeeded' ? 'SUCCEEDED' : run.status === 'failed' ? 'FAILED' : 'SKIPPED',
      attempt,
      rows: run.status === 'succeeded' ? run.result.rows.length : null,
      bytesScanned: run.status === 'succeeded' ? (run.result.bytesScanned ?? null) : null,
      milliseconds: run.milliseconds,
      error: run.status === 'failed' ? faultOf(run.error, run.step.domain, requestId) : null,
    }),
  );
  if (plan.combine === undefined) return steps;
  const ran = combined.milliseconds !== null;
  return [
    ...steps,
    {
      name: COMBINING_STEP,
      dependsOn: runs.map((run) => run.step.name),
      domain: null,
      engine: 'duckdb',
      language: 'SQL',
      query: plan.combine.query,
      variables: null,
      executedSql: null,
      status: error !== undefined ? 'FAILED' : ran ? 'SUCCEEDED' : 'SKIPPED',
      attempt,
      rows: ran ? (combined.result?.rows.length ?? null) : null,
      bytesScanned: null,
      milliseconds: combined.milliseconds,
      error: error === undefined ? null : faultOf(error, null, requestId),
    },
  ];
}

/** How far a source's data reaches, as an instant in UTC. */
function dataThrough(source: PlannedSource, profile: Profile): string | null {
  if (source.timeColumn === undefined) return null;
  const to = profile.columnFacts(source.domain, source.table, source.timeColumn)?.range?.to;
  return to === undefined
    ? null
    : new Date(`${to.slice(0, 19)}${to.includes('T') ? 'Z' : 'T00:00:00Z'}`).toISOString();
}

export function faultOf(error: AskgraphError, domain: string | null, requestId: string): Fault {
  return {
    code: error.code,
    message: error.message,
    domain: error.domain ?? domain,
    retryable: error.retryable,
    requestId,
  };
}

export function answerClarify(outcome: Clarify): AnswerBody {
  const choices = outcome.choices.map(({ id, label }) => ({ id, label }));
  return {
    ...EMPTY,
    status: 'CLARIFICATION',
    text: outcome.prompt,
    clarification: { prompt: outcome.prompt, choices },
  };
}

export function answerRefusal(reason: string): AnswerBody {
  return { ...EMPTY, status: 'REFUSED', text: reason };
}

/** What is needed is not told: which of the words lead there is for the operator. */
export function answerNotPermitted(): AnswerBody {
  return { ...EMPTY, status: 'NOT_PERMITTED', text: 'You may not see what this question needs.' };
}

/** Which words stayed open, what was understood, and what can be asked instead. */
export function answerNotUnderstood(outcome: NotUnderstood, domains: readonly AskDomain[]): AnswerBody {
  const unplaced = [...new Set(outcome.unplaced)].map((word) => `“${word}”`).join(', ');
  const parts = [
    unplaced === '' ? 'I could not read this question.' : `I could not place ${unplaced}.`,
    outcome.understood === undefined ? '' : `The nearest I can read is: ${outcome.understood}.`,
    `I can answer from: ${nameDomains(domains)}.`,
  ];
  return {
    ...EMPTY,
    status: 'NOT_UNDERSTOOD',
    text: parts.filter((part) => part !== '').join(' '),
    restatement: outcome.understood ?? null,
    followUps: domains.flatMap((domain) => domain.examples.slice(0, 1)).slice(0, 5),
  };
}

const NAMED_DOMAINS = 8;

function nameDomains(domains: readonly AskDomain[]): string {
  const named = domains
    .slice(0, NAMED_DOMAINS)
    .map(({ name, description }) => `${name} (${description.replace(/\.$/, '')})`);
  const others = domains.length - named.length;
  return [...named, ...(others > 0 ? [`and ${others} others`] : [])].join('; ');
}
