import {
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { LeftOut, PermittedDocument } from './authorisation.js';
import { isJsonObject, type JsonObject } from './json.js';

/** Says that a null reached what holds it. */
const NULLED = Symbol('nulled');

type Selections = readonly { readonly set: SelectionSetNode; readonly type: GraphQLNamedType }[];

/**
 * Puts null, and an error beside it, where a field was left out because its caller may not read it; a null that may not
 * be there takes what holds it along.
 */
export function tellLeftOut(
  result: ExecutionResult,
  { document, leftOut }: PermittedDocument,
  operationName: string | undefined,
  schema: GraphQLSchema,
): ExecutionResult {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!isJsonObject(result.data) || operation === null || operation === undefined || !root) return result;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const told = new Telling(schema, fragments, leftOut);
  const data = told.object(result.data, [{ set: operation.selectionSet, type: root }], []);
  const errors = [...(result.errors ?? []), ...told.errors];
  return { ...(errors.length === 0 ? {} : { errors }), data: data === NULLED ? null : data };
}

class Telling {
  readonly errors: GraphQLError[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly leftOut: ReadonlyMap<string, LeftOut>,
  ) {}

  object(
    value: JsonObject,
    selections: Selections,
    path: readonly (string | number)[],
  ): JsonObject | typeof NULLED {
    const fields = this.fieldsOf(selections);
    const answer: JsonObject = {};
    let nulled = false;
    for (const [key, inner] of Object.entries(value)) {
      const left = this.leftOut.get(key);
      if (left !== undefined) {
        this.report(left, [...path, left.responseKey]);
        answer[left.responseKey] = null;
        nulled ||= left.presence === 'nonNull';
        continue;
      }
      const found = fields.get(key);
      const type = found?.[0]?.type;
      const completed =
        type === undefined
          ? inner
          : this.value(
              inner,
              type,
              (found ?? []).flatMap(({ node, type: given }) =>
                node.selectionSet === undefined
                  ? []
                  : [{ set: node.selectionSet, type: getNamedType(given) }],
              ),
              [...path, key],
            );
      if (completed === NULLED) nulled = true;
      else answer[key] = completed;
    }
    return nulled ? NULLED : answer;
  }

  private value(
    value: unknown,
    type: GraphQLOutputType,
    selections: Selections,
    path: readonly (string | number)[],
  ): unknown {
    if (isNonNullType(type)) return this.nullable(value, type.ofType, selections, path);
    const completed = this.nullable(value, type, selections, path);
    return completed === NULLED ? null : completed;
  }

  private nullable(
    value: unknown,
    type: GraphQLOutputType,
    selections: Selections,
    path: readonly (string | number)[],
  ): unknown {
    if (selections.length === 0) return value;
    if (isListType(type) && Array.isArray(value)) {
      const items = value.map((item, index) => this.value(item, type.ofType, selections, [...path, index]));
      return items.includes(NULLED) ? NULLED : items;
    }
    return isJsonObject(value) ? this.object(value, selections, path) : value;
  }

  private report({ coordinate, code }: LeftOut, path: readonly (string | number)[]): void {
    const message = `${coordinate} may not be read${code === 'UNAUTHENTICATED' ? ' by who has not said who they are' : ''}.`;
    this.errors.push(new GraphQLError(message, { path, extensions: { code } }));
  }

  /** The fields of any of the selections by response name, each with its type where it stands. */
  private fieldsOf(selections: Selections): Map<string, { node: FieldNode; type: GraphQLOutputType }[]> {
    const fields = new Map<string, { node: FieldNode; type: GraphQLOutputType }[]>();
    const gather = (set: SelectionSetNode, scope: GraphQLNamedType): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const definition =
            isObjectType(scope) || isInterfaceType(scope)
              ? scope.getFields()[selection.name.value]
              : undefined;
          if (definition === undefined) continue;
          const key = (selection.alias ?? selection.name).value;
          fields.set(key, [...(fields.get(key) ?? []), { node: selection, type: definition.type }]);
          continue;
        }
        const inner =
          selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection;
        const condition = inner?.typeCondition?.name.value;
        const type = condition === undefined ? scope : this.schema.getType(condition);
        if (inner !== undefined && type !== undefined) gather(inner.selectionSet, type);
      }
    };
    for (const { set, type } of selections) gather(set, type);
    return fields;
  }
}
