import type { ApolloServerPlugin } from '@apollo/server';
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { AskgraphError } from '../schema/errors.js';
import type { AuditTrail } from '../subgraphs/audit/audit-trail.js';
import type { OpenSubgraph } from '../subgraphs/open-subgraph.js';
import type { Caller, RequestContext } from '../subgraphs/request-context.js';
import type { AccessOf, CallerAccess } from './caller-access.js';
import { hiddenInVariables } from './hidden-inputs.js';
import { visibleSchema } from './visible-schema.js';

/** A caller's access, in which nothing is hidden of the domains that say what they hide; undefined where none does. */
export type NamedAccessOf = (caller: Caller) => CallerAccess | undefined;

export function makeNamedAccessOf(
  subgraphs: readonly Pick<OpenSubgraph, 'name' | 'permissions' | 'definition'>[],
  accessOf: AccessOf,
): NamedAccessOf {
  const naming = subgraphs.filter(
    ({ permissions, definition }) =>
      permissions.kind === 'policies' && definition.hiddenNames === 'notPermitted',
  );
  if (naming.length === 0) return () => undefined;
  return (caller) => {
    const { digest, domains } = accessOf(caller);
    const named = naming.map(({ name, permissions }) => [name, permissions.whole] as const);
    return { digest, domains: new Map([...domains, ...named]) };
  };
}

export interface HiddenNamesOptions {
  readonly schema: GraphQLSchema;
  readonly subgraphs: readonly OpenSubgraph[];
  /** The SDL of subgraphs that everybody sees. */
  readonly common: readonly string[];
  readonly namedAccessOf: NamedAccessOf;
}

/** How many callers' rights have such a schema at a time. */
const REMEMBERED = 20;

/** The schema of the names that a caller may be told of, whatever they may see; undefined where those are the same. */
export function makeNamedSchemas({
  schema,
  subgraphs,
  common,
  namedAccessOf,
}: HiddenNamesOptions): (caller: Caller) => GraphQLSchema | undefined {
  const known = new LRUCache<string, GraphQLSchema>({ max: REMEMBERED });
  return (caller) => {
    const access = namedAccessOf(caller);
    if (access === undefined) return undefined;
    const found = known.get(access.digest) ?? visibleSchema(schema, subgraphs, common, access);
    known.set(access.digest, found);
    return found;
  };
}

/** More mistakes than these are not told apart. */
const MOST_MISTAKES = 200;

/** What of the mistakes of validation are none but for the caller's rights, each with the error to answer instead. */
function findHidden(
  errors: readonly GraphQLError[],
  document: DocumentNode,
  named: GraphQLSchema,
): Map<GraphQLError, AskgraphError> {
  const others = validate(named, document, specifiedRules, { maxErrors: MOST_MISTAKES });
  if (others.length > MOST_MISTAKES) return new Map();
  const places = new Set(others.map(placeOf));
  return new Map(
    errors.flatMap((error) => {
      const name = nameIn(error.nodes?.[0]);
      if (name === undefined || places.has(placeOf(error))) return [];
      return [[error, notPermitted(name)] as const];
    }),
  );
}

function placeOf({ positions }: GraphQLError): string {
  return String(positions?.[0]);
}

function nameIn(node: ASTNode | undefined): string | undefined {
  switch (node?.kind) {
    case Kind.FIELD:
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
    case Kind.NAMED_TYPE:
      return node.name.value;
    case Kind.ENUM:
      return node.value;
    default:
      return undefined;
  }
}

export interface HiddenNamesPlugin {
  readonly namedSchemaOf: (context: RequestContext) => GraphQLSchema | undefined;
  /** With every name. */
  readonly wholeSchema: () => GraphQLSchema;
  readonly policyDigestOf: (caller: Caller) => string;
  readonly audit: AuditTrail;
}

/**
 * Says of hidden names that they are not permitted, where their domain lets it be known that there is something; that
 * somebody asked for any is on record.
 */
export function explainHiddenNames(options: HiddenNamesPlugin): ApolloServerPlugin<RequestContext> {
  const { namedSchemaOf, wholeSchema, policyDigestOf, audit } = options;
  const record = (names: readonly string[], code: AskgraphError['code'], context: RequestContext): void => {
    const { requestId, caller } = context;
    audit.note({
      kind: 'policy',
      decision: 'refused',
      requestId,
      caller,
      code,
      facts: { digest: policyDigestOf(caller), names: [...new Set(names)].sort() },
    });
  };
  return {
    async requestDidStart() {
      let hidden = new Map<GraphQLError, AskgraphError>();
      return {
        async validationDidStart({ document, contextValue }) {
          return async (errors) => {
            if (errors === undefined || errors.length === 0) return;
            const mistakes = errors as readonly GraphQLError[];
            const asked = [...findHidden(mistakes, document, wholeSchema()).values()];
            if (asked.length === 0) return;
            const named = namedSchemaOf(contextValue);
            if (named !== undefined) hidden = findHidden(mistakes, document, named);
            const names = asked.map(({ details }) => String(details.name));
            record(names, hidden.size === 0 ? 'UNKNOWN_NAME' : 'FORBIDDEN', contextValue);
          };
        },
        async willSendResponse({ errors, response, operation, request, schema, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          // What could not be read of the variables: they are no deeper then than operations may be.
          const unread = singleResult.errors?.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');
          if (operation !== undefined && unread === true && singleResult.data == null) {
            const namesIn = (known: GraphQLSchema) =>
              hiddenInVariables(operation, request.variables, schema, known);
            const asked = namesIn(wholeSchema());
            if (asked.length === 0) return;
            const named = namedSchemaOf(contextValue);
            const told = named === undefined ? [] : namesIn(named);
            record(asked, told.length === 0 ? 'UNKNOWN_NAME' : 'FORBIDDEN', contextValue);
            if (told.length > 0) singleResult.errors = told.map(presentRefusal);
            return;
          }
          if (hidden.size === 0) return;
          const byPlace = new Map([...hidden].map(([error, refusal]) => [placeOf(error), refusal]));
          singleResult.errors = (singleResult.errors ?? []).map((formatted, index) => {
            const error = errors?.[index];
            const refusal = error === undefined ? undefined : byPlace.get(placeOf(error));
            if (refusal === undefined) return formatted;
            const { code, message, details } = refusal;
            return { ...formatted, message, extensions: { ...formatted.extensions, code, details } };
          });
        },
      };
    },
  };
}

function notPermitted(name: string): AskgraphError {
  return new AskgraphError('FORBIDDEN', `"${name}" is not permitted.`, { details: { name } });
}

function presentRefusal(name: string): GraphQLFormattedError {
  const { message, code, details } = notPermitted(name);
  return { message, extensions: { code, details } };
}
