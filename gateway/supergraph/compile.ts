import type { FlattenNode, PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import { type FieldNode, Kind, parse, visit } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { Step } from './execution.js';
import { compileEntityFetch, type EntityFetchOptions } from './fetch-entities.js';
import { compileRootFetch } from './fetch-root.js';
import { createMerge } from './merge.js';
import { fetchesOf } from './planning/plan-nodes.js';
import type { TypeConditions } from './type-conditions.js';

/** Compiles a plan into what runs it, once for all its executions. */
export function compilePlan(plan: QueryPlan, types: TypeConditions): Step {
  if (plan.node === undefined || plan.node === null) return async () => {};
  const merge = createMerge(types);
  const answers = fetchesOf(plan.node).some(({ operation }) => choosesOwnFields(operation))
    ? 'copied'
    : 'shared';
  return compileNode(plan.node, { types, merge, answers });
}

function compileNode(node: PlanNode, options: EntityFetchOptions): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileRootFetch(node, options.types, options.merge);
    case 'BatchFetch':
      return compileEntityFetch({ ...node, aliases: node.entityBatch.aliases }, options);
    case 'Flatten':
      return compileFlatten(node, options);
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compileNode(child, options)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => compileNode(child, options)));
    case 'Condition': {
      const met = node.ifClause ? compileNode(node.ifClause, options) : undefined;
      const unmet = node.elseClause ? compileNode(node.elseClause, options) : undefined;
      return async (execution) => {
        await (execution.variables[node.condition] === true ? met : unmet)?.(execution);
      };
    }
    case 'Subscription':
    case 'Defer':
      throw new AskgraphError('PLAN_FAILED', `A plan with a ${node.kind} node cannot be executed.`);
  }
}

function compileFlatten({ path, node }: FlattenNode, options: EntityFetchOptions): Step {
  if (node.kind !== 'Fetch' || node.requires === undefined) {
    throw new AskgraphError('PLAN_FAILED', `A plan with a ${node.kind} inside a Flatten cannot be executed.`);
  }
  const { requires, inputRewrites, outputRewrites, ...fetch } = node;
  const alias = {
    alias: '_entities',
    representationsVariableName: 'representations',
    paths: [path],
    requires,
    ...(inputRewrites === undefined ? {} : { inputRewrites }),
    ...(outputRewrites === undefined ? {} : { outputRewrites }),
  };
  return compileEntityFetch({ ...fetch, aliases: [alias] }, options);
}

function inSequence(steps: readonly Step[]): Step {
  return async (execution) => {
    for (const step of steps) await step(execution);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (execution) => {
    await Promise.all(steps.map((step) => step(execution)));
  };
}

/**
 * Whether the planner asks for fields with arguments of its own, for what a field requires. Two places may then have
 * different values under one name, so the places must not share an answer. (A client's fields with arguments have
 * aliases of their own: see plannable-operation.ts.)
 */
function choosesOwnFields(operation: string): boolean {
  let found = false;
  const look = (field: FieldNode): void => {
    const isPlain = (field.arguments?.length ?? 0) === 0 || field.name.value === '_entities';
    const isPlanners = field.alias === undefined || field.alias.value.startsWith('_internal_qp_alias');
    if (isPlanners && !isPlain) found = true;
  };
  visit(parse(operation, { noLocation: true }), { [Kind.FIELD]: { enter: look } });
  return found;
}
