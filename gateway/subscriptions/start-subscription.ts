import { type ExecutionResult, type GraphQLSchema, getOperationAST, subscribe } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { coerceVariables } from '../supergraph/variables.js';
import type { AcceptedSubscription } from './subscriptions.js';

/**
 * Starts a subscription that was validated against what the caller sees. All that may be subscribed to is of one
 * subgraph, so its schema executes it as it stands.
 */
export async function startSubscription(
  schema: GraphQLSchema,
  { document, operationName, variables }: AcceptedSubscription,
  context: RequestContext,
): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const operation = getOperationAST(document, operationName);
  if (operation == null)
    throw new AskgraphError('INTERNAL', 'A subscription was let through without an operation.');
  const coerced = coerceVariables(schema, operation, variables);
  if ('errors' in coerced) return { errors: coerced.errors };
  return subscribe({
    schema,
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    contextValue: context,
  }) as Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;
}
