import {
  assertValidSchema,
  type DocumentNode,
  type ExecutionResult,
  execute as executeLocally,
  type GraphQLSchema,
  specifiedScalarTypes,
} from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import { addLazily, makeLazyTypes } from '../../schema/lazy-types.js';
import { parseSdl } from '../../schema/parse-sdl.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { type LeftOut, makeAuthorisation } from './authorisation.js';
import { toClientPath } from './client-path.js';
import type { DomainApart } from './domain-apart.js';
import type { Execution } from './execution.js';
import { findHiddenParts } from './hidden-parts.js';
import { isJsonObject, type JsonObject } from './json.js';
import { overridesByRules } from './label-rules.js';
import { tellLeftOut } from './left-out.js';
import { loadQueryPlanner } from './plan.js';
import { unusedAliasPrefix } from './plannable-operation.js';
import type { PreparedOperation } from './prepare.js';
import { createPreparedCache } from './prepared-cache.js';
import { type OverrideRules, progressiveOverrides } from './progressive-override.js';
import type { ProjectionRun } from './projection.js';
import { publicSchema } from './public-schema.js';
import { ResultErrors } from './result-errors.js';
import { type PassedAnswer, runPassThrough } from './run-pass-through.js';
import { rejectOnAbort } from './send.js';
import { splitPlanner } from './split-planner.js';
import type { Transport } from './transport.js';
import { readTypeConditions } from './type-conditions.js';
import { coerceVariables } from './variables.js';

export interface SupergraphOptions {
  /** The SDL of a supergraph: composed here, or by any other composer of Federation 1 or 2. */
  readonly sdl: string;
  /** Domains of which only the namespace stands in the SDL. */
  readonly apart?: readonly DomainApart[];
  /** The way to each subgraph, by its name in the supergraph. They are closed with the supergraph. */
  readonly transports: ReadonlyMap<string, Transport>;
  /** How many operations stay planned and compiled. */
  readonly preparedOperations: number;
  /** Over overrides with a label; absent, percentages alone hold. */
  readonly overrides?: OverrideRules;
  /** Told what of an operation its caller may not read. */
  readonly onLeftOut?: (leftOut: Iterable<LeftOut>, context: RequestContext) => void;
}

export interface SupergraphRequest {
  /** Parsed, and validated against `schema`. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly context: RequestContext;
  /** What the caller sees of the schema, and introspects; the whole where absent. */
  readonly schema?: GraphQLSchema;
}

/** A supergraph that answers operations. */
export interface Supergraph {
  /** As it was composed: a domain apart has only its namespace in it. */
  readonly sdl: string;
  /** The domains whose types are not in it. */
  readonly apart: readonly DomainApart[];
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /**
   * Executes one operation. What goes wrong in subgraphs is in the result's errors; rejects with PLAN_FAILED where
   * no plan can be made.
   */
  execute(request: SupergraphRequest): Promise<ExecutionResult>;
  /** As `execute`; where nothing went wrong, the text of the answer, which has data and no errors. */
  respond(request: SupergraphRequest): Promise<SupergraphAnswer>;
  close(): Promise<void>;
}

export type SupergraphAnswer = { readonly result: ExecutionResult } | { readonly text: string };

/** Opens a supergraph. Throws COMPOSITION_FAILED for an SDL that is not one, and PLATFORM_UNSUPPORTED. */
export async function createSupergraph(options: SupergraphOptions): Promise<Supergraph> {
  const { document, schema } = readSupergraph(options.sdl);
  const { apart = [] } = options;
  for (const domain of apart) addDomain(schema, domain);
  const owners = new Map(apart.map(({ subgraph, printed }) => [printed.namespaceField, subgraph]));
  const types = readTypeConditions(document);
  const planner = await loadQueryPlanner(document);
  const find = createPreparedCache({
    schema,
    planner: splitPlanner(planner, owners),
    types,
    hidesSome: findHiddenParts(document, schema, types),
    aliasPrefix: unusedAliasPrefix(document),
    size: options.preparedOperations,
  });
  const authorise = makeAuthorisation(document, schema);
  const overridesFor = progressiveOverrides(document, options.overrides ?? overridesByRules([]));
  const run = async (request: SupergraphRequest, form: 'text' | 'values'): Promise<PassedAnswer> => {
    const permitted = authorise?.(request.document, request.context.caller);
    if (permitted === undefined || permitted.leftOut.size === 0) return answer(request, form);
    options.onLeftOut?.(permitted.leftOut.values(), request.context);
    const result = await answer({ ...request, document: permitted.document }, 'values');
    return tellLeftOut(result as ExecutionResult, permitted, request.operationName ?? undefined, schema);
  };
  const answer = async (request: SupergraphRequest, form: 'text' | 'values'): Promise<PassedAnswer> => {
    const { operation, prepare } = find(request.document, request.operationName ?? undefined);
    const { context } = request;
    // What the caller may not see is no input of theirs either, and no mistake of theirs is told by its name.
    const coerced = coerceVariables(request.schema ?? schema, operation, request.variables);
    if ('errors' in coerced) return { errors: coerced.errors };
    const prepared = await prepare(coerced.values, overridesFor(context));
    const { aborted, release } = rejectOnAbort(context.signal);
    const execution: Execution = {
      data: {},
      errors: [],
      shared: new Set(),
      variables: coerced.values,
      context,
      transports: options.transports,
      aborted,
    };
    try {
      if (prepared.passThrough !== undefined) {
        const { asValues } = prepared.projectionFor(coerced.values);
        return await runPassThrough(prepared.passThrough, execution, form, (errors) =>
          asValues({}, startProjection(errors, {}, execution)),
        );
      }
      await prepared.fetch(execution);
      return makeAnswer(prepared, execution, { schema, visible: request.schema ?? schema, form });
    } finally {
      release();
    }
  };
  return {
    sdl: options.sdl,
    apart,
    schema,
    // Text is given only where it is asked for.
    execute: (request) => run(request, 'values') as Promise<ExecutionResult>,
    async respond(request) {
      const answer = await run(request, 'text');
      return 'text' in answer ? { text: answer.text } : { result: answer };
    },
    async close() {
      planner.close();
      await Promise.all([...options.transports.values()].map((transport) => transport.close()));
    },
  };
}

function readSupergraph(sdl: string): { readonly document: DocumentNode; readonly schema: GraphQLSchema } {
  try {
    const document = parseSdl(sdl);
    const schema = publicSchema(document);
    assertValidSchema(schema);
    return { document, schema };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AskgraphError('COMPOSITION_FAILED', `The supergraph SDL cannot be read: ${reason}`, { cause });
  }
}

/** What a domain apart adds to what clients see. The printer's text needs no check. */
function addDomain(schema: GraphQLSchema, { printed }: DomainApart): void {
  const standing = { ...schema.getTypeMap() };
  for (const type of specifiedScalarTypes) standing[type.name] = type;
  const lazy = makeLazyTypes({
    definitions: printed.own,
    others: (name) => standing[name],
    resolverOf: () => undefined,
  });
  addLazily(schema, lazy, printed.namespaceType);
}

interface AnswerOptions {
  readonly schema: GraphQLSchema;
  /** What the caller sees of it. */
  readonly visible: GraphQLSchema;
  readonly form: 'text' | 'values';
}

/** Makes the client's answer out of what the subgraphs have answered. As text, where there are no errors. */
function makeAnswer(
  prepared: PreparedOperation,
  execution: Execution,
  { schema, visible, form }: AnswerOptions,
): PassedAnswer {
  const { operation, plannable, fragments } = prepared;
  const { data, variables } = execution;
  const { asText, asValues } = prepared.projectionFor(variables);
  const introspected = introspect(prepared, visible, variables);
  if (form === 'text' && execution.errors.length === 0) {
    const errors = new ResultErrors();
    const text = asText(data, startProjection(errors, introspected, execution));
    if (errors.list.length === 0) return { text: `{"data":${text}}` };
  }
  const errors = new ResultErrors();
  for (const error of execution.errors) {
    const context = { schema, fragments, variables };
    errors.add(error, toClientPath(error.path, operation.selectionSet, plannable.dataKey, context));
  }
  const answer = asValues(data, startProjection(errors, introspected, execution));
  return errors.list.length === 0 ? { data: answer } : { errors: errors.list, data: answer };
}

function startProjection(
  errors: ResultErrors,
  introspected: Readonly<JsonObject>,
  { shared }: Execution,
): ProjectionRun {
  return { errors, introspected, path: [], failures: 0, completed: new Map(), shared };
}

function introspect(
  prepared: PreparedOperation,
  schema: GraphQLSchema,
  variableValues: Readonly<Record<string, unknown>>,
): Readonly<JsonObject> {
  const document = prepared.plannable.introspection;
  if (document === undefined) return {};
  const result = executeLocally({ schema, document, variableValues });
  return 'data' in result && isJsonObject(result.data) ? result.data : {};
}
