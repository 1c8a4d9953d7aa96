import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import type { RequestContext } from '../subgraphs/request-context.js';

const MOST_ASKS = 3;
/** The query planner reads about fifty levels; introspection as GraphiQL sends it has some fifteen. */
const MOST_LEVELS = 40;
const MOST_FIELDS = 5_000;

/**
 * Refuses an operation that can't be answered or would cost too much, before it is planned. A question is never asked
 * by GET, which caches and crawlers repeat, and at most three times in one operation.
 */
export const limitOperations: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, document, request }) {
        if (operation === undefined) throw noSuchOperation(request.operationName);
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw refusal('BAD_REQUEST', 'Subscriptions are not served: send the question as a query.');
        }
        const { asks, fields, levels } = weigh(operation, document);
        if (asks > 0 && request.http?.method === 'GET') throw askByGet();
        if (asks > MOST_ASKS) {
          const message = `One operation may ask at most ${MOST_ASKS} questions; this one asks ${asks}.`;
          throw refusal('TOO_COMPLEX', message);
        }
        if (fields > MOST_FIELDS) {
          const message = `One operation may select at most ${MOST_FIELDS} fields, counted through its fragments.`;
          throw refusal('TOO_COMPLEX', message);
        }
        if (levels > MOST_LEVELS) throw tooDeep('operation');
        if (isDeeper(request.variables, MOST_LEVELS)) throw tooDeep('variables');
      },
    };
  },
};

interface Weight {
  /** Questions asked on this level, whether written here or in a fragment that is spread here. */
  readonly asks: number;
  readonly fields: number;
  readonly levels: number;
}

const NOTHING: Weight = { asks: 0, fields: 0, levels: 0 };

/** Each fragment is weighed once: spread in one another, few of them would stand for millions of fields. */
function weigh(operation: OperationDefinitionNode, document: DocumentNode): Weight {
  const definitions = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) definitions.set(node.name.value, node);
  const weights = new Map<string, Weight>();

  const ofFragment = (name: string): Weight => {
    const known = weights.get(name);
    if (known !== undefined) return known;
    const weight = ofSelections(definitions.get(name)?.selectionSet);
    weights.set(name, weight);
    return weight;
  };
  const ofSelections = (set: SelectionSetNode | undefined): Weight =>
    (set?.selections ?? []).map(ofSelection).reduce(sum, NOTHING);
  const ofSelection = (selection: SelectionNode): Weight => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    const inner = ofSelections(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return { ...inner, levels: inner.levels + 1 };
    const values = (selection.arguments ?? []).map((argument) => levelsOf(argument.value));
    return {
      asks: selection.name.value === 'ask' ? 1 : 0,
      fields: inner.fields + 1,
      levels: Math.max(inner.levels, ...values) + 1,
    };
  };

  const weight = ofSelections(operation.selectionSet);
  const defaults = (operation.variableDefinitions ?? []).map(({ defaultValue }) =>
    defaultValue === undefined ? 0 : levelsOf(defaultValue),
  );
  return { ...weight, levels: Math.max(weight.levels, ...defaults) };
}

function sum(a: Weight, b: Weight): Weight {
  return {
    asks: a.asks + b.asks,
    fields: a.fields + b.fields,
    levels: Math.max(a.levels, b.levels),
  };
}

function levelsOf(value: ValueNode): number {
  switch (value.kind) {
    case Kind.LIST:
      return value.values.reduce((most, item) => Math.max(most, levelsOf(item)), 0) + 1;
    case Kind.OBJECT:
      return value.fields.reduce((most, field) => Math.max(most, levelsOf(field.value)), 0) + 1;
    default:
      return 0;
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

function tooDeep(what: 'operation' | 'variables'): GraphQLError {
  const message = `The ${what === 'operation' ? 'operation is' : 'variables are'} nested more than ${MOST_LEVELS} levels deep.`;
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

function refusal(code: 'BAD_REQUEST' | 'TOO_COMPLEX', message: string): GraphQLError {
  const error = new AskgraphError(code, message);
  return new GraphQLError(message, {
    originalError: error,
    extensions: { code, http: { status: error.status } },
  });
}
