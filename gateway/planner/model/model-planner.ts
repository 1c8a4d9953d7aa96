import { AskgraphError } from '../../../schema/errors.js';
import { withDeadline } from '../../../schema/signals.js';
import type { AskDomain } from '../../knowledge/domain.js';
import type { Message, Model } from '../../model/model.js';
import { writeChoiceId } from '../choice-id.js';
import { metricNote } from '../metric-note.js';
import type {
  Asker,
  FailedPlan,
  GraphqlStep,
  Plan,
  Planned,
  PlannedSource,
  Planner,
  PlanOutcome,
  PlanRequest,
  PlanStep,
} from '../planner.js';
import { referencesIn, withoutReferences } from '../references.js';
import { describeData } from './describe-data.js';
import { describeMemory } from './describe-memory.js';
import { inFence, withoutFences } from './fence.js';
import { checkGraphqlStep } from './graphql-step.js';
import { INSTRUCTIONS } from './instructions.js';
import { PLAN_TOOL, type PlanReply, type PlanReplyStep, readPlanReply, textsOf } from './plan-reply.js';

export interface ModelPlannerOptions {
  readonly model: Model;
  /** How long one plan may wait for the model, all calls and repetitions together. */
  readonly timeoutMilliseconds: number;
}

const MAXIMUM_TOKENS = 4_000;
/** How often a reply that is no plan is sent back before a plan has been made at all. */
const MOST_CORRECTIONS = 1;

/** Plans by one call of a language model. Nothing of what it says is believed: names, shape and order are checked here. */
export function modelPlanner(options: ModelPlannerOptions): Planner {
  const { model } = options;

  async function call(asker: Asker, messages: readonly Message[], signal: AbortSignal): Promise<unknown> {
    const instructions = INSTRUCTIONS;
    const prompt = JSON.stringify({ instructions, messages, tool: PLAN_TOOL });
    const { value } = await asker.callModel(
      { model: model.name, purpose: 'plan', prompt, maximumTokens: MAXIMUM_TOKENS },
      () =>
        model.generate({ instructions, messages, maximumTokens: MAXIMUM_TOKENS, signal, tool: PLAN_TOOL }),
    );
    return value;
  }

  async function converse(request: PlanRequest, asker: Asker, opening: readonly Message[]): Promise<Planned> {
    const signal = withDeadline(asker.signal, options.timeoutMilliseconds);
    let messages = opening;
    for (let correction = 0; ; correction++) {
      let value: unknown;
      try {
        value = await call(asker, messages, signal);
        return { ...(await outcomeOf(readPlanReply(value), value, request, asker)), model: model.name };
      } catch (error) {
        if (!isCorrectable(error) || correction >= MOST_CORRECTIONS) throw error;
        messages = [...messages, ...sendBack(value ?? 'No plan.', problemsOf(error))];
      }
    }
  }

  return {
    name: model.name,
    plan: (request, asker) => converse(request, asker, [openingOf(request, asker)]),
    revise: (request, asker, failed) =>
      converse(request, asker, [
        openingOf(request, asker),
        ...failed.flatMap(({ plan, problems }: FailedPlan) => sendBack(plan.reply, problems)),
      ]),
  };
}

/** The question after what it is about, each in a fence that it cannot close. */
export function openingOf(request: PlanRequest, asker: Asker): Message {
  const { question, meaning } = request;
  const said =
    meaning === undefined ? question : `${question}\nThe asker has chosen this reading: ${meaning}`;
  const parts = [
    inFence('data', describeData(request, asker)),
    ...describeMemory(request, asker),
    inFence('question', withoutFences(said)),
  ];
  return { role: 'user', text: parts.join('\n\n') };
}

function sendBack(reply: unknown, problems: readonly string[]): Message[] {
  return [
    { role: 'assistant', text: JSON.stringify(reply) },
    {
      role: 'user',
      text: `The plan was not carried out:\n${problems.map((problem) => `- ${problem}`).join('\n')}\nCall the tool again with a plan that mends this.`,
    },
  ];
}

async function outcomeOf(
  reply: PlanReply,
  said: unknown,
  request: PlanRequest,
  asker: Asker,
): Promise<PlanOutcome> {
  switch (reply.kind) {
    case 'refuse':
      return { kind: 'refuse', reason: reply.reason };
    case 'clarify':
      return clarify(reply);
    case 'plan':
      return planOf(reply, said, request, asker);
  }
}

async function planOf(
  reply: Extract<PlanReply, { kind: 'plan' }>,
  said: unknown,
  request: PlanRequest,
  asker: Asker,
): Promise<Plan> {
  const checked = reply.steps.map((step) => checkStep(step, request, asker));
  const sources = await Promise.all(
    checked.map((step) =>
      step.language === 'SQL'
        ? asker.inspect(step.domain, withoutReferences(step.query))
        : sourcesOf(step, request.candidates.knowledge.domains),
    ),
  );
  const [first, ...others] = checked;
  if (first === undefined) throw new AskgraphError('INTERNAL', 'A plan without steps was let through.');
  return {
    kind: 'plan',
    steps: [first, ...others],
    ...(reply.combine === undefined ? {} : { combine: { query: reply.combine } }),
    restatement: reply.restatement,
    columns: reply.columns.map(({ name, label, unit }) => ({
      name,
      label,
      role: 'asked',
      ...(unit === undefined ? {} : { unit }),
    })),
    assumptions: [...reply.assumptions, ...metricNotes(reply.metrics, checked, request)],
    sources: sources.flat(),
    confidence: 1,
    reply: said,
  };
}

function checkStep(step: PlanReplyStep, request: PlanRequest, asker: Asker): PlanStep {
  const { name, query } = step;
  // What a step speaks of it depends on, whether the model says so or not.
  const dependsOn = [...new Set([...step.dependsOn, ...referencesIn(textsOf(step))])];
  const { domains, unspoken } = request.candidates;
  const known = [...domains.map(({ domain }) => domain), ...unspoken];
  const domain = known.find((candidate) => candidate.name === step.domain);
  if (domain === undefined) {
    const names = known.map((candidate) => candidate.name).join(', ');
    throw new AskgraphError(
      'UNKNOWN_NAME',
      `The step ${name} asks the domain ${step.domain}; known are ${names}.`,
    );
  }
  if (step.language === 'SQL') {
    if (domain.dialect === undefined)
      throw new AskgraphError('STATEMENT_REFUSED', `The domain ${domain.name} is asked in GraphQL only.`);
    return { name, domain: domain.name, language: 'SQL', query, dependsOn };
  }
  const result = checkGraphqlStep(query, domain.name, asker.schema());
  const variables = step.variables === undefined ? {} : { variables: step.variables };
  return { name, domain: domain.name, language: 'GRAPHQL', query, dependsOn, result, ...variables };
}

/** Whose definitions the plan follows; names that no domain of its has declared are passed over. */
function metricNotes(names: readonly string[], steps: readonly PlanStep[], request: PlanRequest): string[] {
  const asked = new Set(steps.map(({ domain }) => domain));
  return request.candidates.knowledge.domains
    .filter(({ name }) => asked.has(name))
    .flatMap(({ name, tables }) =>
      tables.flatMap(({ metrics }) =>
        metrics.filter((metric) => names.includes(metric.name)).map((metric) => metricNote(metric, name)),
      ),
    );
}

/** The field of a hand-written schema that a step reads, as questions know it. */
function sourcesOf({ domain: name, result }: GraphqlStep, domains: readonly AskDomain[]): PlannedSource[] {
  const [, field] = result.rowPath;
  const tables = domains.find((domain) => domain.name === name)?.tables ?? [];
  return tables
    .filter((table) => table.operation?.field === field)
    .map((table) => ({
      domain: name,
      table: table.name,
      columns: table.columns
        .filter(({ path = [] }) => result.columns.some((column) => column.path.join('.') === path.join('.')))
        .map((column) => column.name),
    }));
}

/** The asker's choice is a question of its own: sent with it, the model reads what was meant. */
function clarify(reply: Extract<PlanReply, { kind: 'clarify' }>): PlanOutcome {
  return {
    kind: 'clarify',
    prompt: reply.question,
    choices: reply.options.map((label) => ({ id: writeChoiceId(label), label })),
  };
}

/** What a model may mend: what it wrote, never what happened to it. */
function isCorrectable(error: unknown): error is AskgraphError {
  return (
    error instanceof AskgraphError &&
    ['MODEL_REPLY_INVALID', 'UNKNOWN_NAME', 'STATEMENT_REFUSED', 'BAD_USER_INPUT'].includes(error.code)
  );
}

function problemsOf(error: AskgraphError): readonly string[] {
  const { problems } = error.details;
  return Array.isArray(problems) ? problems.map(String) : [error.message];
}
