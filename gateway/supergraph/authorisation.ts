import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { isOwnCaller } from '../../subgraphs/own-callers.js';
import type { Caller } from '../../subgraphs/request-context.js';
import { type Requirement, readRequirements } from './requirements.js';

/** A field that a caller may not read, as it stands in an operation that leaves it out. */
export interface LeftOut {
  /** The client's name of it. */
  readonly responseKey: string;
  readonly coordinate: string;
  readonly presence: 'nullable' | 'nonNull';
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
}

/** An operation without what its caller may not read. */
export interface PermittedDocument {
  readonly document: DocumentNode;
  /** By the alias under which the type's name is asked for in the field's place; empty where all is permitted. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
}

/** What no client's response name begins with: two underscores are GraphQL's own. */
const MARK = '__leftOut';
const REMEMBERED_VERDICTS = 16;

/**
 * Makes what takes the fields out of an operation that its caller may not read, by `@authenticated`, `@requiresScopes`
 * and `@policy`: they are neither planned nor sent to any subgraph. Undefined for a supergraph without these.
 */
export function makeAuthorisation(
  supergraph: DocumentNode,
  schema: GraphQLSchema,
): ((document: DocumentNode, caller: Caller) => PermittedDocument) | undefined {
  const requirementsOf = readRequirements(supergraph, schema);
  if (requirementsOf === undefined) return undefined;
  const known = new WeakMap<DocumentNode, LRUCache<string, PermittedDocument>>();
  return (document, caller) => {
    const verdicts = new Map<string, boolean>();
    const fulfils = (requirement: Requirement): boolean => {
      let verdict = verdicts.get(requirement.key);
      if (verdict === undefined) {
        verdict = isFulfilled(requirement, caller);
        verdicts.set(requirement.key, verdict);
      }
      return verdict;
    };
    const key = requirementsOf.all.map((requirement) => (fulfils(requirement) ? '1' : '0')).join('');
    let permitted = known.get(document);
    if (permitted === undefined) {
      permitted = new LRUCache({ max: REMEMBERED_VERDICTS });
      known.set(document, permitted);
    }
    const code = isAnonymous(caller) ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    const variant = `${code} ${key}`;
    let found = permitted.get(variant);
    if (found === undefined) {
      const isPermitted = (type: string, field: string) => requirementsOf.field(type, field).every(fulfils);
      found = leaveOut(document, schema, isPermitted, code);
      permitted.set(variant, found);
    }
    return found;
  };
}

function isAnonymous({ subject }: Caller): boolean {
  return subject === 'anonymous';
}

/**
 * Scopes are the words of the `scope` claim, or a list; a caller fulfils the policies that are among their roles, and
 * the gateway's own callers fulfil all.
 */
function isFulfilled(requirement: Requirement, caller: Caller): boolean {
  if (isOwnCaller(caller)) return true;
  switch (requirement.kind) {
    case 'authenticated':
      return !isAnonymous(caller);
    case 'scopes': {
      const scopes = scopesOf(caller);
      return requirement.anyOf.some((all) => all.every((scope) => scopes.includes(scope)));
    }
    case 'policies':
      return requirement.anyOf.some((all) => all.every((policy) => caller.roles.includes(policy)));
  }
}

function scopesOf({ claims }: Caller): readonly unknown[] {
  const scope = Object.hasOwn(claims, 'scope') ? claims.scope : undefined;
  if (Array.isArray(scope)) return scope;
  return typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : [];
}

function leaveOut(
  document: DocumentNode,
  schema: GraphQLSchema,
  isPermitted: (type: string, field: string) => boolean,
  code: LeftOut['code'],
): PermittedDocument {
  const leftOut = new Map<string, LeftOut>();
  const types = new TypeInfo(schema);
  const cut = visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const parent = types.getParentType();
          const name = node.name.value;
          if (parent === null || parent === undefined || name.startsWith('__')) return undefined;
          if (isPermitted(parent.name, name)) return undefined;
          const mark = `${MARK}${leftOut.size}`;
          leftOut.set(mark, {
            responseKey: (node.alias ?? node.name).value,
            coordinate: `${parent.name}.${name}`,
            presence: isNonNullField(parent, name) ? 'nonNull' : 'nullable',
            code,
          });
          return inPlaceOf(node, mark);
        },
      },
    }),
  );
  return { document: leftOut.size === 0 ? document : cut, leftOut };
}

/** The type's name under an alias: whatever its conditions are, it stands in the answer where the field would. */
function inPlaceOf({ directives }: FieldNode, mark: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: mark },
    name: { kind: Kind.NAME, value: '__typename' },
    ...(directives === undefined ? {} : { directives }),
  };
}

function isNonNullField(type: GraphQLNamedType, name: string): boolean {
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  return isNonNullType(type.getFields()[name]?.type);
}
