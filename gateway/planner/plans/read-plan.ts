import { z } from 'zod';
import { COLUMN_TYPES } from '../../../schema/hive-type.js';
import { GRAINS } from '../../../subgraphs/sql/table-query.js';
import type { Plan, PlannedPlan } from '../planner.js';

/** A plan as it is kept, to be carried out again, or gone on from. */
export interface KeptPlan {
  /** What it answers, whole: where the question went on from an earlier one, with what it went on from. */
  readonly question: string;
  /** The rows that its queries ask for where the question sets no number of its own; absent where they say none. */
  readonly maxRows?: number;
  readonly plan: Plan;
}

const names = z.array(z.string());
const common = { name: z.string(), domain: z.string(), query: z.string(), dependsOn: names };
const columnType = z.enum(COLUMN_TYPES);

const step = z.discriminatedUnion('language', [
  z.object({ ...common, language: z.literal('SQL') }),
  z.object({
    ...common,
    language: z.literal('GRAPHQL'),
    variables: z.record(z.string(), z.unknown()).exactOptional(),
    result: z.object({
      rowPath: names,
      columns: z.array(z.object({ name: z.string(), path: names, type: columnType })),
      notes: z.array(names),
    }),
  }),
]);

const plan = z.object({
  kind: z.literal('plan'),
  steps: z.tuple([step], step),
  combine: z.object({ query: z.string() }).exactOptional(),
  restatement: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      unit: z.string().exactOptional(),
      grain: z.enum(GRAINS).exactOptional(),
      role: z.enum(['asked', 'supporting']),
      shows: z.array(z.object({ domain: z.string(), table: z.string(), column: z.string() })).exactOptional(),
    }),
  ),
  assumptions: names,
  sources: z.array(
    z.object({
      domain: z.string(),
      table: z.string(),
      columns: names,
      timeColumn: z.string().exactOptional(),
    }),
  ),
  ranking: z.object({ end: z.string(), label: z.string() }).exactOptional(),
  time: z
    .object({
      domain: z.string(),
      table: z.string(),
      column: z.string(),
      from: z.string().exactOptional(),
      to: z.string().exactOptional(),
      label: z.string(),
    })
    .exactOptional(),
  question: z.string().exactOptional(),
  confidence: z.number(),
});

const kept = z.object({ question: z.string(), maxRows: z.number().int().positive().exactOptional(), plan });

/** Reads what was kept of a plan; undefined for what is none, such as another version's. */
export function readKeptPlan(value: unknown): KeptPlan | undefined {
  const { data } = kept.safeParse(value);
  return data satisfies KeptPlan | undefined;
}

/** A plan as it may be kept: without whose it is, and what its planner said, which only the planner itself can use. */
export function bare({ reply: _, model: __, recalled: ___, ...plan }: PlannedPlan): Plan {
  return plan;
}
