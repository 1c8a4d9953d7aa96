import { z } from 'zod';
import { AskgraphError } from '../../../schema/errors.js';
import type { Tool } from '../../model/model.js';
import { referencesIn } from '../references.js';

const MOST_STEPS = 8;
const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a short lower-case word, such as sales_by_month');
const text = z.string().trim().min(1).max(20_000);

const step = z.object({
  name: name.describe('Unique; the table that the combining step reads.'),
  domain: z.string(),
  language: z.enum(['SQL', 'GRAPHQL']),
  query: text,
  variables: z.record(z.string(), z.unknown()).optional().describe('Of a GraphQL query.'),
  dependsOn: z.array(name).default([]),
});

const plan = z.object({
  kind: z.literal('plan'),
  restatement: text.max(500),
  steps: z.array(step).min(1).max(MOST_STEPS),
  combine: text.optional().describe('SQL in DuckDB’s dialect over tables named after the steps.'),
  columns: z
    .array(
      z.object({
        name: z.string().describe('As the final result names it.'),
        label: z.string().describe('In plain words: "total price paid".'),
        unit: z.string().optional().describe('USD, °C, %; only where the data says so.'),
      }),
    )
    .default([]),
  metrics: z
    .array(z.string())
    .max(20)
    .default([])
    .describe('Names of the declared metrics that it works out.'),
  assumptions: z.array(text.max(500)).max(10).default([]),
});

const clarify = z.object({
  kind: z.literal('clarify'),
  question: text.max(500),
  options: z.array(text.max(300)).min(2).max(4),
});

const refuse = z.object({ kind: z.literal('refuse'), reason: text.max(500) });

const reply = z.discriminatedUnion('kind', [plan, clarify, refuse]);
export type PlanReply = z.infer<typeof reply>;
export type PlanReplyStep = z.infer<typeof step>;

/** One object for all three, since few models take a choice of schemas: what belongs to which kind is checked here. */
const offered = z.object({
  kind: z.enum(['plan', 'clarify', 'refuse']),
  ...plan.omit({ kind: true }).partial().shape,
  ...clarify.omit({ kind: true }).partial().shape,
  ...refuse.omit({ kind: true }).partial().shape,
});

/** What the planning model has to call. */
export const PLAN_TOOL: Tool = {
  name: 'plan',
  description: 'How the question is answered: a plan of queries, a question back, or a refusal.',
  schema: z.toJSONSchema(offered, { io: 'input', target: 'draft-7' }),
};

/** Checks what a model replied. Throws MODEL_REPLY_INVALID, whose `details.problems` say in words what is wrong. */
export function readPlanReply(value: unknown): PlanReply {
  const parsed = reply.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw invalid('The model replied with what is no plan.', problems);
  }
  if (parsed.data.kind === 'plan') checkSteps(parsed.data.steps, parsed.data.combine);
  return parsed.data;
}

/** Steps follow those that they need, which also rules circles out. */
function checkSteps(steps: readonly PlanReplyStep[], combine: string | undefined): void {
  const problems: string[] = [];
  const known = new Set<string>();
  for (const step of steps) {
    const { name: own, dependsOn } = step;
    if (known.has(own)) problems.push(`There are two steps named ${own}.`);
    for (const needed of new Set([...dependsOn, ...referencesIn(textsOf(step))])) {
      if (!known.has(needed))
        problems.push(`${own} needs the step ${needed}, which does not come before it.`);
    }
    known.add(own);
  }
  if (steps.length > 1 && combine === undefined)
    problems.push('Several steps need a combining query that makes one result of them.');
  if (problems.length > 0) throw invalid('The model’s plan does not hold together.', problems);
}

/** What of a step may speak of earlier ones. */
export function textsOf({ query, variables = {} }: Pick<PlanReplyStep, 'query' | 'variables'>): string[] {
  return [query, ...Object.values(variables).filter((value) => typeof value === 'string')];
}

function invalid(message: string, problems: readonly string[]): AskgraphError {
  return new AskgraphError('MODEL_REPLY_INVALID', message, { details: { problems } });
}
