import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { AskgraphError } from '../../schema/errors.js';
import { compilePlan } from './compile.js';
import { readCondition } from './conditions.js';
import type { Step } from './execution.js';
import type { JsonObject } from './json.js';
import { findPassThrough, type PassThrough } from './pass-through.js';
import { type Conditions, makePlannable, type PlannableOperation } from './plannable-operation.js';
import type { ActiveOverrides, QueryPlanner } from './planning/query-planner.js';
import { compileProjection, compileWriting, type Projection, type ProjectionContext } from './projection.js';
import type { TypeConditions } from './type-conditions.js';

/** An operation that is ready to run: planned, compiled, and with all that its answer is made by. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  readonly plannable: PlannableOperation;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Runs the plan. */
  readonly fetch: Step;
  /** What projects the answer, given the variables that @skip and @include look at. */
  projectionFor(variables: Readonly<Record<string, unknown>>): Projections;
  /** Where one subgraph's answer is the client's. */
  readonly passThrough: PassThrough | undefined;
}

/** The ways to make the answer. What is below their roots is compiled when it is first needed. */
export interface Projections {
  readonly asValues: Projection<JsonObject>;
  readonly asText: Projection<string>;
}

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly types: TypeConditions;
  readonly aliasPrefix: string;
  /** Whether a type has members or values that clients must not see. */
  readonly hidesSome: (type: GraphQLNamedType) => boolean;
}

/** An operation as a document has it. */
export interface FoundOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that @skip and @include look at. */
  readonly conditions: readonly string[];
}

/** Finds an operation in a document. Throws BAD_REQUEST where it is not there, and PLAN_FAILED for a subscription. */
export function findOperation(document: DocumentNode, operationName: string | undefined): FoundOperation {
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) {
    throw new AskgraphError('BAD_REQUEST', 'The document has no such operation.');
  }
  if (operation.operation === 'subscription') {
    throw new AskgraphError('PLAN_FAILED', 'Subscriptions are not executed by the supergraph.');
  }
  return { operation, fragments: fragmentsOf(document), conditions: conditionVariables(document) };
}

/** Plans and compiles one operation, for given values of conditions and given overrides. Throws PLAN_FAILED. */
export async function prepareOperation(
  { operation, fragments, conditions }: FoundOperation,
  settled: Conditions,
  overrides: ActiveOverrides,
  options: PrepareOptions,
): Promise<PreparedOperation> {
  const plannable = makePlannable(operation, fragments, options.aliasPrefix, settled);
  const { source } = plannable;
  const plan = source === undefined ? undefined : await options.planner.plan(source, overrides);
  return {
    operation,
    plannable,
    fragments,
    fetch: plan === undefined ? async () => {} : compilePlan(plan, options.types),
    projectionFor: projections(operation, fragments, plannable, options.schema, conditions),
    passThrough: plan && findPassThrough(plan, { ...options, operation, fragments, plannable }),
  };
}

/** How many combinations of conditions one operation remembers its projection for. */
const REMEMBERED_PROJECTIONS = 32;

function projections(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  plannable: PlannableOperation,
  schema: GraphQLSchema,
  conditions: readonly string[],
): (variables: Readonly<Record<string, unknown>>) => Projections {
  const root = schema.getRootType(operation.operation);
  if (root === null || root === undefined) {
    throw new AskgraphError('BAD_REQUEST', `The schema has no ${operation.operation} type.`);
  }
  const known = new LRUCache<string, Projections>({ max: REMEMBERED_PROJECTIONS });
  return (variables) => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let projection = known.get(key);
    if (projection === undefined) {
      const context: ProjectionContext = { schema, fragments, variables, dataKey: plannable.dataKey };
      projection = {
        asValues: compileProjection(root, operation.selectionSet, context),
        asText: compileWriting(root, operation.selectionSet, context),
      };
      known.set(key, projection);
    }
    return projection;
  };
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    [Kind.DIRECTIVE]: {
      enter: (directive) => {
        const condition = readCondition(directive);
        if (typeof condition?.if === 'string') names.add(condition.if);
      },
    },
  });
  return [...names];
}
