import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import type { RequestContext } from '../subgraphs/request-context.js';
import { asGraphQLRefusal } from './errors.js';
import type { CallerLimits } from './limits/caller-limits.js';
import { checkDocument } from './limits/check-document.js';
import type { Costs } from './limits/costs.js';
import type { OperationLimits } from './limits/limits-config.js';
import { type Weight, weighOperation } from './limits/weigh-operation.js';

/**
 * Refuses an operation that can't be answered or would cost too much, before it is planned; its questions are taken
 * from what the caller may ask. A question is never asked by GET, which caches and crawlers repeat. What an operation
 * was reckoned to cost is told in `extensions.cost`, so that clients can see a limit coming.
 */
export function limitOperations(
  limits: OperationLimits,
  callers: CallerLimits,
  costs: Costs,
): ApolloServerPlugin<RequestContext> {
  return {
    /** What is refused before validation leaves by here: Apollo Server would take it for a fault of its own. */
    async unexpectedErrorProcessingRequest({ error }) {
      if (error instanceof GraphQLError) throw error;
    },
    async requestDidStart() {
      let weight: Weight | undefined;
      return {
        async validationDidStart({ document }) {
          try {
            checkDocument(document, limits);
          } catch (thrown) {
            throw asGraphQLRefusal(thrown);
          }
        },
        async didResolveOperation({ operation, document, request, schema, contextValue }) {
          if (operation === undefined) throw noSuchOperation(request.operationName);
          if (operation.operation === OperationTypeNode.SUBSCRIPTION && !takesEvents(contextValue)) {
            throw refusal(
              'BAD_REQUEST',
              'A subscription is answered as an event stream: accept text/event-stream.',
            );
          }
          weight = weighOperation(operation, document, schema, request.variables ?? {}, costs);
          if (weight.asks > 0 && request.http?.method === 'GET') throw askByGet();
          checkWeight(weight, limits);
          if (isDeeper(request.variables, limits.levels)) throw tooDeep('variables', limits.levels);
          if (weight.asks > 0 && contextValue.account !== undefined) {
            await callers.takeQuestions(contextValue.account, weight.asks).catch((thrown: unknown) => {
              throw asGraphQLRefusal(thrown);
            });
          }
        },
        async willSendResponse({ response }) {
          if (weight === undefined || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const cost = { estimated: weight.cost, limit: limits.cost };
          singleResult.extensions = { ...singleResult.extensions, cost };
        },
      };
    },
  };
}

function takesEvents({ http }: RequestContext): boolean {
  return String(http?.headers.accept ?? '')
    .toLowerCase()
    .includes('text/event-stream');
}

function checkWeight(weight: Weight, limits: OperationLimits): void {
  const { asks, fields, rootFields, levels, cost } = weight;
  if (asks > limits.questions) {
    const message = `One operation may ask at most ${limits.questions} questions; this one asks ${asks}.`;
    throw refusal('TOO_COMPLEX', message);
  }
  if (fields > limits.fields) {
    const message = `One operation may select at most ${limits.fields} fields, counted through its fragments.`;
    throw refusal('TOO_COMPLEX', message);
  }
  if (rootFields > limits.rootFields) {
    throw refusal('TOO_COMPLEX', `One operation may select at most ${limits.rootFields} fields at its root.`);
  }
  if (levels > limits.levels) throw tooDeep('operation', limits.levels);
  if (cost > limits.cost) {
    const message = `The operation may cost ${cost}; at most ${limits.cost} is allowed. Give its lists a smaller limit.`;
    throw refusal('TOO_COMPLEX', message, { cost, limit: limits.cost });
  }
}

/** Level by level, since what is nested too deeply for this can't be walked by recursion either. */
function isDeeper(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function noSuchOperation(name: string | undefined): GraphQLError {
  const message =
    name === undefined || name === ''
      ? 'The document has several operations: say by operationName which one to run.'
      : `The document has no operation "${name}".`;
  return refusal('BAD_REQUEST', message);
}

function tooDeep(what: 'operation' | 'variables', levels: number): GraphQLError {
  const message = `The ${what === 'operation' ? 'operation is' : 'variables are'} nested more than ${levels} levels deep.`;
  return refusal('TOO_COMPLEX', message);
}

function askByGet(): GraphQLError {
  const error = new AskgraphError('BAD_REQUEST', 'ask is not answered by GET: send it by POST.');
  const headers = new HeaderMap([['allow', 'POST']]);
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: 405, headers } },
  });
}

function refusal(
  code: 'BAD_REQUEST' | 'TOO_COMPLEX',
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return asGraphQLRefusal(new AskgraphError(code, message, { details }));
}
