import type { FetchNode } from '@graphql-hive/router-query-planner';
import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import type { Step } from './execution.js';
import { subgraphError, transportError } from './fetch-errors.js';
import { isJsonObject } from './json.js';
import type { Merge } from './merge.js';
import { applyRewrites, compileRewrites } from './rewrite.js';
import { send } from './send.js';
import type { TypeConditions } from './type-conditions.js';
import { pickVariables } from './variables.js';

/** Compiles a fetch of root fields. */
export function compileRootFetch(node: FetchNode, types: TypeConditions, merge: Merge): Step {
  const { serviceName, operation } = node;
  const fields = rootFields(operation);
  const rewrites = compileRewrites(node.outputRewrites, types);
  return async (execution) => {
    try {
      const result = await send(
        serviceName,
        {
          query: operation,
          operationName: node.operationName,
          variables: pickVariables(execution.variables, node.variableUsages),
          variablesJson: undefined,
        },
        execution,
      );
      for (const error of result.errors ?? []) {
        const paths = error.path === undefined ? fields.map((field) => [field]) : [error.path];
        for (const path of paths) execution.errors.push(subgraphError(error, serviceName, path));
      }
      if (!isJsonObject(result.data)) return;
      applyRewrites(result.data, rewrites);
      merge(execution.data, result.data);
    } catch (thrown) {
      for (const field of fields) execution.errors.push(transportError(thrown, serviceName, [field]));
    }
  };
}

/** The response names of an operation's root fields. */
function rootFields(source: string): string[] {
  const document = parse(source, { noLocation: true });
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const names = new Set<string>();
  const gather = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) gather(selection.selectionSet);
      else {
        for (const definition of document.definitions) {
          if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
          if (definition.name.value === selection.name.value) gather(definition.selectionSet);
        }
      }
    }
  };
  if (operation !== undefined) gather(operation.selectionSet);
  return [...names];
}
