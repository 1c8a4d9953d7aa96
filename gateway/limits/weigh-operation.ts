import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

import { type Costs, type ListSize, NO_COSTS } from './costs.js';

/** What an operation asks for, counted through its fragments. */
export interface Weight {
  /** Questions, whether written here or in a fragment that is spread here. */
  readonly asks: number;
  readonly fields: number;
  readonly rootFields: number;
  /** Of fields, fragments, and input objects written out. */
  readonly levels: number;
  /**
   * As the cost specification reckons it: each field's `@cost`, or 1 for an object, with what is selected in it, times the
   * items of its list by `@listSize`; with the `@cost` of arguments. A question is `ASK_COST`.
   */
  readonly cost: number;
}

/** As `ask`'s own description says. */
const ASK_COST = 100;
/** A list whose limit nothing tells. */
const DEFAULT_LIMIT = 100;
/** A list that takes no limit: a row's related values, an answer's steps. */
const UNLIMITED_LIST = 10;
const LIMIT_ARGUMENTS = ['limit', 'first', 'last'];
const NOTHING = { asks: 0, fields: 0, levels: 0, cost: 0 };
type Part = typeof NOTHING;

/** What the lists in an object have of the field around it. */
interface Page {
  readonly size: number;
  /** The lists that it is the size of; all that take no limit of their own where nothing says it. */
  readonly sizedFields: readonly string[] | undefined;
}
const NO_PAGE: Page = { size: UNLIMITED_LIST, sizedFields: undefined };

/** Each fragment is weighed once: spread in one another, few of them would stand for millions of fields. */
export function weighOperation(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
  costs: Costs = NO_COSTS,
): Weight {
  const definitions = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) definitions.set(node.name.value, node);
  const weights = new Map<string, Part>();
  const given = { ...defaultsOf(operation), ...variables };

  const ofFragment = (name: string, page: Page): Part => {
    const key = JSON.stringify([page, name]);
    const known = weights.get(key);
    if (known !== undefined) return known;
    const definition = definitions.get(name);
    const type = schema.getType(definition?.typeCondition.name.value ?? '');
    const weight = ofSelections(definition?.selectionSet, type, page);
    weights.set(key, weight);
    return weight;
  };
  const ofSelections = (
    set: SelectionSetNode | undefined,
    type: GraphQLNamedType | undefined,
    page: Page,
  ): Part =>
    (set?.selections ?? []).map((selection) => ofSelection(selection, type, page)).reduce(sum, NOTHING);
  const ofSelection = (selection: SelectionNode, type: GraphQLNamedType | undefined, page: Page): Part => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value, page);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const inner = ofSelections(
        selection.selectionSet,
        condition === undefined ? type : schema.getType(condition),
        page,
      );
      return { ...inner, levels: inner.levels + 1 };
    }
    return ofField(selection, type?.name ?? '', fieldOf(type, selection.name.value), page);
  };
  const ofField = (
    node: FieldNode,
    typeName: string,
    field: GraphQLField<unknown, unknown> | undefined,
    page: Page,
  ): Part => {
    const type = field === undefined ? undefined : getNamedType(field.type);
    const coordinate = `${typeName}.${node.name.value}`;
    const said = costs.sizes.get(coordinate);
    const limit = field === undefined ? undefined : limitOf(node, field, given, said);
    const isList = field !== undefined && isListType(getNullableType(field.type));
    const inside =
      said !== undefined && said.sizedFields.length > 0
        ? { size: limit ?? UNLIMITED_LIST, sizedFields: said.sizedFields }
        : isList || limit === undefined
          ? NO_PAGE
          : { size: limit, sizedFields: undefined };
    const inner = ofSelections(node.selectionSet, type, inside);
    const values = (node.arguments ?? []).map((argument) => levelsOf(argument.value));
    const asks = node.name.value === 'ask' ? 1 : 0;
    const isSized = page.sizedFields === undefined || page.sizedFields.includes(node.name.value);
    const items = isList ? (limit ?? (isSized ? page.size : UNLIMITED_LIST)) : 1;
    const own =
      costs.weights.get(coordinate) ?? costs.weights.get(type?.name ?? '') ?? (isCompositeType(type) ? 1 : 0);
    const ofArguments = (node.arguments ?? []).reduce(
      (total, { name }) => total + (costs.weights.get(`${coordinate}.${name.value}`) ?? 0),
      0,
    );
    return {
      asks: inner.asks + asks,
      fields: inner.fields + 1,
      levels: Math.max(inner.levels, ...values) + 1,
      cost: items * (own + inner.cost) + ofArguments + asks * ASK_COST,
    };
  };

  const root = schema.getRootType(operation.operation) ?? undefined;
  const weight = ofSelections(operation.selectionSet, root, NO_PAGE);
  const defaults = (operation.variableDefinitions ?? []).map(({ defaultValue }) =>
    defaultValue === undefined ? 0 : levelsOf(defaultValue),
  );
  return {
    ...weight,
    levels: Math.max(weight.levels, ...defaults),
    rootFields: countRootFields(operation.selectionSet, definitions, new Set()),
  };
}

/** The items that a list or a connection may have; undefined where it takes no limit. */
function limitOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  variables: Readonly<Record<string, unknown>>,
  said: ListSize | undefined,
): number | undefined {
  const names = said?.slicingArguments ?? LIMIT_ARGUMENTS;
  const limits = field.args.filter(({ name }) => names.includes(name));
  if (limits.length === 0) return said?.assumedSize;
  const written = limits.flatMap(({ name, defaultValue }) => {
    const argument = (node.arguments ?? []).find((candidate) => candidate.name.value === name);
    const value = argument === undefined ? defaultValue : numberOf(argument.value, variables);
    return typeof value === 'number' && value >= 0 ? [value] : [];
  });
  return written.length === 0 ? (said?.assumedSize ?? DEFAULT_LIMIT) : Math.max(1, ...written);
}

function numberOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  return value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
}

/** Nothing for the schema's own fields (`__schema`), whose depth validation bounds. */
function fieldOf(
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function countRootFields(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  spread: Set<string>,
): number {
  return (set?.selections ?? []).reduce((count, selection) => {
    if (selection.kind === Kind.FIELD) return count + 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return count + countRootFields(selection.selectionSet, fragments, spread);
    }
    // Spread again it gives the same fields again, which are one.
    if (spread.has(selection.name.value)) return count;
    spread.add(selection.name.value);
    return count + countRootFields(fragments.get(selection.name.value)?.selectionSet, fragments, spread);
  }, 0);
}

function sum(a: Part, b: Part): Part {
  return {
    asks: a.asks + b.asks,
    fields: a.fields + b.fields,
    levels: Math.max(a.levels, b.levels),
    cost: a.cost + b.cost,
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
