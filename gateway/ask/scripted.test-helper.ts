import { type ExecutionResult, GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { AskDomain, Profile } from '../knowledge/domain.js';
import { makeKnowledge } from '../knowledge/knowledge.js';
import type { GraphqlStep, Plan, PlanOutcome, PlanRequest, SqlStep } from '../planner/planner.js';
import { type AskDependencies, type Asked, ask } from './ask.js';
import { tellNobody } from './ask-event.js';
import type { Combine } from './combine.js';
import type { Memory } from './remembering.js';
import type { Doors } from './run.js';
import type { AskInput } from './schema/ask-service.js';

export function domainOf(name: string, description: string): AskDomain {
  return {
    name,
    description,
    engine: `engine of ${name}`,
    production: 'none',
    tables: [],
    catalog: { database: name, description, tables: [] },
    dialect: undefined,
    glossary: {},
    examples: [`What is in ${name}?`],
  };
}

/** A step that counts the rows of `things` by GraphQL. */
export function countStep(name: string, more: Partial<GraphqlStep> = {}): GraphqlStep {
  return {
    name,
    domain: 'shop',
    language: 'GRAPHQL',
    query: `{ ${name} }`,
    dependsOn: [],
    result: {
      rowPath: ['rows'],
      columns: [{ name: 'count', path: ['count'], type: 'BIGINT' }],
      notes: [['note']],
    },
    ...more,
  };
}

export function sqlStep(name: string, more: Partial<SqlStep> = {}): SqlStep {
  return { name, domain: 'shop', language: 'SQL', query: `SELECT ${name}`, dependsOn: [], ...more };
}

export function planOf(more: Partial<Plan> = {}): Plan {
  return {
    kind: 'plan',
    steps: [countStep('result')],
    restatement: 'number of things',
    columns: [{ name: 'count', label: 'number of things', role: 'asked' }],
    assumptions: [],
    sources: [],
    confidence: 1,
    ...more,
  };
}

export function inputOf(more: Partial<AskInput> = {}): AskInput {
  return {
    question: 'How many things are there?',
    conversationId: undefined,
    choiceId: undefined,
    domains: undefined,
    asOf: undefined,
    timeZone: 'UTC',
    maxRows: 100,
    idempotencyKey: undefined,
    ...more,
  };
}

export interface Script {
  readonly outcome: PlanOutcome;
  /** By the query's text: what the supergraph answers, or throws. */
  readonly graphql?: (query: string, context: RequestContext) => ExecutionResult;
  readonly sql?: Doors['sql'];
  readonly combine?: Combine;
  readonly profile?: Partial<Profile>;
}

/** Nothing was asked before. */
const NO_MEMORY: Memory = {
  earlier: async () => [],
  verified: { find: async () => undefined, alike: async () => [] },
  plans: { find: async () => undefined, keep: async () => {} },
};

const unexpected = () => Promise.reject(new Error('This door was not expected to be used.'));

/** The pipeline's surroundings, with a planner and doors that do what they are told, and what they were asked. */
export function scripted(
  script: Script,
): AskDependencies & { readonly planned: PlanRequest[]; readonly ran: string[] } {
  const planned: PlanRequest[] = [];
  const ran: string[] = [];
  const profile: Profile = { columnFacts: () => undefined, tableFacts: () => undefined, ...script.profile };
  const knowledge = makeKnowledge(
    [domainOf('shop', 'Things that are sold.'), domainOf('staff', 'People.')],
    profile,
  );
  return {
    planned,
    ran,
    knowledge: () => Promise.resolve(knowledge),
    namedKnowledge: () => Promise.resolve(undefined),
    planner: {
      name: 'scripted',
      plan: (request) => {
        planned.push(request);
        return Promise.resolve(script.outcome);
      },
    },
    doors: {
      graphql: async (query, _variables, context) => {
        ran.push(query);
        return script.graphql === undefined ? unexpected() : script.graphql(query, context);
      },
      sql: async (domain, text, rowLimit, context) => {
        ran.push(text);
        return script.sql === undefined ? unexpected() : script.sql(domain, text, rowLimit, context);
      },
      explain: unexpected,
      inspect: unexpected,
      rowsToModel: () => undefined,
      schema: () => new GraphQLSchema({}),
    },
    callModel: unexpected,
    writer: undefined,
    now: () => new Date('2024-03-01T10:00:00Z'),
    memory: NO_MEMORY,
    policyDigestOf: () => 'digest',
    combine: script.combine ?? unexpected,
  };
}

/** What the pipeline makes of a question that nobody follows. */
export async function askQuietly(
  input: AskInput,
  context: RequestContext,
  dependencies: AskDependencies,
): Promise<Asked['body']> {
  return (await ask(input, context, dependencies, tellNobody)).body;
}
