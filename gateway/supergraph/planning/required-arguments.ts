import type { QueryPlan, RequiresSelection } from '@graphql-hive/router-query-planner';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  type TypeDefinitionNode,
  visit,
} from 'graphql';
import { type FieldedType, graphNames, isFielded, nameOfType, typesOf, withTypes } from './joins.js';
import { fetchesOf } from './plan-nodes.js';
import { type RequiredNames, splitFetches } from './split-fetches.js';

/** A supergraph for the planner in which no field requires another with arguments. */
export interface ArgumentlessSupergraph {
  readonly document: DocumentNode;
  /** Gives the fields of a plan back their own names and arguments, in place. */
  restore(plan: QueryPlan): void;
}

/**
 * Two fields may require a third with different arguments. The planner (0.0.38) then aliases one of them, and where
 * that stands deeper than the object that requires it, it brings the whole process down. So to the planner a field
 * with its arguments is a field of its own, and it has nothing to tell apart.
 */
export function withoutRequiredArguments(supergraph: DocumentNode): ArgumentlessSupergraph {
  const naming = new Naming(typesOf(supergraph));
  for (const type of [...naming.types.values()]) {
    if (isFielded(type)) naming.types.set(type.name.value, naming.renameRequires(type));
  }
  naming.addFields();
  const { originals } = naming;
  if (originals.size === 0) return { document: supergraph, restore: () => {} };
  return {
    document: withTypes(supergraph, naming.types),
    restore(plan) {
      if (plan.node) plan.node = splitFetches(plan.node, naming);
      for (const fetch of fetchesOf(plan.node)) {
        fetch.operation = restoreOperation(fetch.operation, originals);
        if ('requires' in fetch && fetch.requires !== undefined) {
          fetch.requires = fetch.requires.map((selection) => restoreRequired(selection, originals));
        }
        if (fetch.kind !== 'BatchFetch') continue;
        for (const alias of fetch.entityBatch.aliases) {
          alias.requires = alias.requires.map((selection) => restoreRequired(selection, originals));
        }
      }
    },
  };
}

class Naming implements RequiredNames {
  /** The fields as they are asked, by the names that the planner knows them by. */
  readonly originals = new Map<string, FieldNode>();
  readonly #names = new Map<string, string>();
  /** By type and by the name that the planner knows it by: fields that are to be added. */
  readonly #wanted = new Map<string, Set<string>>();
  /** By `subgraph type field`: the names that a field requires. */
  readonly #needed = new Map<string, Set<string>>();
  readonly #graphs: ReadonlyMap<string, string>;
  readonly #prefix: string;

  constructor(readonly types: Map<string, TypeDefinitionNode>) {
    this.#graphs = graphNames(types);
    const taken = [...types.values()].flatMap((type) =>
      isFielded(type) ? (type.fields ?? []).map((field) => field.name.value) : [],
    );
    let prefix = '_r';
    while (taken.some((name) => name.startsWith(prefix))) prefix = `_${prefix}`;
    this.#prefix = prefix;
  }

  originalOf(name: string): string | undefined {
    return this.originals.get(name)?.name.value;
  }

  neededBy(subgraph: string, type: string, field: string): ReadonlySet<string> {
    return this.#needed.get(`${subgraph} ${type} ${field}`) ?? new Set();
  }

  renameRequires(type: FieldedType): FieldedType {
    const rename = (field: FieldDefinitionNode, directive: ConstDirectiveNode): ConstDirectiveNode => {
      const needed = new Set<string>();
      const graph = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
      const subgraph = graph?.kind === Kind.ENUM ? (this.#graphs.get(graph.value) ?? '') : '';
      this.#needed.set(`${subgraph} ${type.name.value} ${field.name.value}`, needed);
      const renamed = (directive.arguments ?? []).map((argument) => {
        if (argument.name.value !== 'requires' || argument.value.kind !== Kind.STRING) return argument;
        const value = this.#renameFieldSet(argument.value.value, type, needed);
        return { ...argument, value: { ...argument.value, value } };
      });
      return { ...directive, arguments: renamed };
    };
    const fields = (type.fields ?? []).map((field) => ({
      ...field,
      directives: (field.directives ?? []).map((directive) =>
        directive.name.value === 'join__field' ? rename(field, directive) : directive,
      ),
    }));
    return { ...type, fields };
  }

  #renameFieldSet(text: string, type: FieldedType, needed: Set<string>): string {
    const document = parse(`{${text}}`, { noLocation: true });
    const [operation] = document.definitions;
    if (!text.includes('(') || operation?.kind !== Kind.OPERATION_DEFINITION) return text;
    return print(this.#rename(operation.selectionSet, type, needed))
      .replace(/^\{|\}$/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  }

  #rename(
    selectionSet: SelectionSetNode,
    type: TypeDefinitionNode | undefined,
    needed: Set<string>,
  ): SelectionSetNode {
    const selections = selectionSet.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        const inner = condition === undefined ? type : this.types.get(condition);
        return { ...selection, selectionSet: this.#rename(selection.selectionSet, inner, needed) };
      }
      const field = isFielded(type)
        ? type.fields?.find(({ name }) => name.value === selection.name.value)
        : undefined;
      const below =
        selection.selectionSet === undefined || field === undefined
          ? selection.selectionSet
          : this.#rename(selection.selectionSet, this.types.get(nameOfType(field.type)), needed);
      const renamed = below === undefined ? selection : { ...selection, selectionSet: below };
      if (type === undefined || (selection.arguments ?? []).length === 0) return renamed;
      const { arguments: _, ...bare } = renamed;
      const value = this.#nameOf(selection, type.name.value);
      needed.add(value);
      return { ...bare, name: { kind: Kind.NAME as const, value } };
    });
    return { ...selectionSet, selections };
  }

  #nameOf(field: FieldNode, type: string): string {
    const { selectionSet: _, ...asked } = field;
    const identity = print(asked);
    const name = this.#names.get(identity) ?? `${this.#prefix}${this.#names.size}`;
    this.#names.set(identity, name);
    this.originals.set(name, asked);
    this.#wanted.set(type, new Set([...(this.#wanted.get(type) ?? []), name]));
    return name;
  }

  /** Adds the fields to the types on which they are required, and to those that implement these. */
  addFields(): void {
    for (const [typeName, names] of this.#wanted) {
      for (const type of [...this.types.values()]) {
        const isMeant =
          isFielded(type) &&
          (type.name.value === typeName || type.interfaces?.some(({ name }) => name.value === typeName));
        if (!isMeant) continue;
        const added = [...names].flatMap((name) => this.#fieldOf(type, name));
        this.types.set(type.name.value, { ...type, fields: [...(type.fields ?? []), ...added] });
      }
    }
  }

  #fieldOf(type: FieldedType, name: string): FieldDefinitionNode[] {
    const original = this.originals.get(name)?.name.value;
    const isKnown = type.fields?.some((field) => field.name.value === name) === true;
    const field = type.fields?.find((candidate) => candidate.name.value === original);
    if (field === undefined || isKnown) return [];
    const { arguments: _, ...bare } = field;
    return [{ ...bare, name: { kind: Kind.NAME, value: name } }];
  }
}

function restoreOperation(operation: string, originals: ReadonlyMap<string, FieldNode>): string {
  let isChanged = false;
  const document = visit(parse(operation, { noLocation: true }), {
    [Kind.FIELD]: {
      leave: (field) => {
        const original = originals.get(field.name.value);
        if (original === undefined) return undefined;
        isChanged = true;
        return {
          ...field,
          alias: field.alias ?? field.name,
          name: original.name,
          ...(original.arguments === undefined ? {} : { arguments: original.arguments }),
        };
      },
    },
  });
  return isChanged ? print(document) : operation;
}

/** What is read keeps the planner's name, and the subgraph is told the field's own. */
function restoreRequired(
  selection: RequiresSelection,
  originals: ReadonlyMap<string, FieldNode>,
): RequiresSelection {
  if (selection.kind === 'FragmentSpread') return selection;
  const selections = selection.selections?.map((child) => restoreRequired(child, originals));
  if (selection.kind === 'InlineFragment') return { ...selection, selections: selections ?? [] };
  const original = originals.get(selection.alias ?? selection.name);
  return {
    ...selection,
    ...(original === undefined ? {} : { alias: original.name.value }),
    ...(selections === undefined ? {} : { selections }),
  };
}
