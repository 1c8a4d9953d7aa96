import { type DocumentNode, type FieldDefinitionNode, Kind, type TypeDefinitionNode } from 'graphql';
import { type FieldedType, graphsOfType, isFielded, joinsOf, makeJoin, typesOf, withTypes } from './joins.js';

/** A supergraph with one more subgraph, which has a root field for every entity and knows nothing of it but its keys. */
export interface EntityRoots {
  readonly document: DocumentNode;
  /** The subgraph that there is not. */
  readonly subgraph: string;
  /** The fields of an entity that are known there; undefined for what has no plain keys. */
  keyOf(type: string): readonly string[] | undefined;
  rootField(type: string): string;
}

/** Adds the root fields, so that a plan can begin at an entity that is there already. */
export function addEntityRoots(supergraph: DocumentNode): EntityRoots {
  const types = typesOf(supergraph);
  const query = types.get(queryTypeName(supergraph));
  const graphs = types.get('join__Graph');
  const graph = unused('ENTITIES', new Set(types.keys()), graphs);
  const rootField = (type: string): string => `_entity_${type}`;
  const keys = new Map<string, readonly string[]>();
  if (isFielded(query) && graphs?.kind === Kind.ENUM_TYPE_DEFINITION) {
    for (const type of types.values()) {
      const key = type.kind === Kind.OBJECT_TYPE_DEFINITION ? plainKey(type) : undefined;
      if (key === undefined || !isFielded(type) || type === query) continue;
      keys.set(type.name.value, key);
      types.set(type.name.value, joinEntity(type, key, graph));
    }
    types.set(query.name.value, joinQuery(query, [...keys.keys()], graph, rootField));
    types.set('join__Graph', {
      ...graphs,
      values: [
        ...(graphs.values ?? []),
        {
          kind: Kind.ENUM_VALUE_DEFINITION,
          name: { kind: Kind.NAME, value: graph },
          directives: [makeJoin('join__graph', { name: JSON.stringify(graph), url: '""' })],
        },
      ],
    });
  }
  return {
    document: withTypes(supergraph, types),
    subgraph: graph,
    keyOf: (type) => keys.get(type),
    rootField,
  };
}

function queryTypeName(supergraph: DocumentNode): string {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION) continue;
    const query = definition.operationTypes.find(({ operation }) => operation === 'query');
    if (query !== undefined) return query.type.name.value;
  }
  return 'Query';
}

function unused(name: string, types: ReadonlySet<string>, graphs: TypeDefinitionNode | undefined): string {
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  const taken = new Set([...types, ...values.map((value) => value.name.value)]);
  const names = values.flatMap((value) => joinsOf(value, 'join__graph').map((join) => join.name));
  let found = name;
  while (taken.has(found) || names.includes(found)) found = `${found}_`;
  return found;
}

/**
 * The fields of all keys, where none has nested fields: what the planner (0.0.38) needs on its way to another subgraph
 * it may ask of the first one, so the first one must have every key.
 */
function plainKey(type: TypeDefinitionNode): readonly string[] | undefined {
  const fields = new Set<string>();
  for (const { key } of joinsOf(type, 'join__type')) {
    if (key !== undefined && !/^[\w\s,]+$/.test(key)) return undefined;
    for (const name of (key ?? '').split(/[\s,]+/)) if (name !== '') fields.add(name);
  }
  return fields.size === 0 ? undefined : [...fields];
}

function joinEntity(type: FieldedType, key: readonly string[], graph: string): FieldedType {
  const fields = (type.fields ?? []).map((field) => {
    const owned = withOwners(type, field);
    if (!key.includes(field.name.value)) return owned;
    return { ...owned, directives: [...(owned.directives ?? []), makeJoin('join__field', { graph })] };
  });
  const join = makeJoin('join__type', { graph, key: JSON.stringify(key.join(' ')), resolvable: 'false' });
  return { ...type, fields, directives: [...(type.directives ?? []), join] };
}

function joinQuery(
  query: FieldedType,
  entities: readonly string[],
  graph: string,
  rootField: (type: string) => string,
): FieldedType {
  const roots = entities.map(
    (name): FieldDefinitionNode => ({
      kind: Kind.FIELD_DEFINITION,
      name: { kind: Kind.NAME, value: rootField(name) },
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
      directives: [makeJoin('join__field', { graph })],
    }),
  );
  const fields = [...(query.fields ?? []).map((field) => withOwners(query, field)), ...roots];
  return { ...query, fields, directives: [...(query.directives ?? []), makeJoin('join__type', { graph })] };
}

/** A field that every subgraph of its type has must now say which these are. */
function withOwners(type: FieldedType, field: FieldDefinitionNode): FieldDefinitionNode {
  if (joinsOf(field, 'join__field').length > 0) return field;
  const joins = [...graphsOfType(type)].map((graph) => makeJoin('join__field', { graph }));
  return { ...field, directives: [...(field.directives ?? []), ...joins] };
}
