import type { Cell } from '../../subgraphs/sql/statement.js';
import type { AskDomain, Profile } from '../knowledge/domain.js';
import { capitalise, type ShownFact, type ShownTable, writeAnswer } from './answer-text.js';
import type { Claim, Missing, Trust } from './answer-types.js';
import type { Attempt } from './carry-out.js';
import { isOutsideData, writeNoData } from './data-reach.js';
import { formatCell } from './format.js';
import { type Evidence, makeEvidence } from './ground/evidence.js';
import { claimsOf } from './ground/ground.js';
import { isMaskedColumn } from './masked-column.js';
import { COMBINING_STEP, faultOf } from './steps.js';

export interface Outcome extends Attempt {
  /** Attempts before this one, each of which failed. */
  readonly earlier: readonly Attempt[];
  readonly trust: Trust;
  readonly profile: Profile;
  readonly domains: readonly AskDomain[];
  readonly requestId: string;
}

/** What a plan's steps found, before anything is told of it. */
export interface Findings {
  readonly outcome: Outcome;
  readonly extent: 'something' | 'nothing';
  /** The step whose rows they are. */
  readonly step: string;
  /** The asked columns. */
  readonly shown: ShownTable;
  /** With the supporting columns. */
  readonly all: ShownTable;
  readonly facts: readonly ShownFact[];
  readonly missing: readonly Missing[];
  readonly evidence: Evidence;
}

/** A text with what bears it out. */
export interface Told {
  readonly text: string;
  readonly claims: readonly Claim[];
}

export function findingsOf(outcome: Outcome): Findings {
  const { plan, runs, combined, profile, requestId } = outcome;
  const { shown, all, facts } = shape(outcome);
  const step = combined.step ?? COMBINING_STEP;
  const isNothing = isEmpty(shown) || (isZero(shown) && isOutsideData(plan, profile));
  return {
    outcome,
    extent: isNothing ? 'nothing' : 'something',
    step,
    shown,
    all,
    facts,
    missing: runs.flatMap((run) =>
      run.status === 'failed'
        ? [{ domain: run.step.domain, fault: faultOf(run.error, run.step.domain, requestId) }]
        : [],
    ),
    evidence: makeEvidence(all, step, plan),
  };
}

/** Tells findings by template. */
export function tellByTemplate({ outcome, extent, shown, facts, evidence }: Findings): Told {
  const { plan, runs, profile } = outcome;
  if (extent === 'nothing') {
    const notes = runs.flatMap((run) => (run.status === 'succeeded' ? run.result.notes : []));
    return { text: writeNoData(plan, notes, profile), claims: [] };
  }
  const text = writeAnswer(plan, shown, facts);
  return { text, claims: claimsOf(text, evidence) };
}

/** Adds what is missing to what is told. */
export function withMissing(text: string, missing: readonly Missing[]): string {
  const parts = missing.map(({ domain, fault }) => `${capitalise(domain)} is missing: ${fault.message}`);
  return [text, ...parts].join(' ');
}

/** The asked columns as the table, the supporting ones beside it as facts. */
function shape({ plan, combined, domains }: Outcome): Pick<Findings, 'all' | 'shown' | 'facts'> {
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
      masked: isMaskedColumn(column.name, known, plan.sources, domains),
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

function isEmpty(table: ShownTable): boolean {
  return table.rows.every((row) => row.every((cell) => cell === null));
}

function isZero(table: ShownTable): boolean {
  return table.rows.length === 1 && table.rows[0]!.length === 1 && Number(table.rows[0]![0]) === 0;
}
