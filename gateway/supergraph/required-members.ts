import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  GraphQLError,
  type InlineFragmentNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from 'graphql';
import { nameOfType } from './planning/joins.js';
import { readTypeConditions } from './type-conditions.js';

/**
 * A subgraph's SDL in which @requires names object types where it named an interface or a union within another: for
 * the subgraph these are the same objects. The composer (0.27.0) takes the fields of such a fragment for unreachable.
 * An SDL without such fragments stays as it is.
 */
export function nameRequiredMembers(typeDefs: DocumentNode): DocumentNode {
  let naming: Naming | undefined;
  let isChanged = false;
  const nameIn = (type: string, directive: ConstDirectiveNode): ConstDirectiveNode => {
    if (!/^(federation__)?requires$/.test(directive.name.value)) return directive;
    const given = directive.arguments?.find(({ name }) => name.value === 'fields')?.value;
    // Without a fragment there is nothing to be named.
    if (given?.kind !== Kind.STRING || !given.value.includes('...')) return directive;
    naming ??= new Naming(typeDefs);
    const fields = naming.name(type, given.value);
    if (fields === undefined) return directive;
    isChanged = true;
    const value = { ...given, value: fields };
    return {
      ...directive,
      arguments: (directive.arguments ?? []).map((argument) => ({ ...argument, value })),
    };
  };
  const definitions = typeDefs.definitions.map((type) => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) return type;
    const fields = type.fields?.map(
      (field): FieldDefinitionNode => ({
        ...field,
        directives: (field.directives ?? []).map((directive) => nameIn(type.name.value, directive)),
      }),
    );
    return { ...type, ...(fields === undefined ? {} : { fields }) };
  });
  return isChanged ? { ...typeDefs, definitions } : typeDefs;
}

class Naming {
  readonly #conditions;
  /** The name of each field's type, by `Type.field`. */
  readonly #fieldTypes = new Map<string, string>();

  constructor(typeDefs: DocumentNode) {
    this.#conditions = readTypeConditions(typeDefs);
    for (const type of typeDefs.definitions) {
      if (!('fields' in type)) continue;
      for (const field of type.fields ?? []) {
        this.#fieldTypes.set(
          `${'name' in type ? type.name?.value : ''}.${field.name.value}`,
          nameOfType(field.type),
        );
      }
    }
  }

  /** The field set with object types named; undefined where nothing is to be changed, or nothing can be. */
  name(type: string, fields: string): string | undefined {
    try {
      const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
      if (definition?.kind !== Kind.OPERATION_DEFINITION) return undefined;
      const named = this.#nameIn(definition.selectionSet, type);
      if (named === undefined || print(named) === print(definition.selectionSet)) return undefined;
      return stripIgnoredCharacters(print(named)).slice(1, -1);
    } catch (error) {
      // The composer says what is wrong with it.
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
  }

  /** Undefined where nothing would be left. */
  #nameIn(selectionSet: SelectionSetNode, parent: string): SelectionSetNode | undefined {
    const selections: SelectionNode[] = [];
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD || selection.selectionSet === undefined) {
        selections.push(selection);
        continue;
      }
      for (const type of this.#typesOf(selection, parent)) {
        const inner = this.#nameIn(selection.selectionSet, type);
        if (selection.kind === Kind.FIELD) {
          // Where no object can have what is asked, the composer says so.
          selections.push({ ...selection, selectionSet: inner ?? selection.selectionSet });
        } else if (inner !== undefined) {
          selections.push(...(type === parent ? inner.selections : [fragmentOn(type, inner)]));
        }
      }
    }
    return selections.length === 0 ? undefined : { ...selectionSet, selections };
  }

  /** The types for which what is under a selection is asked: an abstract one only where it is the parent or a field's. */
  #typesOf(selection: SelectionNode, parent: string): string[] {
    if (selection.kind === Kind.FIELD)
      return [this.#fieldTypes.get(`${parent}.${selection.name.value}`) ?? ''];
    const condition =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    if (condition === undefined || condition === parent) return [parent];
    const possible = this.#conditions.satisfying([parent]);
    return [...this.#conditions.satisfying([condition])].filter(
      (name) => possible.has(name) && !this.#conditions.isAbstract(name),
    );
  }
}

function fragmentOn(type: string, selectionSet: SelectionSetNode): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
}
