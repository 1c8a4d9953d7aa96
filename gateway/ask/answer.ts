import type { AskDomain, Profile } from '../knowledge/domain.js';
import type { Clarify, NotUnderstood, PlannedSource } from '../planner/planner.js';
import type { ShownTable } from './answer-text.js';
import type { Answer, AnswerTable, Usage } from './answer-types.js';
import { type Findings, type Told, withMissing } from './findings.js';
import { stepsOf } from './steps.js';

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

export function finishAnswer(head: AnswerHead, body: AnswerBody, usage: Usage): Answer {
  return { ...head, ...body, usage };
}

/** Tells what a plan's steps found, in the given words. */
export function answerPlan(findings: Findings, told: Told): AnswerBody {
  const { outcome, extent, shown, facts, missing } = findings;
  const { plan, profile, trust, domains, requestId } = outcome;
  return {
    ...EMPTY,
    status: missing.length > 0 ? 'PARTIAL' : extent === 'nothing' ? 'NO_DATA' : 'ANSWERED',
    text: withMissing(told.text, missing),
    restatement: plan.restatement,
    trust,
    table: tableOf(shown),
    facts: facts.slice(0, MAX_FACTS).map(({ column, value, of }) => ({
      label: of === undefined ? column.label : `${column.label}, ${of}`,
      value,
      unit: column.unit,
    })),
    steps: [...outcome.earlier, outcome].flatMap((attempt, index) =>
      stepsOf(attempt, { attempt: index + 1, domains, requestId }),
    ),
    sources: plan.sources.map((source) => ({
      domain: source.domain,
      table: source.table,
      columns: source.columns,
      dataThrough: dataThrough(source, profile),
    })),
    claims: told.claims,
    assumptions: plan.assumptions,
    missing,
  };
}

export function tableOf({ columns, rows, truncated }: ShownTable): AnswerTable {
  const plain = columns.map(({ name, label, type, unit, masked }) => ({ name, label, type, unit, masked }));
  return { columns: plain, rows, totalRows: truncated ? null : rows.length, truncated };
}

/** How far a source's data reaches, as an instant in UTC. */
function dataThrough(source: PlannedSource, profile: Profile): string | null {
  if (source.timeColumn === undefined) return null;
  const to = profile.columnFacts(source.domain, source.table, source.timeColumn)?.range?.to;
  return to === undefined
    ? null
    : new Date(`${to.slice(0, 19)}${to.includes('T') ? 'Z' : 'T00:00:00Z'}`).toISOString();
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
    domains.length === 0 ? 'You may see no data yet.' : `I can answer from: ${nameDomains(domains)}.`,
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
