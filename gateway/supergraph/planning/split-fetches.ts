import type {
  BatchFetchNode,
  FetchNode,
  PlanNode,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { withOperation } from './fetch-variables.js';

/** What is known of the names that stand for fields with arguments. */
export interface RequiredNames {
  /** The field that a name stands for; undefined for a field's own name. */
  originalOf(name: string): string | undefined;
  /** The names that a field of a type requires in a subgraph. */
  neededBy(subgraph: string, type: string, field: string): ReadonlySet<string>;
}

/**
 * Splits fetches whose representations would say one field twice: each part has the fields whose requirements go
 * together, and only these requirements.
 */
export function splitFetches(node: PlanNode, names: RequiredNames): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => splitFetches(child, names)) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: splitFetches(node.ifClause, names) } : {}),
        ...(node.elseClause ? { elseClause: splitFetches(node.elseClause, names) } : {}),
      };
    case 'Flatten': {
      const fetch = node.node;
      if (fetch.kind !== 'Fetch' || fetch.requires === undefined || !collides(fetch.requires, names))
        return node;
      return together(splitFetch(fetch, names).map((part) => ({ ...node, node: part })));
    }
    case 'BatchFetch':
      return node.entityBatch.aliases.some(({ requires }) => collides(requires, names))
        ? together(splitBatch(node, names))
        : node;
    default:
      return node;
  }
}

function together(nodes: PlanNode[]): PlanNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind: 'Parallel', nodes };
}

/** Whether a subgraph would be told one field twice of one object. */
function collides(selections: readonly RequiresSelection[], names: RequiredNames): boolean {
  const told = new Map<string, string>();
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') continue;
    if (collides(selection.selections ?? [], names)) return true;
    if (selection.kind === 'InlineFragment') continue;
    const known = selection.alias ?? selection.name;
    const name = names.originalOf(known) ?? known;
    if (told.has(name) && told.get(name) !== known) return true;
    told.set(name, known);
  }
  return false;
}

function splitFetch(fetch: FetchNode, names: RequiredNames): FetchNode[] {
  const requires = fetch.requires ?? [];
  const document = parse(fetch.operation, { noLocation: true });
  const parts = splitEntities(entitiesOf(document, '_entities'), requires, fetch.serviceName, names);
  return parts.map((part) => ({
    ...withOperation(fetch, withEntities(document, new Map([['_entities', part.selectionSet]]))),
    requires: part.requires,
  }));
}

/** Each part has at most one part of each of the batch's entity fields. */
function splitBatch(batch: BatchFetchNode, names: RequiredNames): BatchFetchNode[] {
  const document = parse(batch.operation, { noLocation: true });
  const splits = batch.entityBatch.aliases.map((alias) => ({
    alias,
    parts: splitEntities(entitiesOf(document, alias.alias), alias.requires, batch.serviceName, names),
  }));
  const count = Math.max(...splits.map(({ parts }) => parts.length));
  return Array.from({ length: count }, (_, index) => {
    const present = splits.flatMap(({ alias, parts }) => {
      const part = parts[index];
      return part === undefined ? [] : [{ alias: { ...alias, requires: part.requires }, part }];
    });
    const sets = new Map(present.map(({ alias, part }) => [alias.alias, part.selectionSet]));
    const aliases = present.map(({ alias }) => alias);
    return { ...withOperation(batch, withEntities(document, sets)), entityBatch: { aliases } };
  });
}

interface EntitiesPart {
  readonly selectionSet: SelectionSetNode;
  readonly requires: RequiresSelection[];
}

function splitEntities(
  selectionSet: SelectionSetNode,
  requires: readonly RequiresSelection[],
  subgraph: string,
  names: RequiredNames,
): EntitiesPart[] {
  const groups: { allowed: Set<string>; selections: SelectionNode[] }[] = [];
  const place = (needed: ReadonlySet<string>, selection: SelectionNode): void => {
    for (const group of groups) {
      const allowed = new Set([...group.allowed, ...needed]);
      if (collides(prune(requires, allowed, names), names)) continue;
      group.allowed = allowed;
      group.selections.push(selection);
      return;
    }
    groups.push({ allowed: new Set(needed), selections: [selection] });
  };
  for (const selection of selectionSet.selections) {
    const type = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    if (selection.kind !== Kind.INLINE_FRAGMENT || type === undefined) {
      place(new Set(), selection);
      continue;
    }
    for (const field of selection.selectionSet.selections) {
      const needed = neededBySelection(field, subgraph, type, names);
      place(needed, { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } });
    }
  }
  return groups.map(({ allowed, selections }) => ({
    selectionSet: { kind: Kind.SELECTION_SET, selections },
    requires: prune(requires, allowed, names),
  }));
}

function neededBySelection(
  selection: SelectionNode,
  subgraph: string,
  type: string,
  names: RequiredNames,
): ReadonlySet<string> {
  if (selection.kind === Kind.FIELD) return names.neededBy(subgraph, type, selection.name.value);
  if (selection.kind === Kind.FRAGMENT_SPREAD) return new Set();
  const inner = selection.typeCondition?.name.value ?? type;
  const needed = selection.selectionSet.selections.flatMap((child) => [
    ...neededBySelection(child, subgraph, inner, names),
  ]);
  return new Set(needed);
}

/** Leaves out the required fields whose names are not among the allowed. */
function prune(
  selections: readonly RequiresSelection[],
  allowed: ReadonlySet<string>,
  names: RequiredNames,
): RequiresSelection[] {
  return selections.flatMap((selection): RequiresSelection[] => {
    if (selection.kind === 'FragmentSpread') return [selection];
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      if (names.originalOf(name) !== undefined && !allowed.has(name)) return [];
    }
    if (selection.selections === undefined || selection.selections.length === 0) return [selection];
    const inner = prune(selection.selections, allowed, names);
    return inner.length === 0 ? [] : [{ ...selection, selections: inner }];
  });
}

function entitiesOf(document: DocumentNode, responseName: string): SelectionSetNode {
  const field = getOperationAST(document)?.selectionSet.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD && nameOf(selection) === responseName,
  );
  return field?.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] };
}

/** The document with other selections of its entity fields; those that have none are left out. */
function withEntities(document: DocumentNode, sets: ReadonlyMap<string, SelectionSetNode>): DocumentNode {
  const change = (operation: OperationDefinitionNode): OperationDefinitionNode => ({
    ...operation,
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operation.selectionSet.selections.flatMap((selection) => {
        const selectionSet = selection.kind === Kind.FIELD ? sets.get(nameOf(selection)) : undefined;
        return selectionSet === undefined ? [] : [{ ...selection, selectionSet }];
      }),
    },
  });
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? change(definition) : definition,
    ),
  };
}

function nameOf(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}
