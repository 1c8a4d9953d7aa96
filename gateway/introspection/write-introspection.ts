import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { definitionOf, eachType } from '../../schema/lazy-types.js';
import { OF_TYPE_TEXTS, plainResolvers, readPlainType } from './unread-types.js';

type Field = GraphQLField<unknown, unknown>;

/** A selected field: how its value is got, and what of that is selected. */
interface Part {
  /** As JSON. */
  readonly key: string;
  readonly field: Field;
  readonly resolve: (source: unknown) => unknown;
  readonly below: Selection | undefined;
}

/** How a field of introspection is answered; undefined where it is not. */
type ResolverOf = (
  type: string,
  field: Field,
  args: Readonly<Record<string, unknown>>,
) => ((source: unknown) => unknown) | undefined;

interface Selection {
  readonly parts: readonly Part[];
  /** Texts of types of which nothing is selected that is large: they are met again and again. */
  readonly known: Map<string, string> | undefined;
}

/** Fields of a type by which there is no end to it. */
const LARGE = ['fields', 'inputFields', 'enumValues', 'possibleTypes', 'interfaces'];

/**
 * Whether an operation asks for nothing but the schema, in a form that `writeIntrospection` writes: no variables and no
 * directives.
 */
export function isIntrospectionOnly(operation: OperationDefinitionNode, document: DocumentNode): boolean {
  if (operation.operation !== 'query' || (operation.variableDefinitions ?? []).length > 0) return false;
  const { selections } = operation.selectionSet;
  if (!selections.every((node) => node.kind === Kind.FIELD && node.name.value === '__schema')) return false;
  let plain = true;
  visit(document, {
    [Kind.DIRECTIVE]: {
      enter: () => {
        plain = false;
      },
    },
  });
  return plain;
}

/**
 * Writes the answer to an introspection as pieces of JSON, type by type: of a schema of tens of thousands of types no
 * more than one is in memory that was not there before. The resolvers are graphql-js's own; types that nobody has read yet are
 * told from their definitions where these are plain, since of a large schema reading them would take most of the time. The
 * operation must be valid, and `isIntrospectionOnly`.
 */
export function* writeIntrospection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  document: DocumentNode,
): Iterable<string> {
  const fragments = fragmentsOf(document);
  const info = { schema } as GraphQLResolveInfo;
  const ofTypes: ResolverOf =
    (_, { resolve }, args) =>
    (source) =>
      resolve?.(source, args, undefined, info);
  const plain = plainResolvers((name) => definitionOf(schema, name));
  const ofPlainTypes: ResolverOf = (type, { name }) => plain[type]?.[name] as ReturnType<ResolverOf>;
  const schemaType = getNamedType(SchemaMetaFieldDef.type) as GraphQLObjectType;
  const roots = new Map<string, FieldNode[]>();
  for (const node of operation.selectionSet.selections) {
    if (node.kind === Kind.FIELD) add(roots, (node.alias ?? node.name).value, node);
  }
  let before = '{"data":{';
  for (const [key, nodes] of roots) {
    const selection = select(schemaType, nodes, fragments, ofTypes);
    yield `${before}${JSON.stringify(key)}:{`;
    let first = true;
    for (const part of selection.parts) {
      yield `${first ? '' : ','}${part.key}:`;
      first = false;
      if (part.field.name !== 'types' || part.below === undefined) {
        yield writePart(part, schema);
        continue;
      }
      const belowPlain = selectOfPlain(part, nodes, fragments, ofPlainTypes);
      let separator = '[';
      for (const type of eachType(schema)) {
        const told = 'definition' in type && belowPlain ? readPlainType(type.definition) : undefined;
        yield told === undefined
          ? `${separator}${writeObject('definition' in type ? type.read() : type, part.below)}`
          : `${separator}${writeObject(told, belowPlain!)}`;
        separator = ',';
      }
      yield ']';
    }
    yield '}';
    before = ',';
  }
  yield '}}';
}

function select(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  resolverOf: ResolverOf,
): Selection {
  const gathered = new Map<string, FieldNode[]>();
  const gather = (selections: readonly SelectionNode[]): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) add(gathered, (node.alias ?? node.name).value, node);
      else if (node.kind === Kind.INLINE_FRAGMENT) gather(node.selectionSet.selections);
      else gather(fragments.get(node.name.value)?.selectionSet.selections ?? []);
    }
  };
  for (const node of nodes) gather(node.selectionSet?.selections ?? []);
  const parts = [...gathered].flatMap(([key, [node, ...others]]): Part[] => {
    const field = node && fieldNamed(type, node.name.value);
    if (node === undefined || field === undefined) return [];
    const inner = getNamedType(field.type);
    const below = isObjectType(inner) ? select(inner, [node, ...others], fragments, resolverOf) : undefined;
    const resolve =
      field.name === '__typename'
        ? () => type.name
        : resolverOf(type.name, field, getArgumentValues(field, node));
    return [{ key: JSON.stringify(key), field, resolve: resolve ?? (() => null), below }];
  });
  const isSmall = type.name === '__Type' && !parts.some(({ field }) => LARGE.includes(field.name));
  return { parts, known: isSmall ? new Map() : undefined };
}

function fieldNamed(type: GraphQLObjectType, name: string): Field | undefined {
  return name === '__typename' ? TypeNameMetaFieldDef : type.getFields()[name];
}

/** What is selected of each type, for plain ones; undefined where more is asked of their texts than these tell. */
function selectOfPlain(
  part: Part,
  nodes: readonly FieldNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  resolverOf: ResolverOf,
): Selection | undefined {
  const schemaType = getNamedType(SchemaMetaFieldDef.type) as GraphQLObjectType;
  const types = select(schemaType, nodes, fragments, resolverOf).parts.find(({ key }) => key === part.key);
  return types?.below !== undefined && asksPlainly(types.below, 'type') ? types.below : undefined;
}

function asksPlainly({ parts }: Selection, of: 'type' | 'text'): boolean {
  return parts.every(({ field, below }) => {
    if (of === 'text' && !OF_TYPE_TEXTS.has(field.name)) return false;
    const isText = field.name === 'type' || field.name === 'ofType';
    return below === undefined || asksPlainly(below, isText ? 'text' : 'type');
  });
}

function writePart({ resolve, field, below }: Part, source: unknown): string {
  return writeValue(resolve(source), field.type, below);
}

function writeValue(value: unknown, type: GraphQLOutputType, below: Selection | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (below === undefined) return value === false ? 'false' : JSON.stringify(value);
  if (!isListType(getNullableType(type))) return writeObject(value, below);
  return `[${(value as readonly unknown[]).map((item) => writeObject(item, below)).join(',')}]`;
}

function writeObject(source: unknown, { parts, known }: Selection): string {
  // A type's text is its name within its wrappers.
  const name = known === undefined ? '' : String(source);
  const found = known?.get(name);
  if (found !== undefined) return found;
  let text = '{';
  for (const part of parts) text += `${text === '{' ? '' : ','}${part.key}:${writePart(part, source)}`;
  text += '}';
  known?.set(name, text);
  return text;
}

function add(lists: Map<string, FieldNode[]>, key: string, node: FieldNode): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [node]);
  else list.push(node);
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}
